/**
 * The wire formats: three symmetrical codecs between the canonical model and what providers speak. Pure: no IO, no clock,
 * no key, no provider's name. What differs between providers of one format comes from their registry entry.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.llm.wire;
