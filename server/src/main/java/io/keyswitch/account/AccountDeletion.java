package io.keyswitch.account;

import io.keyswitch.audit.AuditEvent;
import io.keyswitch.audit.AuditLog;
import io.keyswitch.auth.PersonalTokens;
import io.keyswitch.chat.ThreadViews;
import io.keyswitch.core.UserId;
import io.keyswitch.modelconfig.ModelConfigs;

/**
 * Deletes what is stored of a user: tokens, keys, models and threads. The audit log stays, as do counters of limits and changes, which
 * hold only the user's ID. What tool loops in progress need expires within an hour. Blocking; thread-safe.
 */
public final class AccountDeletion {
    private static final AuditEvent.Subject WHOLE = new AuditEvent.Subject(null, null, null, null);

    private final PersonalTokens tokens;
    private final ModelConfigs configs;
    private final ThreadViews threads;
    private final AuditLog audit;

    public AccountDeletion(PersonalTokens tokens, ModelConfigs configs, ThreadViews threads, AuditLog audit) {
        this.tokens = tokens;
        this.configs = configs;
        this.threads = threads;
        this.audit = audit;
    }

    /**
     * Deletes a user's data part by part, what gives access first. If it fails in between, it is completed by another call. Answers in
     * progress are ended.
     *
     * @throws io.keyswitch.sql.DatabaseUnavailableException if not everything could be deleted
     */
    public void delete(UserId user) {
        tokens.revokeAll(user);
        configs.deleteAll(user);
        threads.deleteAll(user);
        audit.note(user, AuditEvent.Action.USER_DELETED, WHOLE);
    }
}
