package io.keyswitch.modelconfig;

import io.keyswitch.audit.AuditLog;
import io.keyswitch.core.ThreadId;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import io.keyswitch.process.HeapShare;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.revocation.InFlight;
import io.keyswitch.sql.Database;
import io.keyswitch.sql.DatabaseCache;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Stores users' API keys and model configs, and caches the keys and the default config of active users. Every change is
 * recorded in the audit log. Blocks on a cache miss; thread-safe.
 */
public final class ModelConfigs {
    /** The maximum number of keys of a user. */
    static final int MAX_KEYS = 100;

    /**
     * A user's keys and default config, as they are in memory.
     *
     * @param revision counts the user's changes
     */
    record Known(long revision, InForce standard, List<StoredKey> keys) {
        /** The key for a provider; null if there is none. */
        @Nullable
        StoredKey key(ProviderId provider) {
            return keyOf(keys, provider);
        }
    }

    /**
     * The config in force.
     *
     * @param scope the scope it belongs to: the thread if it has a config of its own, else the default
     * @param readable null if there is none or its record is invalid
     * @param exists whether there is one, readable or not
     */
    public record InForce(Scope scope, @Nullable ModelConfig readable, boolean exists) {
        static InForce of(Scope scope, Optional<ConfigRows.Found> found) {
            return new InForce(scope, found.map(ConfigRows.Found::config).orElse(null), found.isPresent());
        }

        /**
         * The config; null if there is none.
         *
         * @throws UnreadableConfigException if its record is invalid
         */
        public @Nullable ModelConfig config() {
            if (exists && readable == null) {
                throw new UnreadableConfigException();
            }
            return readable;
        }
    }

    private final Database database;
    private final InFlight<UserId, KeyInUse> keyUses;
    private final ConfigAudit audit;
    private final DatabaseCache<UserId, Known> cache;

    public ModelConfigs(Database database, InFlight<UserId, KeyInUse> keyUses, AuditLog audit) {
        this.database = database;
        this.audit = new ConfigAudit(audit);
        this.keyUses = keyUses;
        this.cache =
                new DatabaseCache<>(database, HeapShare.MODEL_CONFIGS, ModelConfigs::bytes, ModelConfigs::readKnown);
    }

    private static int bytes(UserId user, Known known) {
        var config = known.standard().readable();
        int bytes = config == null
                ? HeapShare.bytes(100, user.value())
                : HeapShare.bytes(
                        250,
                        user.value(),
                        config.provider().value(),
                        config.modelId().value());
        return bytes
                + known.keys().stream()
                        .mapToInt(key -> HeapShare.bytes(
                                150,
                                key.provider().value(),
                                key.accountId(),
                                key.sealed().record(),
                                key.sealed().masterKeyId(),
                                key.baseUrl()))
                        .sum();
    }

    /** The revisions come first: what changes between the queries makes a change that follows fail, not go wrong. */
    private static Map<UserId, Known> readKnown(Handle handle, List<UserId> users) {
        var revisions = Revisions.of(handle, users);
        var configs = ConfigRows.standards(handle, users);
        var keys = KeyRows.list(handle, users);
        return users.stream()
                .collect(Collectors.toMap(
                        user -> user,
                        user -> new Known(
                                revisions.getOrDefault(user, 0L),
                                InForce.of(Scope.allThreads(user), Optional.ofNullable(configs.get(user))),
                                keys.getOrDefault(user, List.of()))));
    }

    /** A user's keys and default config. */
    Known known(UserId user) {
        return cache.get(user);
    }

    /** A user's keys and default config, without blocking; null if they are not in memory. */
    @Nullable
    Known knownInMemory(UserId user) {
        return cache.getIfPresent(user);
    }

    /** Forgets what is in memory of a user if another process may have changed it, so that the next look-up is up to date. */
    public void renew(UserId user) {
        cache.renew(user);
    }

    /** Cancels the uses of keys that another process has deleted or replaced. To be called regularly. */
    public void cancelOutdated() {
        // What begins after this may use a key that is newer than those that are read.
        keyUses.known().stream()
                .gather(Gatherers.windowFixed(DatabaseCache.MOST_AT_ONCE))
                .forEach(this::cancelOutdated);
    }

