package io.keyswitch.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The request for a completion.
 *
 * @param system the system prompt; empty for none
 * @param messages oldest first, not empty
 * @param prefixCache marks the tools and the system prompt, as a cache point marks messages; null for none
 */
public record ChatRequest(
        String system, List<ChatMessage> messages, ChatOptions options, ChatPart.@Nullable CachePoint prefixCache) {
    public ChatRequest {
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a request must have at least one message");
        }
    }

    public ChatRequest(String system, List<ChatMessage> messages, ChatOptions options) {
        this(system, messages, options, null);
    }

    /** A request without options: sampling parameters that one model requires are rejected by another. */
    public ChatRequest(String system, List<ChatMessage> messages) {
        this(system, messages, ChatOptions.NONE);
    }

    /**
     * A copy for the strictest providers: adjacent messages of one role are joined, the first is the user's, and empty
     * messages are omitted.
     */
    public ChatRequest alternating() {
        var joined = new ArrayList<ChatMessage>();
        for (var message : messages) {
            if (message.isBlank() || (joined.isEmpty() && message.role() == ChatMessage.Role.ASSISTANT)) {
                continue;
            }
            if (!joined.isEmpty() && joined.getLast().role() == message.role()) {
                joined.add(join(joined.removeLast(), message));
            } else {
                joined.add(message);
            }
        }
        return new ChatRequest(system, joined, options, prefixCache);
    }

    /** A copy without the given sampling options, by their names in OpenAI's API. */
    public ChatRequest without(Set<String> fields) {
        return fields.isEmpty() ? this : new ChatRequest(system, messages, options.without(fields), prefixCache);
    }

    private static ChatMessage join(ChatMessage first, ChatMessage second) {
        if (first.isText() && second.isText()) {
            return new ChatMessage(first.role(), first.text() + "\n\n" + second.text());
        }
        var parts =
                Stream.concat(first.parts().stream(), second.parts().stream()).toList();
        return new ChatMessage(first.role(), parts);
    }
}
