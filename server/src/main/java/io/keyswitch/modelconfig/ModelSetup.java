package io.keyswitch.modelconfig;

import io.keyswitch.audit.AuditEvent;
import io.keyswitch.audit.AuditLog;
import io.keyswitch.core.Reason;
import io.keyswitch.core.UserId;
import io.keyswitch.llm.Target;
import io.keyswitch.modelconfig.SetupOutcome.Part;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.KeyPlace;
import io.keyswitch.secret.Vault;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Checks a choice with its provider and saves it. The previous config remains until the new one is accepted. Blocking;
 * thread-safe.
 */
public final class ModelSetup {
    private final ModelConfigs configs;
    private final ProjectKeys projectKeys;
    private final StoredKeys storedKeys;
    private final Vault vault;
    private final KeyCheck keyCheck;
    private final AuditLog audit;
    private final InstantSource clock;

    public ModelSetup(
            ModelConfigs configs,
            ProjectKeys projectKeys,
            StoredKeys storedKeys,
            Vault vault,
            KeyCheck keyCheck,
            AuditLog audit,
            InstantSource clock) {
        this.configs = configs;
        this.projectKeys = projectKeys;
        this.storedKeys = storedKeys;
        this.vault = vault;
        this.keyCheck = keyCheck;
        this.audit = audit;
        this.clock = clock;
    }

    /** The result of a check. */
    public sealed interface Checked {
        /** The choice may be saved, unless the user's config has changed since. */
        record Accepted(
                ModelConfigs.State state,
                ModelChoice choice,
                ModelConfig config,
                @Nullable SetupWarning warning) implements Checked {}

        /** The choice is rejected. */
        record Refused(SetupOutcome.Refused outcome) implements Checked {}
    }

    /** The decrypted key of a choice. */
    private record Key(ApiKey key, KeySource source) {}

    /** Checks a choice and saves it if it is accepted. */
    public SetupOutcome apply(UserId user, ModelChoice choice) {
        return switch (check(user, choice)) {
            case Checked.Accepted accepted -> save(user, accepted);
            case Checked.Refused(var outcome) -> outcome;
        };
    }

    /** Checks a choice with its provider; stores nothing. */
    public Checked check(UserId user, ModelChoice choice) {
        var provider = choice.provider();
        var rule = provider.accountId();
        var accountId = rule == null ? null : choice.accountId();
        if (rule != null && (accountId == null || !rule.accepts(accountId))) {
            boolean missing = accountId == null || accountId.isEmpty();
            return refused(missing ? Reason.ACCOUNT_ID_REQUIRED : Reason.INVALID_ACCOUNT_ID, choice, Part.ACCOUNT_ID);
        }
        var state = configs.state(user);
        var key = key(user, choice, accountId);
        if (key == null) {
            return noKey(choice);
        }
        if (key.source() == KeySource.OWN && holds(choice.model().value(), key.key())) {
            return refused(Reason.KEY_IN_MODEL, choice, Part.MODEL);
        }
        var target = new Target(provider, provider.endpoint(accountId), choice.model(), key.key(), user.value());
        var verdict = keyCheck.check(target, key.source());
        note(user, target, key, verdict);
        return judged(user, state, choice, target, key, verdict, accountId);
    }

    private void note(UserId user, Target target, Key key, Verdict verdict) {
        audit.note(
                user,
                AuditEvent.Action.KEY_CHECKED,
                new AuditEvent.Subject(
                        target.provider().id().value(),
                        target.model().value(),
                        key.source() == KeySource.OWN ? key.key().hint() : null,
                        verdict.word()));
    }

