/** Shared test fixtures: a running server, a scripted provider, tokens and clients, with real sockets and a real database. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.testing;
