/**
 * The canonical model of a completion: request, events, usage and failures. Depends on {@code provider} and
 * {@code secret} only, not on users, conversations or HTTP. Codecs in {@code llm.wire} convert it to and from each wire
 * format; {@code llm.transport} sends and receives the bytes.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.llm;
