package io.keyswitch.audit;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log: a change or key check by a user.
 *
 * @param user the user ID; its issuer may no longer be configured
 * @param action the word of an {@link Action}, or one that another version of Keyswitch has recorded
 */
public record AuditEvent(Instant at, String user, String action, Subject subject) {
    /** The kind of event. */
    public enum Action {
        CONFIG_SET,
        CONFIG_DELETED,
        KEY_SAVED,
        KEY_DELETED,
        KEY_CHECKED,
        TOKEN_CREATED,
        TOKEN_REVOKED,
        USER_DELETED;

        /** The name in the database and in printed output. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * The model config, key or token that an event is about.
     *
     * @param keyHint the last four characters of the key; null if there is none
     * @param detail the result of a key check or the ID of a token; null for other events
     */
    public record Subject(
            @Nullable String provider,
            @Nullable String modelId,
            @Nullable String keyHint,
            @Nullable String detail) {}
}
