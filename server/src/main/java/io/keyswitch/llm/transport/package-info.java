/**
 * HTTP calls to providers and workers: one HTTP client, deadlines, retries and cancellation. The only package that
 * writes keys into requests. Calls run on event loops; features wait for them on virtual threads through
 * {@link io.keyswitch.llm.transport.Completion}.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.llm.transport;
