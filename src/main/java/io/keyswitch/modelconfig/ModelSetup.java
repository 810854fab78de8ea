package io.keyswitch.modelconfig;

import io.keyswitch.audit.AuditEvent;
import io.keyswitch.audit.AuditLog;
import io.keyswitch.core.UserId;
import io.keyswitch.llm.Target;
import io.keyswitch.provider.AccountIdRule;
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
 * Checks a choice with its provider and stores it. What was stored before stays untouched until the new choice has proved
 * itself. Blocking; thread-safe.
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

    /** Puts a choice into use, or says why not. */
    public SetupOutcome apply(UserId user, ModelChoice choice) {
        var provider = choice.provider();
        var rule = provider.accountId();
        var accountId = rule == null ? null : choice.accountId();
        if (rule != null && (accountId == null || !rule.accepts(accountId))) {
            return refused(SetupOutcome.Reason.INVALID_ACCOUNT_ID, accountIdSentence(provider, rule, accountId));
        }
        var state = configs.state(user);
        var ownKey = ownKey(user, choice, accountId);
        var key = ownKey == null ? projectKeys.find(provider) : ownKey;
        if (key == null || (ownKey == null && choice.key() instanceof KeyChoice.Stored)) {
            return noKey(choice);
        }
        if (ownKey != null && holds(choice.model().value(), ownKey)) {
            return refused(
                    SetupOutcome.Reason.KEY_IN_MODEL,
                    "The model id holds your API key, which belongs into the field for keys alone. Please name a model.");
        }
        var endpoint = provider.endpoint(accountId);
        var verdict = keyCheck.check(
                new Target(provider, endpoint, choice.model(), key, user.value()),
                ownKey == null ? KeySource.PROJECT : KeySource.OWN);
        audit.note(
                user,
                AuditEvent.Action.KEY_CHECKED,
                new AuditEvent.Subject(
                        provider.id().value(),
                        choice.model().value(),
                        ownKey == null ? null : ownKey.hint(),
                        verdict.word()));
        return switch (verdict) {
            case Verdict.Invalid _
            when ownKey != null ->
                refused(
                        SetupOutcome.Reason.INVALID_KEY,
                        "%s does not accept this API key. Please check that it is complete and still active."
                                .formatted(provider.displayName()));
            case Verdict.NotPermitted _
            when ownKey != null ->
                refused(
                        SetupOutcome.Reason.NOT_PERMITTED,
                        "%s does not let this API key use the model “%s”. Please check the key's permissions."
                                .formatted(provider.displayName(), choice.model()));
            case Verdict.UnknownAccount _ ->
                refused(
                        SetupOutcome.Reason.INVALID_ACCOUNT_ID,
                        "%s does not know this account id. Please check it.".formatted(provider.displayName()));
            case Verdict.Valid _,
                    Verdict.Invalid _,
                    Verdict.NotPermitted _,
                    Verdict.UnknownModel _,
                    Verdict.NoCredit _,
                    Verdict.RateLimited _,
                    Verdict.Unreachable _ -> saveUnder(user, state, verdict, choice, accountId, endpoint, ownKey);
        };
    }

    private SetupOutcome saveUnder(
            UserId user,
            ModelConfigs.State state,
            Verdict verdict,
            ModelChoice choice,
            @Nullable String accountId,
            Endpoint endpoint,
            @Nullable ApiKey ownKey) {
        var meant = withoutCapitals(verdict, choice);
        var chosen = meant == null ? choice : meant;
        return save(
                user,
                state,
                config(user, chosen, accountId, endpoint, ownKey),
                meant == null ? warning(verdict, choice) : null);
    }

    /** A model that differs from a listed one in its capitals alone is meant to be that one; null if it does not. */
    private static @Nullable ModelChoice withoutCapitals(Verdict verdict, ModelChoice choice) {
        return verdict instanceof Verdict.UnknownModel(var near)
                        && near != null
                        && near.equalsIgnoreCase(choice.model().value())
                ? new ModelChoice(choice.provider(), new ModelId(near), choice.accountId(), choice.key())
                : null;
    }

    private @Nullable ApiKey ownKey(UserId user, ModelChoice choice, @Nullable String accountId) {
        return switch (choice.key()) {
            case KeyChoice.Project _ -> null;
            case KeyChoice.Given(var key) -> key;
            case KeyChoice.Stored _ -> storedKeys.find(user, choice.provider(), accountId);
        };
    }

    /** A model id is stored, shown, logged and, by some wire formats, part of a URL. */
    private static boolean holds(String text, ApiKey key) {
        return !key.replacedIn(text, "").equals(text);
    }

    private static SetupOutcome noKey(ModelChoice choice) {
        var name = choice.provider().displayName();
        return choice.key() instanceof KeyChoice.Stored
                ? refused(
                        SetupOutcome.Reason.NO_STORED_KEY,
                        "No key of yours for %s can be used here. Please enter one.".formatted(name))
                : refused(
                        SetupOutcome.Reason.NO_PROJECT_KEY,
                        "%s has no default key here. Please use your own API key.".formatted(name));
    }

    private static SetupOutcome refused(SetupOutcome.Reason reason, String sentence) {
        return new SetupOutcome.Refused(reason, sentence);
    }

    private static String accountIdSentence(Provider provider, AccountIdRule rule, @Nullable String accountId) {
        return accountId == null || accountId.isEmpty()
                ? "%s needs your %s. %s".formatted(provider.displayName(), rule.label(), rule.help())
                : "That is not what %s accepts as %s. %s".formatted(provider.displayName(), rule.label(), rule.help());
    }

    private SetupOutcome save(UserId user, ModelConfigs.State state, ModelConfig config, @Nullable String warning) {
        var before = configs.readable(user);
        return configs.replace(user, state, config)
                ? new SetupOutcome.Saved(config, warning, dropped(before, config))
                : refused(
                        SetupOutcome.Reason.CHANGED_MEANWHILE,
                        "Your settings were changed or deleted while the key was being checked.");
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

    private static @Nullable String warning(Verdict verdict, ModelChoice choice) {
        var name = choice.provider().displayName();
        var model = choice.model().value();
        boolean own = !(choice.key() instanceof KeyChoice.Project);
        var whose = own ? "Your key" : "The default key";
        return switch (verdict) {
            case Verdict.Valid _, Verdict.UnknownAccount _ -> null;
            case Verdict.Invalid _ -> "%s for %s is not accepted right now.".formatted(whose, name);
            case Verdict.NotPermitted _ -> "%s may not use the model “%s” at %s.".formatted(whose, model, name);
            case Verdict.UnknownModel(var suggestion) ->
                "%s works, but %s does not list a model “%s”.%s"
                        .formatted(whose, name, model, suggestion == null ? "" : " Did you mean “" + suggestion + "”?");
            case Verdict.NoCredit _ -> "%s works, but its account at %s has no credit left.".formatted(whose, name);
            case Verdict.RateLimited _ ->
                "%s is rate-limited by %s right now, so it could not be fully checked.".formatted(whose, name);
            case Verdict.Unreachable _ ->
                "%s could not be reached to check the key. It is saved unchecked.".formatted(name);
        };
    }
}
