package io.keyswitch.llm.wire;

import tools.jackson.databind.node.ObjectNode;

/**
 * An encoded request.
 *
 * @param path below the provider's base URL
 * @param body the JSON body
 */
public record WireRequest(String path, ObjectNode body) {}
