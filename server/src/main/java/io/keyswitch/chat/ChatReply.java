package io.keyswitch.chat;

import io.keyswitch.conversation.FlowPrompt;
import io.keyswitch.core.ThreadId;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a message.
 *
 * @param userText the user's message as it is stored, keys taken out
 * @param messageCount of the whole thread
 * @param prompt what the flow asks for; null while it does not run
 */
public record ChatReply(
        ThreadId thread,
        String userText,
        StoredMessage message,
        long messageCount,
        ServedBy servedBy,
        @Nullable FlowPrompt prompt) {}
