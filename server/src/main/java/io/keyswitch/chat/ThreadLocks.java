package io.keyswitch.chat;

import io.keyswitch.core.ThreadId;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/** One lock per conversation thread, kept only while in use. Thread-safe. */
public final class ThreadLocks {
    private static final class Counted {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
    }

    /** A held lock, released on close. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    private final ConcurrentMap<ThreadRef, Counted> locks = new ConcurrentHashMap<>();

    /** Acquires the lock of a conversation thread; blocks until it is free. */
    Held lock(UserId user, ThreadId thread) {
        var key = new ThreadRef(user, thread);
        var counted = locks.compute(key, (_, present) -> {
            var one = present == null ? new Counted() : present;
            one.users++;
            return one;
        });
        counted.lock.lock();
        return () -> {
            counted.lock.unlock();
            locks.computeIfPresent(key, (_, present) -> --present.users == 0 ? null : present);
        };
    }
}
