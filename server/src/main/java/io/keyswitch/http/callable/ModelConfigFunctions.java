package io.keyswitch.http.callable;

import io.keyswitch.core.Failure;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import io.keyswitch.http.callable.CallableFunction.Call;
import io.keyswitch.language.Language;
import io.keyswitch.language.Sentences;
import io.keyswitch.llm.ListedModel;
import io.keyswitch.modelconfig.KeyChoice;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelChoice;
import io.keyswitch.modelconfig.ModelConfig;
import io.keyswitch.modelconfig.ModelConfigs;
import io.keyswitch.modelconfig.ModelSetup;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.modelconfig.Scope;
import io.keyswitch.modelconfig.SetupOutcome;
import io.keyswitch.modelconfig.StoredKey;
import io.keyswitch.modelconfig.StoredKeys;
import io.keyswitch.modelconfig.UserModels;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.ScannedText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions for model configs: set, get, delete and list them, and list providers and models. */
public final class ModelConfigFunctions {
    private record Updated(
            boolean success,
            String provider,
            String modelId,
            String displayName,
            String keySource,
            @Nullable String keyHint,
            @Nullable String warning) {}

    private record Current(
            String provider,
            String modelId,
            String displayName,
            String keySource,
            @Nullable String keyHint,
            @Nullable String accountId,
            String scope,
            String updatedAt) {}

    /** The config of a thread that has one of its own. */
    private record OfThread(
            String threadId,
            String title,
            String provider,
            String modelId,
            String displayName,
            String keySource,
            String updatedAt) {}

    private record AccountId(String label, String pattern, String help) {}

    private record Offered(
            String id,
            String displayName,
            String defaultModelId,
            boolean projectKey,
            @Nullable AccountId accountId,
            String keyName,
            @Nullable String keyHelpUrl,
            @Nullable String keyPrefixHint) {}

    private record Default(String provider, String modelId, String displayName) {}

    private record Providers(
            List<Offered> providers, @Nullable Default defaultModel) {}

    private record Listed(
            String id,
            @Nullable String displayName,
            @Nullable Long contextWindow) {}

    private record ModelList(List<Listed> models, String source) {}

    private final ProviderRegistry providers;
    private final ProjectKeys projectKeys;
    private final ModelConfigs configs;
    private final StoredKeys storedKeys;
    private final ModelSetup setup;
    private final UserModels listedModels;

    public ModelConfigFunctions(
            ProviderRegistry providers,
            ProjectKeys projectKeys,
            ModelConfigs configs,
            StoredKeys storedKeys,
            ModelSetup setup,
            UserModels listedModels) {
        this.providers = providers;
        this.projectKeys = projectKeys;
        this.configs = configs;
        this.storedKeys = storedKeys;
        this.setup = setup;
        this.listedModels = listedModels;
    }

    public Map<String, CallableFunction> byName() {
        return Map.of(
                "updateUserModelConfig", this::update,
                "getUserModelConfig", this::current,
                "deleteUserModelConfig", this::delete,
                "listThreadModelConfigs", this::ofThreads,
                "listProviders", this::list,
                "listModels", this::models);
    }

    private Object update(Call call) {
        var arguments = call.arguments();
        var scope = scope(call);
        var provider = provider(arguments.text("provider"));
        var model = model(arguments.text("modelId"), provider);
        boolean useProjectKey = arguments.flag("useProjectKey");
        var given = useProjectKey ? null : arguments.verbatim("apiKey");
        boolean keep = !useProjectKey && (given == null || given.isBlank());
        var accountId = accountId(call, provider, keep);
        var key = key(useProjectKey, given);
        return switch (setup.apply(scope, new ModelChoice(provider, model, accountId, key))) {
            case SetupOutcome.Saved(var config, var warning) ->
                updated(call.user(), provider, config, ApiKeyFunctions.said(call, warning));
            case SetupOutcome.KeySaved _ -> throw new IllegalStateException("a choice was to be saved");
            case SetupOutcome.Refused(var failure, var _) -> throw failure;
        };
    }

    /** The thread that is named, else all threads without a config of their own. */
    private static Scope scope(Call call) {
        var id = call.arguments().verbatimLabel("threadId");
        return id == null
                ? Scope.allThreads(call.user())
                : Scope.only(new ThreadRef(call.user(), ChatFunctions.thread(id)));
    }

    private Provider provider(String name) {
        return ApiKeyFunctions.provider(providers, name);
    }

    private static ModelId model(String id, Provider provider) {
        if (ScannedText.isKeyForName(id)) {
            throw Arguments.keyIn("modelId");
        }
        if (!ModelId.isValid(id)) {
            throw Failure.invalidArgument("modelId must have %d to %d characters, for example \"%s\"."
                    .formatted(ModelId.MIN_LENGTH, ModelId.MAX_LENGTH, provider.defaultModel()));
        }
        return new ModelId(id);
    }

