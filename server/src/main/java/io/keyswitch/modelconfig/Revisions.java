package io.keyswitch.modelconfig;

import io.keyswitch.core.UserId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * How often each user's keys and configs were changed. Every change locks the user's row before it reads or writes anything
 * else, so that changes of one user by several processes follow each other.
 */
final class Revisions {
    private Revisions() {}

    /** The revisions of users; those without a change are absent. */
    static Map<UserId, Long> of(Handle handle, List<UserId> users) {
        return handle.createQuery("SELECT user_id, revision FROM model_config_revision WHERE user_id IN (<users>)")
                .bindList("users", users)
                .map((row, _) -> Map.entry(new UserId(row.getString("user_id")), row.getLong("revision")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Counts a change; does nothing and returns false if the user's keys or configs were changed since an earlier revision. Every change
     * locks the row first, so that those of other processes wait for its end.
     */
    static boolean advanceIf(Handle handle, UserId user, long revision) {
        return handle.createUpdate("""
                        INSERT INTO model_config_revision (user_id, revision) VALUES (:user, 1)
                        ON CONFLICT (user_id) DO UPDATE SET revision = model_config_revision.revision + 1
                        WHERE model_config_revision.revision = :revision
                        """)
                        .bind("user", user)
                        .bind("revision", revision)
                        .execute()
                > 0;
    }

    /** Makes changes of the user by other processes wait, by an update that changes nothing. */
    static void lock(Handle handle, UserId user) {
        handle.createUpdate("UPDATE model_config_revision SET revision = revision WHERE user_id = :user")
                .bind("user", user)
                .execute();
    }

    /** Counts a change, whatever came before it. */
    static void advance(Handle handle, UserId user) {
        handle.createUpdate("""
                        INSERT INTO model_config_revision (user_id, revision) VALUES (:user, 1)
                        ON CONFLICT (user_id) DO UPDATE SET revision = model_config_revision.revision + 1
                        """).bind("user", user).execute();
    }
}
