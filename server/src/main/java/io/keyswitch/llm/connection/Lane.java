package io.keyswitch.llm.connection;

/**
 * The requests that may follow one another on an HTTP/1.1 connection: to one origin, with one key, of one owner. HTTP/1.1 has
 * nothing but order to match a response to its request, so a provider that sends one response too many is heard by the
 * connection's next user; with lanes that is never somebody else.
 *
 * @param owner whose requests these are; opaque here
 * @param keyFingerprint the SHA-256 of the key
 */
public record Lane(Origin origin, String owner, String keyFingerprint) {}
