package io.keyswitch.modelconfig;

import io.keyswitch.core.ThreadId;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Where a model config applies.
 *
 * @param thread the only thread; null for all threads of the user that have no config of their own
 */
public record Scope(UserId user, @Nullable ThreadId thread) {
    /** The user's default, for all threads without a config of their own. */
    public static Scope allThreads(UserId user) {
        return new Scope(user, null);
    }

    /** One thread. */
    public static Scope only(ThreadRef thread) {
        return new Scope(thread.user(), thread.thread());
    }

    public boolean isThread() {
        return thread != null;
    }

    /** The value used in the API. */
    public String word() {
        return isThread() ? "thread" : "default";
    }

    /** The value of the column {@code thread_id}. */
    public String threadOrEmpty() {
        return thread == null ? "" : thread.value();
    }
}
