/**
 * API keys: their type, their encryption and the formats that they are detected by. The only user of
 * {@code javax.crypto}. The plaintext of an {@link io.keyswitch.secret.ApiKey} is read only here and in
 * {@code llm.transport}, which an architecture test enforces.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.secret;
