package io.keyswitch.llm.wire;

import tools.jackson.databind.node.ObjectNode;

/**
 * A request in a wire format.
 *
 * @param path below the provider's base URL
 * @param body what to send
 */
public record WireRequest(String path, ObjectNode body) {}
