/**
 * The OpenAI-compatible API, with each user's own model and key: {@code /v1/chat/completions} and {@code /v1/models}.
 * Completions stay on event loops; bytes pass through unchanged if the provider has the same wire format.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.http.openai;
