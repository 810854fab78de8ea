/**
 * Keys: the type that carries them, the vault that encrypts them, the shapes they are recognised by. The only user of
 * {@code javax.crypto}. An {@link io.keyswitch.secret.ApiKey} is revealed here, to be encrypted, and in
 * {@code llm.transport}, where the outgoing header is written; nowhere else, which an architecture test holds.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.secret;
