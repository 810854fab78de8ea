/**
 * Sockets to providers: one HTTP client, deadlines, cancellation, and the one place where a key becomes a header. Calls run
 * on event loops; features wait for them on virtual threads through {@link io.keyswitch.llm.transport.Completion}.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.llm.transport;
