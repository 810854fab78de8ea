package io.keyswitch.core;

/** A thread of a user; a {@link ThreadId} alone is not unique. */
public record ThreadRef(UserId user, ThreadId thread) {}
