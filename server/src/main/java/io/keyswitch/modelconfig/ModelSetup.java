package io.keyswitch.modelconfig;

import io.keyswitch.audit.AuditEvent;
import io.keyswitch.audit.AuditLog;
import io.keyswitch.core.Details;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.core.UserId;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.Target;
import io.keyswitch.modelconfig.Checked.AcceptedChoice;
import io.keyswitch.modelconfig.Checked.AcceptedKey;
import io.keyswitch.modelconfig.ModelConfigs.History;
import io.keyswitch.modelconfig.SetupOutcome.Part;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.secret.ApiKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Checks choices and keys with their providers and saves them. The previous config and key remain until the new ones are
 * accepted. Blocking; thread-safe.
 */
public final class ModelSetup {
    private final ModelConfigs configs;
    private final ProjectKeys projectKeys;
    private final StoredKeys storedKeys;
    private final KeyCheck keyCheck;
    private final AuditLog audit;
    private final InstantSource clock;

    public ModelSetup(
            ModelConfigs configs,
            ProjectKeys projectKeys,
            StoredKeys storedKeys,
            KeyCheck keyCheck,
            AuditLog audit,
            InstantSource clock) {
        this.configs = configs;
        this.projectKeys = projectKeys;
        this.storedKeys = storedKeys;
        this.keyCheck = keyCheck;
        this.audit = audit;
        this.clock = clock;
    }

    /** The decrypted key of a choice. */
    private record Key(ApiKey key, KeySource source) {}

    /** Checks a choice and saves it in a scope if it is accepted. */
    public SetupOutcome apply(Scope scope, ModelChoice choice) {
        return switch (check(scope.user(), choice)) {
            case Checked.Accepted accepted -> save(scope, accepted);
            case Checked.Refused(var outcome) -> outcome;
        };
    }

    /** Checks a key with its provider; stores nothing. */
    public Checked check(UserId user, NewKey given) {
        var provider = given.provider();
        var choice =
                new ModelChoice(provider, provider.defaultModel(), given.accountId(), new KeyChoice.Given(given.key()));
        return switch (check(user, choice, Verdict::onKey)) {
            case AcceptedChoice(var revision, var _, var _, var newKey, var warning)
            when newKey != null -> new AcceptedKey(revision, given, newKey, warning);
            case Checked.Refused refused -> refused;
            case Checked.Accepted _ -> throw new IllegalStateException("a given key is always stored");
        };
    }

    /** Checks a choice with its provider; stores nothing but the verdict on a stored key. */
    public Checked check(UserId user, ModelChoice choice) {
        return check(user, choice, UnaryOperator.identity());
    }

