/**
 * HTTP/1.1 and HTTP/2 connections to providers, and which response belongs to which request. Vert.x resolves, connects and
 * negotiates TLS; Netty parses; this package decides when a connection may carry another request. It knows no provider and
 * sees no key: only {@code llm.transport} may use it.
 */
@NullMarked
package io.keyswitch.llm.connection;

import org.jspecify.annotations.NullMarked;
