package io.keyswitch.revocation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * In-flight operations to cancel when what they depend on is revoked or deleted. Thread-safe.
 *
 * @param <K> identifies what they depend on: the owner of keys, the digest of a token, a thread
 * @param <P> identifies a part of that: one of the keys, an answer of the thread
 */
public final class InFlight<K, P> {
    private final Map<K, Set<Operation>> operations = new ConcurrentHashMap<>();

    /** One operation, registered before its dependency is looked up, until it ends. */
    public final class Operation implements AutoCloseable {
        private final K dependency;
        private @Nullable P part;
        private @Nullable Runnable cancel;
        private boolean cancelled;

        private Operation(K dependency) {
            this.dependency = dependency;
        }

        /** Says which part of its dependency it needs; all of it until then. */
        public synchronized void dependsOn(P needed) {
            part = needed;
        }

        private synchronized boolean mayNeed(Predicate<P> parts) {
            return part == null || parts.test(part);
        }

        private synchronized Optional<Use> use() {
            return part == null ? Optional.empty() : Optional.of(new Use(this, part));
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

    /** What the present operations depend on. */
    public Set<K> dependencies() {
        return Set.copyOf(operations.keySet());
    }

    /** Cancels the operations that may depend on some parts of this. To be called after these were revoked. */
    public void cancelAll(K dependency, Predicate<P> parts) {
        of(dependency).filter(operation -> operation.mayNeed(parts)).forEach(Operation::cancel);
    }

    /** An operation that has registered which part of its dependency it needs. */
    public final class Use {
        private final Operation operation;
        private final P part;

        private Use(Operation operation, P part) {
            this.operation = operation;
            this.part = part;
        }

        public K dependency() {
            return operation.dependency;
        }

        public P part() {
            return part;
        }

        public void cancel() {
            operation.cancel();
        }
    }

    /** The present operations that have said what they need. */
    public List<Use> known() {
        return operations.values().stream()
                .flatMap(Set::stream)
                .flatMap(operation -> operation.use().stream())
                .toList();
    }

    /** Cancels all operations that depend on this. To be called after it was revoked. */
    public void cancelAll(K dependency) {
        of(dependency).forEach(Operation::cancel);
    }

    private Stream<Operation> of(K dependency) {
        return operations.getOrDefault(dependency, Set.of()).stream();
    }
}