    /**
     * Checks a choice.
     *
     * @param relevant the part of the verdict that decides
     */
    private Checked check(UserId user, ModelChoice asked, UnaryOperator<Verdict> relevant) {
        var provider = asked.provider();
        var rule = provider.accountId();
        var accountId = rule == null ? null : asked.accountId();
        var choice = new ModelChoice(provider, asked.model(), accountId, asked.key());
        if (rule != null && (accountId == null || !rule.accepts(accountId))) {
            boolean missing = accountId == null || accountId.isEmpty();
            return refused(missing ? Reason.ACCOUNT_ID_REQUIRED : Reason.INVALID_ACCOUNT_ID, choice, Part.ACCOUNT_ID);
        }
        long revision = configs.revision(user);
        var stored = choice.key() instanceof KeyChoice.Stored ? configs.key(user, provider.id()) : null;
        var key = key(user, choice, accountId);
        if (key == null) {
            return noKey(choice);
        }
        if (key.source() == KeySource.OWN && holds(choice.model().value(), key.key())) {
            return refused(Reason.KEY_IN_MODEL, choice, Part.MODEL);
        }
        if (choice.key() instanceof KeyChoice.Given && configs.isFull(user, provider.id())) {
            return new Checked.Refused(new SetupOutcome.Refused(tooManyKeys(), Part.NONE));
        }
        var target = new Target(provider, provider.endpoint(accountId), choice.model(), key.key(), user.value());
        var verdict = keyCheck.check(target, key.source());
        note(user, target, key, verdict);
        var check = new StoredKey.Check(now(), verdict.onKey().word());
        // A verdict on a stored key is not replaced when its provider cannot be reached.
        if (stored != null && verdict.isAboutKey()) {
            configs.saveCheck(user, stored, check);
        }
        return judged(new Examined(user, revision, choice, key, target, check), relevant.apply(verdict));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Failure tooManyKeys() {
        return new Failure(
                Reason.TOO_MANY_KEYS, Details.naming(Map.of("limit", Integer.toString(ModelConfigs.MAX_KEYS))));
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

    /** A choice whose key was checked. */
    private record Examined(
            UserId user, long revision, ModelChoice choice, Key key, Target target, StoredKey.Check check) {}

    private Checked judged(Examined examined, Verdict verdict) {
        var choice = examined.choice();
        boolean own = examined.key().source() == KeySource.OWN;
        return switch (verdict) {
            case Verdict.Invalid _ when own -> refused(Reason.KEY_REFUSED, choice, Part.KEY);
            case Verdict.NotPermitted _ when own -> refused(Reason.KEY_NOT_PERMITTED, choice, Part.KEY);
            case Verdict.Unusable(var failure) when own -> unusable(failure, examined.target());
            case Verdict.ModelRetired _ -> refused(Reason.MODEL_RETIRED, choice, Part.MODEL);
            case Verdict.UnknownAccount _ -> refused(Reason.ACCOUNT_NOT_FOUND, choice, Part.ACCOUNT_ID);
            case Verdict.Valid _,
                    Verdict.Invalid _,
                    Verdict.NotPermitted _,
                    Verdict.Unusable _,
                    Verdict.UnknownModel _,
                    Verdict.NoCredit _,
                    Verdict.RateLimited _,
                    Verdict.Unreachable _ -> accepted(examined, verdict);
        };
    }

    private Checked accepted(Examined examined, Verdict verdict) {
        var choice = examined.choice();
        var source = examined.key().source();
        var meant = withoutCapitals(verdict, choice);
        var chosen = meant == null ? choice : meant;
        var check = examined.check();
        var config = new ModelConfig(chosen.provider().id(), chosen.model(), source, check.at());
        var newKey = chosen.key() instanceof KeyChoice.Given(var given)
                ? storedKeys.seal(examined.user(), chosen.provider(), chosen.accountId(), given, check)
                : null;
        boolean unasked = verdict instanceof Verdict.Unreachable && newKey == null;
        boolean fine = meant != null || verdict instanceof Verdict.Valid || unasked;
        var warning = fine ? null : new SetupWarning(verdict, choice.provider(), choice.model(), source);
        return new AcceptedChoice(examined.revision(), chosen, config, newKey, warning);
    }

    private static Checked unusable(LlmFailure failure, Target target) {
        // No other key would help against the region.
        var part = failure.is(Reason.REGION) ? Part.NONE : Part.KEY;
        return new Checked.Refused(
                new SetupOutcome.Refused(ProviderFailures.explain(failure, target, KeySource.OWN), part));
    }

    /** Saves what was accepted, unless the user's keys or configs were changed during the check. */
    public SetupOutcome save(Scope scope, Checked.Accepted accepted) {
        return switch (accepted) {
            case AcceptedChoice choice -> save(scope, choice, History.APPEND);
            case AcceptedKey(var revision, var given, var newKey, var warning) ->
                configs.saveKey(scope.user(), revision, newKey)
                        ? new SetupOutcome.KeySaved(newKey, warning)
                        : outcome(Reason.CHANGED_MEANWHILE, given.provider(), null, Part.NONE);
        };
    }

    /** Saves the choice that {@link ModelConfigs#undoable} returned, as {@link #save} does. */
    public SetupOutcome undo(Scope scope, AcceptedChoice earlier) {
        return save(scope, earlier, History.UNDO);
    }

    private SetupOutcome save(Scope scope, AcceptedChoice accepted, History history) {
        var change = new ModelConfigs.Change(scope, accepted.revision(), accepted.config(), accepted.newKey(), history);
        var choice = accepted.choice();
        return configs.save(change)
                ? new SetupOutcome.Saved(accepted.config(), accepted.warning())
                : outcome(Reason.CHANGED_MEANWHILE, choice.provider(), choice.model(), Part.NONE);
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
        return new Checked.Refused(outcome(reason, choice.provider(), choice.model(), part));
    }

    private static SetupOutcome.Refused outcome(Reason reason, Provider provider, @Nullable ModelId model, Part part) {
        var failure = ProviderFailures.of(reason, provider, model == null ? null : model.value());
        return new SetupOutcome.Refused(failure, part);
    }
}
