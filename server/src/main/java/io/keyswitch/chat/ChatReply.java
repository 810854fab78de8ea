package io.keyswitch.chat;

import io.keyswitch.conversation.FlowPrompt;
import io.keyswitch.conversation.Suggestion;
import io.keyswitch.core.ThreadId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a message.
 *
 * @param userText the user's message as it is stored, keys taken out
 * @param messageCount of the whole thread
 * @param prompt what the flow asks for; null while it does not run
 * @param suggestions requests that the message may have been, to be offered beside the answer
 */
public record ChatReply(
        ThreadId thread,
        String userText,
        StoredMessage message,
        long messageCount,
        ServedBy servedBy,
        @Nullable FlowPrompt prompt,
        List<Suggestion> suggestions) {
    public ChatReply {
        suggestions = List.copyOf(suggestions);
    }
}
