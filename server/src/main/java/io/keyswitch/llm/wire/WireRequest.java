package io.keyswitch.llm.wire;

import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * An encoded request.
 *
 * @param path below the provider's base URL
 * @param body the JSON body
 * @param lost what was asked for and the provider is not asked for, by OpenAI's names, such as {@code tools.minimum}
 */
public record WireRequest(String path, ObjectNode body, Set<String> lost) {
    public WireRequest {
        lost = Set.copyOf(lost);
    }

    /** A request that asks for everything. */
    public WireRequest(String path, ObjectNode body) {
        this(path, body, Set.of());
    }
}
