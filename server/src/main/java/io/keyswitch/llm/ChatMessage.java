package io.keyswitch.llm;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A message of a conversation as sent to a model.
 *
 * @param parts in order; tool results come first in the user message after the calls
 */
public record ChatMessage(Role role, List<ChatPart> parts) {
    /** The author of a message. */
    public enum Role {
        USER,
        ASSISTANT;

        /** The name in the API, the database and most wire formats. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ChatMessage {
        parts = List.copyOf(parts);
    }

    /** A message with text only. */
    public ChatMessage(Role role, String text) {
        this(role, List.of(new ChatPart.Text(text)));
    }

    /** The text of the message, its parts joined by blank lines; empty if there is none. */
    public String text() {
        return parts.stream()
                .filter(ChatPart.Text.class::isInstance)
                .map(part -> ((ChatPart.Text) part).text())
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("\n\n"));
    }

    /** Whether it says nothing. */
    public boolean isBlank() {
        return parts.stream().allMatch(part -> switch (part) {
            case ChatPart.Text(var text) -> text.isBlank();
            case ChatPart.CachePoint _ -> true;
            case ChatPart.ImageData _,
                    ChatPart.ImageUrl _,
                    ChatPart.Document _,
                    ChatPart.Audio _,
                    ChatPart.ToolCall _,
                    ChatPart.ToolResult _ -> false;
        });
    }

    /** Whether it contains only text. */
    public boolean isText() {
        return parts.stream().allMatch(ChatPart.Text.class::isInstance);
    }
}
