/**
 * Providers as data: what the provider registry ({@code providers.yaml} and the operator's settings) says of each. A
 * leaf: imports nothing of Keyswitch. No provider's id appears as a literal in Java; what makes one different is a field
 * of its entry.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.provider;
