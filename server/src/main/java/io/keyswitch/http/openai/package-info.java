/**
 * The OpenAI-compatible interface, per user: {@code /v1/chat/completions} and {@code /v1/models}. The way of a completion
 * stays on event loops; where the provider speaks the same wire format, bytes pass through.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.http.openai;
