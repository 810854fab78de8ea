package io.keyswitch.llm.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A complete response to a request that is not a completion.
 *
 * @param status the HTTP status
 * @param retryAfter the {@code Retry-After} header; null if there was none
 * @param body the parsed body; a missing node if it was not JSON
 */
public record Reply(int status, @Nullable Duration retryAfter, JsonNode body) {}
