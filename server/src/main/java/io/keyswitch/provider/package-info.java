/**
 * Providers as data: the provider registry ({@code providers.yaml} and the operator's settings). A leaf: imports
 * nothing of Keyswitch. No provider ID appears as a literal in Java; differences between providers are fields of their
 * entries.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.provider;
