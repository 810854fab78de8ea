package io.keyswitch.http.callable;

import io.keyswitch.core.UserId;
import io.keyswitch.language.Language;
import org.jspecify.annotations.Nullable;

/** A function that clients call by name. Blocking; thread-safe. */
@FunctionalInterface
public interface CallableFunction {
    /**
     * Runs a call.
     *
     * @return a JSON value as records, maps, lists and scalars; null for no result
     * @throws io.keyswitch.core.Failure if the call fails
     */
    @Nullable
    Object call(Call call);

    /**
     * One call.
     *
     * @param user the signed-in user
     * @param plan the plan named in the user's token; null if it names none
     * @param arguments the decoded arguments
     * @param language the language that the client asks for; null for none
     * @param chunks receives the chunks of a streaming call
     */
    record Call(
            UserId user,
            @Nullable String plan,
            Arguments arguments,
            @Nullable Language language,
            Chunks chunks) {}

    /** Receives the chunks of a streamed answer; discards them if the call does not stream. */
    interface Chunks {
        /** Sends a chunk; blocks while the client is slow. */
        void send(Object chunk);

        /** Whether the client has disconnected. */
        boolean isGone();

        /** Registers a callback for when the client disconnects. Runs on an event loop, at once if it already has. */
        void onGone(Runnable callback);
    }
}
