/**
 * A stand-in for all providers on loopback, speaking each one's real wire format: for the demo, tests and benchmarks.
 * Written from the providers' documentation and recordings only. It imports nothing of Keyswitch outside this package,
 * so that a mistake in the product cannot cancel itself out; only the composition root, the commands and tests may
 * import it.
 * Wires are pure ({@code Call} in, {@code Reply} out); only {@code Delivery} knows sockets and time.
 * It never repeats more of a key than its last four characters, and records nothing.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.simulator;
