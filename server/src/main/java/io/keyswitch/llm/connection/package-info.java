/**
 * HTTP/1.1 and HTTP/2 connections to providers, and the matching of responses to requests. Vert.x resolves, connects
 * and negotiates TLS; Netty parses; this package decides when a connection may be reused. It contains nothing
 * provider-specific and handles no {@code ApiKey}; only {@code llm.transport} may use it.
 */
@NullMarked
package io.keyswitch.llm.connection;

import org.jspecify.annotations.NullMarked;
