/**
 * How a feature says "no" to its caller: a code of the RPC vocabulary, our own sentence and structured details. A leaf:
 * features throw {@link io.keyswitch.failure.Failure}, {@code http} alone decides how it looks on the wire. A sentence
 * never holds a key or a provider's own text.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.failure;
