/**
 * The canonical model of a completion: request, events, usage, failures. A leaf besides {@code provider} and
 * {@code secret}: it knows nothing of users, threads or HTTP. Codecs in {@code llm.wire} turn it into each wire format and
 * back; {@code llm.transport} moves the bytes.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.llm;
