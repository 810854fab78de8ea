package io.keyswitch.llm.wire;

import tools.jackson.databind.node.ObjectNode;

/**
 * A request in a wire format.
 *
 * @param path below the provider's base URL
 * @param body what to send
 * @param streaming whether the answer is to come as an event stream
 */
public record WireRequest(String path, ObjectNode body, boolean streaming) {}
