package io.keyswitch.llm;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One entry of a conversation as a model sees it.
 *
 * @param parts in order; results of tools stand first in the user's message behind the calls
 */
public record ChatMessage(Role role, List<ChatPart> parts) {
    /** Who speaks. */
    public enum Role {
        USER,
        ASSISTANT;

        /** The word for it in the API, the database and most wire formats. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ChatMessage {
        parts = List.copyOf(parts);
    }

    /** A message of text alone. */
    public ChatMessage(Role role, String text) {
        this(role, List.of(new ChatPart.Text(text)));
    }

    /** The text of the message, its pieces joined by blank lines; empty if there is none. */
    public String text() {
        return parts.stream()
                .filter(ChatPart.Text.class::isInstance)
                .map(part -> ((ChatPart.Text) part).text())
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("\n\n"));
    }

    /** Whether it holds nothing but text. */
    public boolean isText() {
        return parts.stream().allMatch(ChatPart.Text.class::isInstance);
    }
}
