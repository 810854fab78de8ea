package io.keyswitch.modelconfig;

import io.keyswitch.user.UserId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is under way with users' own keys, so that deleting a key ends it at once, tries that wait for their time included.
 * Thread-safe.
 */
public final class KeyUses {
    private final Map<UserId, Set<Use>> uses = new ConcurrentHashMap<>();

    /** One use, from before the key is read until it is needed no more. */
    public final class Use implements AutoCloseable {
        private final UserId user;
        private @Nullable Runnable stop;
        private boolean ended;

        private Use(UserId user) {
            this.user = user;
        }

        /** Says how to end what is under way; it is ended now if the key was deleted meanwhile. */
        public void endsBy(Runnable how) {
            synchronized (this) {
                if (!ended) {
                    stop = how;
                    return;
                }
            }
            how.run();
        }

        /** Whether the key was deleted. */
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
            uses.computeIfPresent(user, (_, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /** Begins a use. To be called before the key is read, so that no deletion slips in between. */
    public Use begin(UserId user) {
        var use = new Use(user);
        uses.compute(user, (_, all) -> {
            var more = all == null ? ConcurrentHashMap.<Use>newKeySet() : all;
            more.add(use);
            return more;
        });
        return use;
    }

    /** Ends all that is under way with a user's key. To be called after the key is gone. */
    void endAll(UserId user) {
        var all = uses.get(user);
        if (all != null) {
            all.forEach(Use::end);
        }
    }
}
