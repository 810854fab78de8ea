package io.keyswitch.provider;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One entry of the provider registry. */
public record Provider(ProviderId id, Names names, Api api, Keys keys, Models models, Quirks quirks) {
    /**
     * What people call it.
     *
     * @param displayName what users read
     * @param aliases other names users give it
     */
    public record Names(String displayName, List<String> aliases) {
        public Names {
            aliases = List.copyOf(aliases);
        }
    }

    /**
     * Where and how it is called.
     *
     * @param wire the wire format it speaks
     * @param baseUrl where its API is, without a trailing slash; may hold {@code {accountId}}
     * @param auth the header that carries the key
     * @param headers further fixed headers, such as an API version
     * @param accountId what to expect of an account id; null where there is none
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
     * @param name whose keys it takes, for people: its own name, where it has keys of its own
     * @param projectKey the environment variable with the operator's key; null where only own keys are taken
     * @param check the call that proves a key
     * @param helpUrl where a user gets a key
     * @param prefixHint how keys usually begin; a hint for people, never a test
     */
    public record Keys(
            String name,
            @Nullable String projectKey,
            CheckCall check,
            @Nullable String helpUrl,
            @Nullable String prefixHint) {}

    /**
     * Its models.
     *
     * @param standard the model of users who name none, offered as the example
     * @param names model ids that stand for another id at the provider
     * @param endpoint the call that lists them; null where there is none
     */
    public record Models(
            ModelId standard,
            Map<String, String> names,
            @Nullable ModelsEndpoint endpoint) {
        public Models {
            names = Map.copyOf(names);
        }
    }

    /** Stands in a base URL for the user's account id. */
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
     * Where this user's requests go.
     *
     * @param account ignored by providers without an account id
     * @throws IllegalArgumentException if an account id is needed and the provider does not accept this one
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

    /** The models that are known without asking the provider. */
    public List<ModelId> knownModels() {
        return models.names().isEmpty()
                ? List.of(models.standard())
                : models.names().keySet().stream().sorted().map(ModelId::new).toList();
    }

    /** The id the provider knows a model by. */
    public ModelId wireModel(ModelId model) {
        var name = models.names().get(model.value());
        return name == null ? model : new ModelId(name);
    }
}