    /** With the stored key, its account is kept too. */
    private @Nullable String accountId(Call call, Provider provider, boolean keep) {
        var given = call.arguments().label("accountId");
        return keep && given == null ? storedKeys.accountId(call.user(), provider) : given;
    }

    private static KeyChoice key(boolean useProjectKey, @Nullable String given) {
        if (useProjectKey) {
            return new KeyChoice.Project();
        }
        return given == null || given.isBlank()
                ? new KeyChoice.Stored()
                : new KeyChoice.Given(ApiKeyFunctions.key(given));
    }

    private Updated updated(UserId user, Provider provider, ModelConfig config, @Nullable String warning) {
        var key = keyOf(user, config);
        return new Updated(
                true,
                provider.id().value(),
                config.modelId().value(),
                provider.displayName(),
                config.keySource().word(),
                key == null ? null : key.hint(),
                warning);
    }

    private @Nullable StoredKey keyOf(UserId user, ModelConfig config) {
        return config.keySource() == KeySource.OWN ? configs.key(user, config.provider()) : null;
    }

    private @Nullable Object current(Call call) {
        var asked = scope(call);
        var inForce = asked.thread() == null
                ? configs.inForce(call.user())
                : configs.inForce(new ThreadRef(call.user(), asked.thread()));
        var config = inForce.config();
        if (config == null) {
            return null;
        }
        var key = keyOf(call.user(), config);
        return new Current(
                config.provider().value(),
                config.modelId().value(),
                providers.displayName(config.provider()),
                config.keySource().word(),
                key == null ? null : key.hint(),
                key == null ? null : key.accountId(),
                inForce.scope().word(),
                config.updatedAt().toString());
    }

    private Object delete(Call call) {
        var scope = scope(call);
        if (scope.isThread() || call.arguments().flag("keepKeys")) {
            configs.delete(scope);
        } else {
            configs.deleteAll(call.user());
        }
        return Map.of("success", true);
    }

    private Object ofThreads(Call call) {
        return Map.of(
                "threads",
                configs.ofThreads(call.user()).stream().map(this::ofThread).toList());
    }

    private OfThread ofThread(ModelConfigs.OfThread found) {
        var config = found.config();
        return new OfThread(
                found.thread().value(),
                found.title(),
                config.provider().value(),
                config.modelId().value(),
                providers.displayName(config.provider()),
                config.keySource().word(),
                config.updatedAt().toString());
    }

    private Object list(Call call) {
        return new Providers(
                providers.all().stream()
                        .map(provider -> offered(provider, call.language()))
                        .toList(),
                standard());
    }

    private @Nullable Default standard() {
        var standard = projectKeys.defaultModel();
        return standard == null
                ? null
                : new Default(
                        standard.provider().id().value(),
                        standard.model().value(),
                        standard.provider().displayName());
    }

    private Object models(Call call) {
        var arguments = call.arguments();
        var provider = provider(arguments.text("provider"));
        var given = arguments.label("accountId");
        var accountId = provider.accountId() == null
                ? null
                : given == null ? storedKeys.accountId(call.user(), provider) : given;
        if (provider.accountId() != null
                && (accountId == null || !provider.accountId().accepts(accountId))) {
            throw Failure.invalidArgument("accountId is required: your %s %s."
                    .formatted(provider.displayName(), provider.accountId().label()));
        }
        var listing = listedModels.list(call.user(), provider, accountId, optionalKey(arguments.verbatim("apiKey")));
        return new ModelList(
                listing.models().stream().map(ModelConfigFunctions::listed).toList(),
                listing.source().name().toLowerCase(Locale.ROOT));
    }

    private static @Nullable ApiKey optionalKey(@Nullable String text) {
        return text == null || text.isBlank() ? null : ApiKeyFunctions.key(text);
    }

    private static Listed listed(ListedModel model) {
        return new Listed(model.id(), model.displayName(), model.contextWindow());
    }

    private Offered offered(Provider provider, @Nullable Language language) {
        var sentences = Sentences.of(language);
        var rule = provider.accountId();
        return new Offered(
                provider.id().value(),
                provider.displayName(),
                provider.defaultModel().value(),
                projectKeys.covers(provider),
                rule == null
                        ? null
                        : new AccountId(
                                sentences.translated(rule.label()),
                                rule.pattern().pattern(),
                                sentences.translated(rule.help())),
                provider.keys().name(),
                provider.keys().helpUrl(),
                provider.keys().prefixHint());
    }
}
