package io.keyswitch.chat;

import com.github.benmanes.caffeine.cache.Cache;
import io.keyswitch.core.Sha256;
import io.keyswitch.core.ThreadId;
import io.keyswitch.core.UserId;
import io.keyswitch.process.HeapShare;
import java.time.Duration;

/**
 * Digests of recent messages by idempotency key. Messages that may have held a key are stored redacted, so two of them
 * can look the same; their digests tell them apart. Thread-safe.
 */
final class SentMessages {
    private static final Duration REMEMBERED = Duration.ofHours(24);

    private record Id(UserId user, ThreadId thread, String clientMessageId) {}

    private final Cache<Id, String> digests = HeapShare.SENT_MESSAGES
            .cache((Id id, String digest) ->
                    HeapShare.bytes(60, id.user().value(), id.thread().value(), id.clientMessageId(), digest))
            .expireAfterWrite(REMEMBERED)
            .build();

    /** Records the digest of a message, if it has an idempotency key. */
    void remember(ChatService.Incoming message) {
        if (message.clientMessageId() != null) {
            digests.put(id(message, message.clientMessageId()), Sha256.hex(message.text()));
        }
    }

    /** Whether a different message was recently sent with this one's idempotency key. */
    boolean knowsAnother(ChatService.Incoming message) {
        if (message.clientMessageId() == null) {
            return false;
        }
        var known = digests.getIfPresent(id(message, message.clientMessageId()));
        return known != null && !known.equals(Sha256.hex(message.text()));
    }

    private static Id id(ChatService.Incoming message, String clientMessageId) {
        return new Id(message.user(), message.thread(), clientMessageId);
    }
}
