package io.keyswitch.http.callable;

import io.keyswitch.core.UserId;
import org.jspecify.annotations.Nullable;

/** A function clients call by name. Blocking; thread-safe. */
@FunctionalInterface
public interface CallableFunction {
    /**
     * Answers a call.
     *
     * @return what JSON can express: records, maps, lists and scalars; null for nothing
     * @throws io.keyswitch.core.Failure if there is no answer
     */
    @Nullable
    Object call(Call call);

    /**
     * One call.
     *
     * @param user who calls; every function here needs a signed-in user
     * @param plan what their token says of their plan; null for nothing
     * @param arguments what the client sent, decoded
     * @param chunks where a streaming call's pieces go
     */
    record Call(UserId user, @Nullable String plan, Arguments arguments, Chunks chunks) {}

    /** Where the pieces of a streamed answer go; a plain call drops them. */
    interface Chunks {
        /** Whether the client wants pieces. */
        boolean wanted();

        /** Hands on a piece. May block while the client is slow. */
        void send(Object chunk);

        /** Runs something when the client goes away; at once if it already has. */
        void onGone(Runnable cancel);
    }
}