    private Checked judged(
            UserId user,
            ModelConfigs.State state,
            ModelChoice choice,
            Target target,
            Key key,
            Verdict verdict,
            @Nullable String accountId) {
        boolean own = key.source() == KeySource.OWN;
        return switch (verdict) {
            case Verdict.Invalid _ when own -> refused(Reason.KEY_REFUSED, choice, Part.KEY);
            case Verdict.NotPermitted _ when own -> refused(Reason.KEY_NOT_PERMITTED, choice, Part.KEY);
            case Verdict.UnknownAccount _ -> refused(Reason.ACCOUNT_NOT_FOUND, choice, Part.ACCOUNT_ID);
            case Verdict.Valid _,
                    Verdict.Invalid _,
                    Verdict.NotPermitted _,
                    Verdict.UnknownModel _,
                    Verdict.NoCredit _,
                    Verdict.RateLimited _,
                    Verdict.Unreachable _ -> {
                var meant = withoutCapitals(verdict, choice);
                var chosen = meant == null ? choice : meant;
                var config = config(user, chosen, accountId, target.endpoint(), own ? key.key() : null);
                boolean fine = meant != null || verdict instanceof Verdict.Valid;
                var warning = fine ? null : new SetupWarning(verdict, choice.provider(), choice.model(), key.source());
                yield new Checked.Accepted(state, chosen, config, warning);
            }
        };
    }

    /** Saves an accepted choice, unless the user's config was changed or deleted during the check. */
    public SetupOutcome save(UserId user, Checked.Accepted accepted) {
        var before = configs.readable(user);
        var config = accepted.config();
        return configs.replace(user, accepted.state(), config)
                ? new SetupOutcome.Saved(config, accepted.warning(), dropped(before, config))
                : outcome(Reason.CHANGED_MEANWHILE, accepted.choice(), Part.KEY);
    }

    /** The choice with the spelling of the listed model, if only the case differs; otherwise null. */
    private static @Nullable ModelChoice withoutCapitals(Verdict verdict, ModelChoice choice) {
        return verdict instanceof Verdict.UnknownModel(var near)
                        && near != null
                        && near.equalsIgnoreCase(choice.model().value())
                ? new ModelChoice(choice.provider(), new ModelId(near), choice.accountId(), choice.key())
                : null;
    }

    private @Nullable Key key(UserId user, ModelChoice choice, @Nullable String accountId) {
        var provider = choice.provider();
        return switch (choice.key()) {
            case KeyChoice.Project _ -> ofSource(projectKeys.find(provider), KeySource.PROJECT);
            case KeyChoice.Given(var key) -> new Key(key, KeySource.OWN);
            case KeyChoice.Stored _ -> ofSource(storedKeys.find(user, provider, accountId), KeySource.OWN);
        };
    }

    private static @Nullable Key ofSource(@Nullable ApiKey key, KeySource source) {
        return key == null ? null : new Key(key, source);
    }

    /** Whether a string contains the key. A model ID must not: it is stored, shown, logged and sent in URLs. */
    private static boolean holds(String text, ApiKey key) {
        return !key.replacedIn(text, "").equals(text);
    }

    private static Checked noKey(ModelChoice choice) {
        return choice.key() instanceof KeyChoice.Stored
                ? refused(Reason.NO_STORED_KEY, choice, Part.KEY)
                : refused(Reason.NO_PROJECT_KEY, choice, Part.KEY_SOURCE);
    }

    private static Checked refused(Reason reason, ModelChoice choice, Part part) {
        return new Checked.Refused(outcome(reason, choice, part));
    }

    private static SetupOutcome.Refused outcome(Reason reason, ModelChoice choice, Part part) {
        var failure =
                ProviderFailures.of(reason, choice.provider(), choice.model().value());
        return new SetupOutcome.Refused(failure, part);
    }

    private static @Nullable ProviderId dropped(@Nullable ModelConfig before, ModelConfig config) {
        if (before == null || before.ownKey() == null) {
            return null;
        }
        return (config.ownKey() == null || !config.provider().equals(before.provider())) ? before.provider() : null;
    }

    private ModelConfig config(
            UserId user, ModelChoice choice, @Nullable String accountId, Endpoint endpoint, @Nullable ApiKey ownKey) {
        return new ModelConfig(
                choice.provider().id(),
                choice.model(),
                ownKey == null ? KeySource.PROJECT : KeySource.OWN,
                accountId,
                sealed(user, choice.provider(), endpoint, ownKey),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private ModelConfig.@Nullable OwnKey sealed(
            UserId user, Provider provider, Endpoint endpoint, @Nullable ApiKey key) {
        return key == null
                ? null
                : new ModelConfig.OwnKey(
                        vault.seal(key, new KeyPlace(user, provider.id(), endpoint)), key.hint(), provider.baseUrl());
    }
}
