/** Tokens users make for clients that cannot sign in: an OpenAI client asks {@code /v1} with one of them. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.personaltoken;
