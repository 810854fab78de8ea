package io.keyswitch.llm.transport;

import io.keyswitch.provider.AuthScheme;
import io.keyswitch.secret.ApiKey;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One HTTP request to a provider.
 *
 * @param url without a key, always
 * @param headers fixed ones of the registry entry
 * @param body null for GET
 */
record ProviderRequest(
        HttpMethod method,
        String url,
        Map<String, String> headers,
        AuthScheme auth,
        ApiKey key,
        @Nullable JsonNode body) {}
