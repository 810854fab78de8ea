package io.keyswitch.revocation;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * In-flight operations to cancel when what they depend on is revoked or deleted. Thread-safe.
 *
 * @param <K> identifies what they depend on: the owner of keys, the digest of a token, a thread
 */
public final class InFlight<K> {
    private final Map<K, Set<Operation>> operations = new ConcurrentHashMap<>();

    /** One operation, registered before its dependency is looked up, until it ends. */
    public final class Operation implements AutoCloseable {
        private final K dependency;
        private @Nullable Object part;
        private @Nullable Runnable cancel;
        private boolean cancelled;

        private Operation(K dependency) {
            this.dependency = dependency;
        }

        /** Says which part of its dependency it needs, for {@link #cancelAll(Object, Object)}; all of it until then. */
        public synchronized void dependsOn(Object needed) {
            part = needed;
        }

        private synchronized boolean needs(Object asked) {
            return part == null || part.equals(asked);
        }

        /** Sets the callback that cancels the operation; called at once if the dependency was revoked meanwhile. */
        public void onCancel(Runnable callback) {
            synchronized (this) {
                if (!cancelled) {
                    cancel = callback;
                    return;
                }
            }
            callback.run();
        }

        /** Whether the dependency was revoked. */
        public synchronized boolean isCancelled() {
            return cancelled;
        }

        private void cancel() {
            Runnable callback;
            synchronized (this) {
                callback = cancelled ? null : cancel;
                cancelled = true;
            }
            if (callback != null) {
                callback.run();
            }
        }

        @Override
        public void close() {
            operations.computeIfPresent(dependency, (_, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /** Registers an operation. To be called before its dependency is looked up, so that no revocation is missed. */
    public Operation begin(K dependency) {
        var operation = new Operation(dependency);
        operations.compute(dependency, (_, all) -> {
            Set<Operation> more = all == null ? ConcurrentHashMap.newKeySet() : all;
            more.add(operation);
            return more;
        });
        return operation;
    }

    /** Cancels the operations that depend on a part of this. To be called after that was revoked. */
    public void cancelAll(K dependency, Object part) {
        var all = operations.get(dependency);
        if (all != null) {
            all.stream().filter(operation -> operation.needs(part)).forEach(Operation::cancel);
        }
    }

    /** Cancels all operations that depend on this. To be called after it was revoked. */
    public void cancelAll(K dependency) {
        var all = operations.get(dependency);
        if (all != null) {
            all.forEach(Operation::cancel);
        }
    }
}