    private void cancelOutdated(List<InFlight<UserId, KeyInUse>.Use> uses) {
        var users = uses.stream().map(InFlight.Use::dependency).distinct().toList();
        var present = database.read(handle -> KeyRows.inUse(handle, users));
        uses.stream()
                .filter(use -> !present.getOrDefault(use.dependency(), Set.of()).contains(use.part()))
                .forEach(InFlight.Use::cancel);
    }

    /** The user's default config. */
    public InForce inForce(UserId user) {
        return known(user).standard();
    }

    /** A thread's own config. */
    public record OfThread(ThreadId thread, String title, ModelConfig config) {}

    /** The threads with a config of their own, latest change first. */
    public List<OfThread> ofThreads(UserId user) {
        return database.read(handle -> ConfigRows.ofThreads(handle, user));
    }

    /** The config in force in a thread: its own, else the user's default. */
    public InForce inForce(ThreadRef thread) {
        var own = Scope.only(thread);
        var found = database.read(handle -> ConfigRows.find(handle, own));
        return found.isPresent() ? InForce.of(own, found) : inForce(thread.user());
    }

    /**
     * The change that an undo in a thread reverts: the last one of its own config if it has one, else the later of its own
     * and the default's. Null if none is known.
     *
     * @param inForce the config in force in the thread
     */
    public @Nullable Undoable undoable(ThreadRef thread, InForce inForce) {
        return database.read(handle -> {
            var own = Scope.only(thread);
            var standard = Scope.allThreads(thread.user());
            var ofThread = ConfigRows.earlier(handle, own).orElse(null);
            var ofAll = ConfigRows.earlier(handle, standard).orElse(null);
            boolean threadFirst = inForce.scope().isThread()
                    || (ofThread != null && (ofAll == null || ofThread.revision() > ofAll.revision()));
            var last = threadFirst ? ofThread : ofAll;
            return last == null ? null : new Undoable(threadFirst ? own : standard, last.config());
        });
    }

    /** The user's keys, by provider. */
    public List<StoredKey> keys(UserId user) {
        return known(user).keys();
    }

    /** The user's key for a provider; null if there is none. */
    public @Nullable StoredKey key(UserId user, ProviderId provider) {
        return keyOf(keys(user), provider);
    }

    private static @Nullable StoredKey keyOf(List<StoredKey> keys, ProviderId provider) {
        return keys.stream()
                .filter(key -> key.provider().equals(provider))
                .findFirst()
                .orElse(null);
    }

    /** The number of changes so far, for optimistic concurrency control. */
    long revision(UserId user) {
        return known(user).revision();
    }

    /** How a new config relates to the earlier ones of its scope. */
    enum History {
        /** The replaced config becomes the latest of the earlier ones. */
        APPEND,
        /** The new config is the latest of the earlier ones, and is removed from them. */
        UNDO
    }

    /**
     * A checked change.
     *
     * @param revision the user's {@link #revision} when the change began
     * @param config the config for the scope
     * @param newKey the key to store with it; null for none
     */
    record Change(
            Scope scope,
            long revision,
            ModelConfig config,
            @Nullable StoredKey newKey,
            History history) {}

    /**
     * Saves a config, and its key if it is new.
     *
     * @return false if the user's keys or configs were changed in the meantime, and nothing was saved
     */
    boolean save(Change change) {
        var user = change.scope().user();
        var key = change.newKey();
        return changed(user, replaced(user, key), handle -> {
            if (!Revisions.advanceIf(handle, user, change.revision()) || !isHistoryAsExpected(handle, change)) {
                return false;
            }
            if (key != null) {
                saveKey(handle, user, key);
            }
            remember(handle, change);
            set(handle, change.scope(), change.config());
            return true;
        });
    }

    /** An undo restores the latest of the earlier configs, unless another change came in between. */
    private static boolean isHistoryAsExpected(Handle handle, Change change) {
        return change.history() == History.APPEND
                || ConfigRows.earlier(handle, change.scope())
                        .filter(earlier -> earlier.config() instanceof EarlierConfig.Choice choice
                                && change.config().isOf(choice))
                        .isPresent();
    }

