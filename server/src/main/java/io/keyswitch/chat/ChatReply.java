package io.keyswitch.chat;

import io.keyswitch.conversation.FlowPrompt;
import io.keyswitch.conversation.Suggestion;
import io.keyswitch.core.ThreadId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a message.
 *
 * @param userText the user's message as stored, with keys removed
 * @param messageCount the number of messages in the thread
 * @param prompt the flow's open question; null if there is none
 * @param suggestions the requests that the message may have been, to offer beside the answer
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
