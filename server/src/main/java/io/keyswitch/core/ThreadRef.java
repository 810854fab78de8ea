package io.keyswitch.core;

/** A thread of a user: thread ids are the client's, so the same id of two users is two threads. */
public record ThreadRef(UserId user, ThreadId thread) {}
