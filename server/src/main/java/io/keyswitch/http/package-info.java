/**
 * The HTTP server: listening, origins, health, and the surfaces below it. The only package that knows what a
 * {@code Failure} looks like on the wire. Handlers run on event loops; what blocks runs on virtual threads.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.http;
