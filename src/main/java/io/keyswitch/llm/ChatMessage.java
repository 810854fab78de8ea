package io.keyswitch.llm;

import java.util.Locale;

/** One entry of a conversation as a model sees it. */
public record ChatMessage(Role role, String text) {
    /** Who speaks. */
    public enum Role {
        USER,
        ASSISTANT;

        /** The word for it in the API, the database and most wire formats. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
