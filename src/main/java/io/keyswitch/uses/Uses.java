package io.keyswitch.uses;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is under way with things that may be taken back, so that taking one back ends it at once. Thread-safe.
 *
 * @param <K> what stands for such a thing: the owner of a key, the digest of a token
 */
public final class Uses<K> {
    private final Map<K, Set<Use>> uses = new ConcurrentHashMap<>();

    /** One use, from before the thing is looked up until it is needed no more. */
    public final class Use implements AutoCloseable {
        private final K of;
        private @Nullable Runnable stop;
        private boolean ended;

        private Use(K of) {
            this.of = of;
        }

        /** Says how to end what is under way; it is ended now if the thing was taken back meanwhile. */
        public void endsBy(Runnable how) {
            synchronized (this) {
                if (!ended) {
                    stop = how;
                    return;
                }
            }
            how.run();
        }

        /** Whether the thing was taken back. */
        public synchronized boolean isEnded() {
            return ended;
        }

        private void end() {
            Runnable how;
            synchronized (this) {
                how = ended ? null : stop;
                ended = true;
            }
            if (how != null) {
                how.run();
            }
        }

        @Override
        public void close() {
            uses.computeIfPresent(of, (_, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /** Begins a use. To be called before the thing is looked up, so that nothing slips in between. */
    public Use begin(K of) {
        var use = new Use(of);
        uses.compute(of, (_, all) -> {
            Set<Use> more = all == null ? ConcurrentHashMap.newKeySet() : all;
            more.add(use);
            return more;
        });
        return use;
    }

    /** Ends all that is under way with a thing. To be called after it is gone. */
    public void endAll(K of) {
        var all = uses.get(of);
        if (all != null) {
            all.forEach(Use::end);
        }
    }
}
