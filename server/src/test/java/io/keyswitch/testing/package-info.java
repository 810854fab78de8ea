/** What tests share: a running server, a scripted provider, tokens, clients. Real sockets, real database. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.testing;
