/**
 * The HTTP server: listening, CORS, health checks, and the APIs in its subpackages. The only package that maps a
 * {@code Failure} to the wire. Handlers run on event loops; blocking code runs on virtual threads.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.http;
