package io.keyswitch.audit;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something a user did with their settings.
 *
 * @param user the id of the user, as text: it may be one of an issuer that is not configured any more
 */
public record AuditEvent(Instant at, String user, Action action, Subject subject) {
    /** What was done. */
    public enum Action {
        CONFIG_SET,
        CONFIG_DELETED,
        KEY_CHECKED,
        TOKEN_CREATED,
        TOKEN_REVOKED;

        /** The word for it in the table and in what is printed. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Action ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /**
     * What something was done with.
     *
     * @param keyHint the last four characters of the key; null if there is none
     * @param detail the verdict of a check, or the id of a token
     */
    public record Subject(
            @Nullable String provider,
            @Nullable String modelId,
            @Nullable String keyHint,
            @Nullable String detail) {}
}
