package io.keyswitch.llm.connection;

/**
 * The requests that may share an HTTP/1.1 connection: those with the same origin, key and owner. HTTP/1.1 matches
 * responses to requests by order alone, so a surplus response would be read by the connection's next request; lanes
 * ensure that it never belongs to another owner.
 *
 * @param owner identifies the user; only compared
 * @param keyFingerprint the SHA-256 of the key, in hexadecimal
 */
public record Lane(Origin origin, String owner, String keyFingerprint) {}
