package io.keyswitch.provider;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the provider registry.
 *
 * @param id its name in the registry
 * @param displayName what users read
 * @param wire the wire format it speaks
 * @param baseUrl where its API is, without a trailing slash; may hold {@code {accountId}}
 * @param auth the header that carries the key
 * @param headers further fixed headers, such as an API version
 * @param defaultModel the model of users who name none, offered as the example
 * @param aliases other names users give it
 * @param modelNames model ids that stand for another id at the provider
 * @param projectKey the environment variable with the operator's key; null where only own keys are taken
 * @param accountId what to expect of an account id; null where there is none
 * @param check the call that proves a key
 * @param models the call that lists models; null where there is none
 * @param quirks departures from the wire format
 * @param keyName whose keys it takes, for people: its own name, where it has keys of its own
 * @param keyHelpUrl where a user gets a key
 * @param keyPrefixHint how keys usually begin; a hint for people, never a test
 */
public record Provider(
        ProviderId id,
        String displayName,
        WireName wire,
        String baseUrl,
        AuthScheme auth,
        Map<String, String> headers,
        ModelId defaultModel,
        List<String> aliases,
        Map<String, String> modelNames,
        @Nullable String projectKey,
        @Nullable AccountIdRule accountId,
        CheckCall check,
        @Nullable ModelsEndpoint models,
        Quirks quirks,
        String keyName,
        @Nullable String keyHelpUrl,
        @Nullable String keyPrefixHint) {

    /** Stands in a base URL for the user's account id. */
    public static final String ACCOUNT_ID_SLOT = "{accountId}";

    public Provider {
        headers = Map.copyOf(headers);
        aliases = List.copyOf(aliases);
        modelNames = Map.copyOf(modelNames);
        if (baseUrl.endsWith("/")) {
            throw new IllegalArgumentException("baseUrl ends with a slash");
        }
        if (baseUrl.contains(ACCOUNT_ID_SLOT) != (accountId != null)) {
            throw new IllegalArgumentException("accountId and {accountId} in baseUrl go together");
        }
    }

    /**
     * Where this user's requests go.
     *
     * @param account ignored by providers without an account id
     * @throws IllegalArgumentException if an account id is needed and this is none that the provider accepts
     */
    public Endpoint endpoint(@Nullable String account) {
        if (accountId == null) {
            return new Endpoint(baseUrl);
        }
        if (account == null || !accountId.accepts(account)) {
            throw new IllegalArgumentException("not an account id of " + id);
        }
        return new Endpoint(baseUrl.replace(ACCOUNT_ID_SLOT, account));
    }

    /** The models that are known without asking the provider. */
    public List<ModelId> knownModels() {
        return modelNames.isEmpty()
                ? List.of(defaultModel)
                : modelNames.keySet().stream().sorted().map(ModelId::new).toList();
    }

    /** The id the provider knows a model by. */
    public ModelId wireModel(ModelId model) {
        var name = modelNames.get(model.value());
        return name == null ? model : new ModelId(name);
    }
}