    private static void remember(Handle handle, Change change) {
        if (change.history() == History.UNDO) {
            ConfigRows.forgetLast(handle, change.scope());
            return;
        }
        var replaced = ConfigRows.find(handle, change.scope())
                .map(ConfigRows.Found::config)
                .orElse(null);
        if (replaced == null || !replaced.isSameChoice(change.config())) {
            ConfigRows.remember(handle, change.scope(), replaced);
        }
    }

    private static @Nullable StoredKey key(Handle handle, UserId user, ModelConfig config) {
        return config.keySource() == KeySource.PROJECT ? null : keyOf(KeyRows.list(handle, user), config.provider());
    }

    private void saveKey(Handle handle, UserId user, StoredKey key) {
        KeyRows.save(handle, user, key);
        audit.keySaved(handle, user, key);
    }

    /**
     * Stores a checked key, in place of the one that the user had for its provider.
     *
     * @param revision the user's {@link #revision} when the change began
     * @return false if the user's keys or configs were changed in the meantime, and nothing was saved
     */
    boolean saveKey(UserId user, long revision, StoredKey key) {
        return changed(user, replaced(user, key), handle -> {
            if (!Revisions.advanceIf(handle, user, revision)) {
                return false;
            }
            saveKey(handle, user, key);
            return true;
        });
    }

    /** Records a check of a stored key. */
    void saveCheck(UserId user, StoredKey key, StoredKey.Check check) {
        var checked = new StoredKey(
                key.provider(), key.accountId(), key.sealed(), key.hint(), key.baseUrl(), key.savedAt(), check);
        database.write(handle -> {
            KeyRows.saveCheck(handle, user, checked);
            return true;
        });
        cache.remove(user);
    }

    /** Whether a key for a provider would exceed the maximum number of keys. */
    boolean isFull(UserId user, ProviderId provider) {
        return database.read(handle -> KeyRows.countOthers(handle, user, provider)) >= MAX_KEYS;
    }

    /**
     * Deletes the config of a scope; the keys remain.
     *
     * @return whether there was one
     */
    public boolean delete(Scope scope) {
        return withoutConfig(scope, handle -> {
            var found = ConfigRows.find(handle, scope);
            found.map(ConfigRows.Found::config).ifPresent(config -> ConfigRows.remember(handle, scope, config));
            return found.isPresent();
        });
    }

    /**
     * Undoes the first config of a scope, which had none before.
     *
     * @return false if the scope was changed in the meantime, and nothing was undone
     */
    public boolean undo(Scope scope) {
        return withoutConfig(scope, handle -> {
            boolean first = ConfigRows.earlier(handle, scope)
                    .filter(earlier -> earlier.config() instanceof EarlierConfig.None)
                    .isPresent();
            if (first) {
                ConfigRows.forgetLast(handle, scope);
            }
            return first;
        });
    }

    /**
     * Makes the user's default config that of one thread alone.
     *
     * @param provider the provider that the default must have
     * @param restores whether the default of before is put back; there is none else
     * @return that config; empty if the thread has its own, or if the default or the one before it is another
     */
    public Optional<ModelConfig> narrow(ThreadRef thread, ProviderId provider, boolean restores, Instant now) {
        var user = thread.user();
        var own = Scope.only(thread);
        var standard = Scope.allThreads(user);
        return changed(user, Ends.NONE, handle -> {
            Revisions.advance(handle, user);
            var config = ConfigRows.find(handle, standard)
                    .map(ConfigRows.Found::config)
                    .filter(found -> found.provider().equals(provider))
                    .orElse(null);
            var before = ConfigRows.earlier(handle, standard).orElse(null);
            if (config == null || before == null || ConfigRows.find(handle, own).isPresent()) {
                return Optional.empty();
            }
            ConfigRows.remember(handle, own, null);
            set(handle, own, config);
            ConfigRows.forgetLast(handle, standard);
            if (restores && before.config() instanceof EarlierConfig.Choice(var id, var model, var source)) {
                set(handle, standard, new ModelConfig(id, model, source, now));
            } else if (ConfigRows.delete(handle, standard)) {
                audit.configDeleted(handle, user, new ConfigRows.Found(config), List.of());
            }
            return Optional.of(config);
        });
    }

