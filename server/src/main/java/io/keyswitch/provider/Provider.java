package io.keyswitch.provider;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One entry of the provider registry. */
public record Provider(ProviderId id, Names names, Api api, Keys keys, Models models, Quirks quirks) {
    /**
     * Its names.
     *
     * @param displayName shown to users
     * @param aliases other names that users type
     */
    public record Names(String displayName, List<String> aliases) {
        public Names {
            aliases = List.copyOf(aliases);
        }
    }

    /**
     * Its API.
     *
     * @param wire the wire format
     * @param baseUrl without a trailing slash; may contain {@code {accountId}}
     * @param auth the header that carries the key
     * @param headers additional fixed headers, such as an API version
     * @param accountId the rule for account IDs; null if it has none
     */
    public record Api(
            WireName wire,
            String baseUrl,
            AuthScheme auth,
            Map<String, String> headers,
            @Nullable AccountIdRule accountId) {
        public Api {
            headers = Map.copyOf(headers);
            if (baseUrl.endsWith("/")) {
                throw new IllegalArgumentException("baseUrl ends with a slash");
            }
            if (baseUrl.contains(ACCOUNT_ID_SLOT) != (accountId != null)) {
                throw new IllegalArgumentException("accountId and {accountId} in baseUrl go together");
            }
        }
    }

    /**
     * Its keys.
     *
     * @param name the issuer of its keys, shown to users; the display name if it issues its own
     * @param projectKey the environment variable with the operator's key; null if it accepts only users' own keys
     * @param check the call that proves a key valid
     * @param helpUrl where users get a key; null if there is no such page
     * @param prefixHint how keys usually start; shown to users, never validated
     * @param prefixes how keys start, to recognise one that was pasted without a word; never validated
     */
    public record Keys(
            String name,
            @Nullable String projectKey,
            CheckCall check,
            @Nullable String helpUrl,
            @Nullable String prefixHint,
            List<String> prefixes) {
        public Keys {
            prefixes = List.copyOf(prefixes);
        }
    }

    /**
     * Its models.
     *
     * @param standard the default model, also shown as the example
     * @param examples further models that users may mean when they name one in words
     * @param names model IDs that users see, mapped to the provider's IDs
     * @param endpoint the call that lists them; null if there is none
     */
    public record Models(
            ModelId standard,
            List<ModelId> examples,
            Map<String, String> names,
            @Nullable ModelsEndpoint endpoint) {
        public Models {
            examples = List.copyOf(examples);
            names = Map.copyOf(names);
        }
    }

    /** The placeholder of the account ID in a base URL. */
    public static final String ACCOUNT_ID_SLOT = "{accountId}";

    public String displayName() {
        return names.displayName();
    }

    public List<String> aliases() {
        return names.aliases();
    }

    public WireName wire() {
        return api.wire();
    }

    public String baseUrl() {
        return api.baseUrl();
    }

    public @Nullable AccountIdRule accountId() {
        return api.accountId();
    }

    public ModelId defaultModel() {
        return models.standard();
    }

    /**
     * The endpoint of an account.
     *
     * @param account ignored by providers without account IDs
     * @throws IllegalArgumentException if an account ID is required and this one is missing or invalid
     */
    public Endpoint endpoint(@Nullable String account) {
        var rule = api.accountId();
        if (rule == null) {
            return new Endpoint(api.baseUrl());
        }
        if (account == null || !rule.accepts(account)) {
            throw new IllegalArgumentException("not an account id of " + id);
        }
        return new Endpoint(api.baseUrl().replace(ACCOUNT_ID_SLOT, account));
    }

    /** The models in the registry entry: the mapped names, or else the default model. */
    public List<ModelId> knownModels() {
        return models.names().isEmpty()
                ? List.of(models.standard())
                : models.names().keySet().stream().sorted().map(ModelId::new).toList();
    }

    /** The models that the registry knows for what users name: those of {@link #knownModels}, then the examples. */
    public List<ModelId> nameableModels() {
        return Stream.concat(knownModels().stream(), models.examples().stream()).toList();
    }

    /** The provider's ID of a model. */
    public ModelId wireModel(ModelId model) {
        var name = models.names().get(model.value());
        return name == null ? model : new ModelId(name);
    }
}
