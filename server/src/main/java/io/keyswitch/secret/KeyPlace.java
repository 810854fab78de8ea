package io.keyswitch.secret;

import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ProviderId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an encrypted key or text is bound to. It can be decrypted for nothing else. */
public sealed interface KeyPlace {
    /** The provider and endpoint that a user entered the key for. */
    record Of(UserId user, ProviderId provider, Endpoint endpoint) implements KeyPlace {}

    /**
     * The thread that a key was pasted into, until its user has said what to do with it.
     *
     * @param provider the provider it was pasted for; null if that has not been said
     * @param expiresAt milliseconds since the epoch
     */
    record Held(ThreadRef thread, @Nullable String provider, long expiresAt) implements KeyPlace {}

    /**
     * A tool call whose signature is kept, which is a text.
     *
     * @param key the fingerprint of the key with which the model was asked
     * @param id the provider's or Keyswitch's ID of the call
     */
    record ToolCall(String user, String key, String id) implements KeyPlace {}

    /**
     * The parts, each prefixed with its length, so that different places never have the same bytes. The kinds of keys are
     * told apart by their number, and texts by the version of their records.
     */
    default byte[] bytes() {
        var out = new ByteArrayOutputStream();
        for (var part : parts()) {
            var utf8 = part.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
            out.writeBytes(utf8);
        }
        return out.toByteArray();
    }

    private List<String> parts() {
        return switch (this) {
            case Of(var user, var provider, var endpoint) ->
                List.of(user.value(), provider.value(), endpoint.baseUrl());
            case ToolCall(var user, var key, var id) -> List.of(user, key, id);
            case Held(var thread, var provider, var expiresAt) ->
                List.of(
                        thread.user().value(),
                        thread.thread().value(),
                        provider == null ? "" : provider,
                        Long.toString(expiresAt));
        };
    }
}
