package io.keyswitch.http.callable;

import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.http.callable.CallableFunction.Call;
import io.keyswitch.language.Sentences;
import io.keyswitch.modelconfig.Checked;
import io.keyswitch.modelconfig.ModelConfigs;
import io.keyswitch.modelconfig.ModelSetup;
import io.keyswitch.modelconfig.NewKey;
import io.keyswitch.modelconfig.Scope;
import io.keyswitch.modelconfig.SetupOutcome;
import io.keyswitch.modelconfig.SetupWarning;
import io.keyswitch.modelconfig.StoredKey;
import io.keyswitch.modelconfig.StoredKeys;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.ScannedText;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The functions for the keys of a user, one per provider: list, save and delete. None returns a key. */
public final class ApiKeyFunctions {
    private record Listed(
            String provider,
            String displayName,
            String keyHint,
            @Nullable String accountId,
            String savedAt,
            String checkedAt,
            @Nullable String verdict) {}

    private record Saved(
            boolean success,
            String provider,
            String displayName,
            String keyHint,
            @Nullable String warning) {}

    private final ProviderRegistry providers;
    private final ModelConfigs configs;
    private final StoredKeys storedKeys;
    private final ModelSetup setup;

    public ApiKeyFunctions(ProviderRegistry providers, ModelConfigs configs, StoredKeys storedKeys, ModelSetup setup) {
        this.providers = providers;
        this.configs = configs;
        this.storedKeys = storedKeys;
        this.setup = setup;
    }

    public Map<String, CallableFunction> byName() {
        return Map.of("listApiKeys", this::list, "saveApiKey", this::save, "deleteApiKey", this::delete);
    }

    private Object list(Call call) {
        return Map.of(
                "keys", configs.keys(call.user()).stream().map(this::listed).toList());
    }

    private Listed listed(StoredKey key) {
        return new Listed(
                key.provider().value(),
                providers.displayName(key.provider()),
                key.hint(),
                key.accountId(),
                key.savedAt().toString(),
                key.check().at().toString(),
                word(key.check().verdict()));
    }

    /** Words of the API have underscores, those of the audit log hyphens. */
    private static @Nullable String word(@Nullable String verdict) {
        return verdict == null ? null : verdict.replace('-', '_');
    }

    private Object save(Call call) {
        var arguments = call.arguments();
        var provider = provider(providers, arguments.text("provider"));
        var text = arguments.verbatim("apiKey");
        if (text == null || text.isBlank()) {
            throw Failure.invalidArgument("apiKey is required: your own key for %s.".formatted(provider.displayName()));
        }
        var given = arguments.label("accountId");
        var accountId = given == null ? storedKeys.accountId(call.user(), provider) : given;
        return switch (setup.check(call.user(), new NewKey(provider, accountId, key(text)))) {
            case Checked.Accepted accepted ->
                saved(call, provider, setup.save(Scope.allThreads(call.user()), accepted));
            case Checked.Refused(var outcome) -> throw outcome.failure();
        };
    }

    private static Saved saved(Call call, Provider provider, SetupOutcome outcome) {
        return switch (outcome) {
            case SetupOutcome.KeySaved(var key, var warning) ->
                new Saved(true, provider.id().value(), provider.displayName(), key.hint(), said(call, warning));
            case SetupOutcome.Saved _ -> throw new IllegalStateException("a key was to be saved");
            case SetupOutcome.Refused(var failure, var _) -> throw failure;
        };
    }

    /** The warning as the API returns it to a call; null if there is none. */
    static @Nullable String said(Call call, @Nullable SetupWarning warning) {
        return warning == null ? null : warning.say(Sentences.of(call.language()));
    }

    private Object delete(Call call) {
        var provider = call.arguments().text("provider");
        var stored = configs.keys(call.user()).stream()
                .map(StoredKey::provider)
                .filter(id -> id.value().equals(provider))
                .findFirst()
                .orElseGet(() -> provider(providers, provider).id());
        configs.deleteKey(call.user(), stored);
        return Map.of("success", true);
    }

    /** The provider with a name; fails if there is none. */
    static Provider provider(ProviderRegistry providers, String name) {
        var provider = providers.named(name);
        if (provider == null) {
            var known = providers.all().stream().map(one -> one.id().value()).collect(Collectors.joining(", "));
            throw Failure.invalidArgument("Unknown provider. Choose one of: " + known + ".");
        }
        return provider;
    }

    /** The key in an argument; fails if it cannot be one. */
    static ApiKey key(String text) {
        var cleaned = ScannedText.cleaned(text);
        if (!ApiKey.isValid(cleaned) || ScannedText.of(cleaned).isWord()) {
            throw new Failure(Reason.MALFORMED_KEY);
        }
        return ApiKey.of(cleaned);
    }
}
