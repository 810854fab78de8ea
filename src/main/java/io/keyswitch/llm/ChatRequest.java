package io.keyswitch.llm;

import java.util.ArrayList;
import java.util.List;

/**
 * What a model is asked. Sampling parameters are left out on purpose: what one model demands another refuses.
 *
 * @param system the system prompt; empty for none
 * @param messages oldest first, not empty, the last by the user
 */
public record ChatRequest(String system, List<ChatMessage> messages) {
    public ChatRequest {
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a request has at least one message");
        }
    }

    /**
     * The same request with neighbours of one role joined, beginning with the user and without empty texts, which is
     * what the strictest of the providers accept.
     */
    public ChatRequest alternating() {
        var joined = new ArrayList<ChatMessage>();
        for (var message : messages) {
            if (message.text().isBlank() || (joined.isEmpty() && message.role() == ChatMessage.Role.ASSISTANT)) {
                continue;
            }
            if (!joined.isEmpty() && joined.getLast().role() == message.role()) {
                var before = joined.removeLast();
                joined.add(new ChatMessage(message.role(), before.text() + "\n\n" + message.text()));
            } else {
                joined.add(message);
            }
        }
        return new ChatRequest(system, joined);
    }
}
