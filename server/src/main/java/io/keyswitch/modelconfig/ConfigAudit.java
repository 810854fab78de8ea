package io.keyswitch.modelconfig;

import io.keyswitch.audit.AuditEvent.Action;
import io.keyswitch.audit.AuditEvent.Subject;
import io.keyswitch.audit.AuditLog;
import io.keyswitch.core.UserId;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Records changes of keys and configs in the audit log, in the transactions of the changes. */
final class ConfigAudit {
    private static final Subject UNREADABLE = new Subject(null, null, null, null);

    private final AuditLog log;

    ConfigAudit(AuditLog log) {
        this.log = log;
    }

    /** @param key the key that the config uses; null for the project key */
    void configSet(Handle handle, UserId user, ModelConfig config, @Nullable StoredKey key) {
        log.note(handle, user, Action.CONFIG_SET, subject(config, key == null ? null : key.hint()));
    }

    /** @param keys the keys that are deleted with it */
    void configDeleted(Handle handle, UserId user, ConfigRows.Found found, List<KeyRows.Deleted> keys) {
        var config = found.config();
        log.note(
                handle,
                user,
                Action.CONFIG_DELETED,
                config == null ? UNREADABLE : subject(config, hintOf(config, keys)));
    }

    private static @Nullable String hintOf(ModelConfig config, List<KeyRows.Deleted> keys) {
        return keys.stream()
                .filter(key -> config.keySource() == KeySource.OWN
                        && key.provider().equals(config.provider().value()))
                .map(KeyRows.Deleted::hint)
                .findFirst()
                .orElse(null);
    }

    void keySaved(Handle handle, UserId user, StoredKey key) {
        var verdict = key.check().verdict();
        log.note(handle, user, Action.KEY_SAVED, new Subject(key.provider().value(), null, key.hint(), verdict));
    }

    void keyDeleted(Handle handle, UserId user, KeyRows.Deleted key) {
        log.note(handle, user, Action.KEY_DELETED, new Subject(key.provider(), null, key.hint(), null));
    }

    private static Subject subject(ModelConfig config, @Nullable String keyHint) {
        return new Subject(
                config.provider().value(),
                config.modelId().value(),
                keyHint,
                config.keySource().word());
    }
}
