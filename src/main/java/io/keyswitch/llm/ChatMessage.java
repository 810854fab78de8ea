package io.keyswitch.llm;

/** One entry of a conversation as a model sees it. */
public record ChatMessage(Role role, String text) {
    /** Who speaks. */
    public enum Role {
        USER,
        ASSISTANT
    }
}
