package io.keyswitch.modelconfig;

import io.keyswitch.core.ThreadId;
import io.keyswitch.core.UserId;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ProviderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of model configs: the present one of each scope, and those it had before. */
final class ConfigRows {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigRows.class);

    /** How many earlier configs are kept for each scope. */
    static final int KEPT = 10;

    private static final int MOST_LISTED = 100;

    private ConfigRows() {}

    /**
     * A stored config.
     *
     * @param config null if it was altered in the database and cannot be read
     */
    record Found(@Nullable ModelConfig config) {}

    /** A row of the present configs; public only for Jdbi. */
    public record Row(Scope scope, ModelConfig config) {}

    /** A row of the earlier configs; public only for Jdbi. */
    public record EarlierRow(Scope scope, int seq, @Nullable ModelConfig config) {}

    static Optional<Found> find(Handle handle, Scope scope) {
        return handle.createQuery("""
                        SELECT provider, model_id, key_source, updated_at FROM model_config
                        WHERE user_id = :user AND thread_id = :threadOrEmpty
                        """)
                .bindMethods(scope)
                .map((row, _) -> found(scope.user(), row))
                .findOne();
    }

    /** The default configs of users, of those who have one. */
    static Map<UserId, Found> standards(Handle handle, List<UserId> users) {
        return handle.createQuery("""
                        SELECT user_id, provider, model_id, key_source, updated_at FROM model_config
                        WHERE user_id IN (<users>) AND thread_id = ''
                        """)
                .bindList("users", users)
                .map((row, _) -> {
                    var user = new UserId(row.getString("user_id"));
                    return Map.entry(user, found(user, row));
                })
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Found found(UserId user, ResultSet row) throws SQLException {
        try {
            return new Found(read(row));
        } catch (IllegalArgumentException _) {
            LOG.warn("the config of user {} was altered in the database and cannot be read", user);
            return new Found(null);
        }
    }

    private static ModelConfig read(ResultSet row) throws SQLException {
        return new ModelConfig(
                new ProviderId(row.getString("provider")),
                new ModelId(row.getString("model_id")),
                KeySource.ofWord(row.getString("key_source")),
                Instant.ofEpochMilli(row.getLong("updated_at")));
    }

    /** The readable configs of threads, latest change first, at most {@link #MOST_LISTED}. */
    static List<ModelConfigs.OfThread> ofThreads(Handle handle, UserId user) {
        return handle
                .createQuery("""
                        SELECT model_config.thread_id, coalesce(thread.title, '') AS title, provider, model_id,
                               key_source, model_config.updated_at
                        FROM model_config
                        LEFT JOIN thread ON thread.user_id = model_config.user_id
                            AND thread.thread_id = model_config.thread_id
                        WHERE model_config.user_id = :user AND model_config.thread_id <> ''
                        ORDER BY model_config.updated_at DESC, model_config.thread_id
                        LIMIT :most
                        """)
                .bind("user", user)
                .bind("most", MOST_LISTED)
                .map((row, _) -> ofThread(row, found(user, row).config()))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<ModelConfigs.OfThread> ofThread(ResultSet row, @Nullable ModelConfig config)
            throws SQLException {
        return config == null
                ? Optional.empty()
                : Optional.of(new ModelConfigs.OfThread(
                        new ThreadId(row.getString("thread_id")), row.getString("title"), config));
    }

    static void save(Handle handle, Scope scope, ModelConfig config) {
        handle.createUpdate("""
                        INSERT INTO model_config (user_id, thread_id, provider, model_id, key_source, updated_at)
                        VALUES (:scope.user, :scope.threadOrEmpty, :config.provider, :config.modelId,
                                :config.keySource.word, :config.updatedAt)
                        ON CONFLICT (user_id, thread_id) DO UPDATE SET
                            provider = excluded.provider, model_id = excluded.model_id,
                            key_source = excluded.key_source, updated_at = excluded.updated_at
                        """).bindMethods(new Row(scope, config)).execute();
    }

    static boolean delete(Handle handle, Scope scope) {
        return handle.createUpdate("DELETE FROM model_config WHERE user_id = :user AND thread_id = :threadOrEmpty")
                        .bindMethods(scope)
                        .execute()
                > 0;
    }

    /**
     * Deletes the user's configs of all scopes, and the earlier ones.
     *
     * @return what the present ones were
     */
    static List<Found> deleteAll(Handle handle, UserId user) {
        var _ = handle.createUpdate("DELETE FROM earlier_model_config WHERE user_id = :user")
                .bind("user", user)
                .execute();
        return handle.createQuery("""
                        DELETE FROM model_config WHERE user_id = :user
                        RETURNING provider, model_id, key_source, updated_at
                        """)
                .bind("user", user)
                .map((row, _) -> found(user, row))
                .list();
    }

    /**
     * Deletes the configs of all scopes that need the user's own key for a provider.
     *
     * @return what they were
     */
    static List<Found> deleteUsing(Handle handle, UserId user, ProviderId provider) {
        return handle.createQuery("""
                        DELETE FROM model_config WHERE user_id = :user AND provider = :provider AND key_source = 'own'
                        RETURNING provider, model_id, key_source, updated_at
                        """)
                .bind("user", user)
                .bind("provider", provider)
                .map((row, _) -> found(user, row))
                .list();
    }

    /**
     * Appends the config that another one replaces, and forgets the oldest beyond {@link #KEPT}. To be called after the
     * change was counted in the user's revision.
     *
     * @param replaced null if the scope had none
     */
    static void remember(Handle handle, Scope scope, @Nullable ModelConfig replaced) {
        int seq =
                handle.createQuery("""
                        SELECT coalesce(max(seq), 0) + 1 FROM earlier_model_config
                        WHERE user_id = :user AND thread_id = :threadOrEmpty
                        """).bindMethods(scope).mapTo(Integer.class).one();
        long revision = handle.createQuery("SELECT revision FROM model_config_revision WHERE user_id = :user")
                .bindMethods(scope)
                .mapTo(Long.class)
                .one();
        handle.createUpdate("""
                        INSERT INTO earlier_model_config
                            (user_id, thread_id, seq, provider, model_id, key_source, revision)
                        VALUES (:scope.user, :scope.threadOrEmpty, :seq, :config?.provider, :config?.modelId,
                                :config?.keySource?.word, :revision)
                        """)
                .bindMethods(new EarlierRow(scope, seq, replaced))
                .bind("revision", revision)
                .execute();
        handle.createUpdate("""
                        DELETE FROM earlier_model_config
                        WHERE user_id = :user AND thread_id = :threadOrEmpty AND seq <= :last
                        """).bindMethods(scope).bind("last", seq - KEPT).execute();
    }

    /** A remembered config, and the user's revision when it was replaced. */
    record Earlier(EarlierConfig config, long revision) {}

    /** The config that the scope had before its present one; empty if that is not known. */
    static Optional<Earlier> earlier(Handle handle, Scope scope) {
        return handle.createQuery("""
                        SELECT provider, model_id, key_source, revision FROM earlier_model_config
                        WHERE user_id = :user AND thread_id = :threadOrEmpty
                        ORDER BY seq DESC
                        LIMIT 1
                        """)
                .bindMethods(scope)
                .map((row, _) -> new Earlier(earlier(row), row.getLong("revision")))
                .findOne();
    }

    private static EarlierConfig earlier(ResultSet row) throws SQLException {
        return row.getString("provider") == null
                ? new EarlierConfig.None()
                : new EarlierConfig.Choice(
                        new ProviderId(row.getString("provider")),
                        new ModelId(row.getString("model_id")),
                        KeySource.ofWord(row.getString("key_source")));
    }

    /** Removes the config that {@link #earlier} returns. */
    static void forgetLast(Handle handle, Scope scope) {
        handle.createUpdate("""
                        DELETE FROM earlier_model_config
                        WHERE user_id = :user AND thread_id = :threadOrEmpty
                          AND seq = (SELECT max(seq) FROM earlier_model_config
                                     WHERE user_id = :user AND thread_id = :threadOrEmpty)
                        """).bindMethods(scope).execute();
    }

    /**
     * Deletes the configs of a thread, the earlier ones included.
     *
     * @return the present one; empty if it had none
     */
    static Optional<Found> deleteThread(Handle handle, Scope thread) {
        var found = find(handle, thread);
        var _ = delete(handle, thread);
        var _ = handle.createUpdate(
                        "DELETE FROM earlier_model_config WHERE user_id = :user AND thread_id = :threadOrEmpty")
                .bindMethods(thread)
                .execute();
        return found;
    }
}
