/**
 * Simulates all providers on loopback in their own wire formats, for the demo, tests and benchmarks.
 * Based only on the providers' documentation and recorded responses. It shares no code with the server, so that a bug
 * in the server's wire formats fails tests instead of being reproduced here; only {@code cli} and tests may import it.
 * Wires map a {@code Call} to a {@code Reply} and do no I/O; {@code Delivery} sends the reply and applies the delays.
 * Errors and generated answers show at most the last four characters of the API key. Requests are not stored.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.simulator;