    private void set(Handle handle, Scope scope, ModelConfig config) {
        ConfigRows.save(handle, scope, config);
        audit.configSet(handle, scope.user(), config, key(handle, scope.user(), config));
    }

    /** Deletes the config of a scope if the history of the scope can be changed for it. */
    private boolean withoutConfig(Scope scope, Predicate<Handle> history) {
        var user = scope.user();
        return changed(user, Ends.NONE, handle -> {
            Revisions.advance(handle, user);
            var config = ConfigRows.find(handle, scope);
            if (!history.test(handle)) {
                return false;
            }
            boolean deleted = ConfigRows.delete(handle, scope);
            if (deleted) {
                config.ifPresent(found -> audit.configDeleted(handle, user, found, List.of()));
            }
            return true;
        });
    }

    /**
     * Deletes the user's keys and configs of all scopes.
     *
     * @return whether there was a default config
     */
    public boolean deleteAll(UserId user) {
        return changed(user, Ends.ALL, handle -> {
            Revisions.advance(handle, user);
            boolean found = ConfigRows.find(handle, Scope.allThreads(user)).isPresent();
            var configs = ConfigRows.deleteAll(handle, user);
            HeldKeys.dropAll(handle, user);
            var keys = KeyRows.deleteAll(handle, user);
            keys.forEach(key -> audit.keyDeleted(handle, user, key));
            configs.forEach(config -> audit.configDeleted(handle, user, config, keys));
            return found;
        });
    }

    /** The result of {@link #deleteKey}. */
    public enum KeyDeletion {
        /** The user had no such key. */
        NONE,
        /** The key is deleted; no config used it. */
        KEY,
        /** The key is deleted, and with it the configs that used it. */
        KEY_AND_CONFIGS
    }

    /** Deletes the user's key for a provider, and the configs of all scopes that use it. */
    public KeyDeletion deleteKey(UserId user, ProviderId provider) {
        return changed(user, new Ends.KeyOf(provider), handle -> {
            Revisions.lock(handle, user);
            var deleted = KeyRows.delete(handle, user, provider);
            if (deleted.isEmpty()) {
                return KeyDeletion.NONE;
            }
            Revisions.advance(handle, user);
            audit.keyDeleted(handle, user, deleted.get());
            var ended = ConfigRows.deleteUsing(handle, user, provider);
            ended.forEach(found -> audit.configDeleted(handle, user, found, List.of()));
            return ended.isEmpty() ? KeyDeletion.KEY : KeyDeletion.KEY_AND_CONFIGS;
        });
    }

    /**
     * Deletes the configs of a thread, in the transaction that deletes the thread. {@link #forgotten} must follow when that
     * is committed.
     */
    public void forget(Handle handle, ThreadRef thread) {
        var user = thread.user();
        Revisions.lock(handle, user);
        ConfigRows.deleteThread(handle, Scope.only(thread)).ifPresent(config -> {
            Revisions.advance(handle, user);
            audit.configDeleted(handle, user, config, List.of());
        });
    }

    /** To be called after a thread of the user was deleted, or another process has changed one. */
    public void forgotten(UserId user) {
        cache.remove(user);
    }

    /** The keys that a change deletes or replaces: they are erased, and what uses them is cancelled. */
    private sealed interface Ends {
        Ends NONE = new Nothing();
        Ends ALL = new All();

        record Nothing() implements Ends {}

        record KeyOf(ProviderId provider) implements Ends {}

        record All() implements Ends {}
    }

    private Ends replaced(UserId user, @Nullable StoredKey key) {
        return key == null || key(user, key.provider()) == null ? Ends.NONE : new Ends.KeyOf(key.provider());
    }

    /** Changes a user's keys or configs. */
    private <T> T changed(UserId user, Ends ends, Function<Handle, T> change) {
        try {
            return ends instanceof Ends.Nothing ? database.write(change) : database.erase(change);
        } finally {
            cache.remove(user);
            switch (ends) {
                case Ends.Nothing _ -> {}
                case Ends.KeyOf(var provider) ->
                    keyUses.cancelAll(user, key -> key.provider().equals(provider.value()));
                case Ends.All _ -> keyUses.cancelAll(user);
            }
        }
    }
}
