/**
 * The wire formats: codecs between the canonical model and the providers' APIs. Pure: no I/O, no clock, no keys, no
 * provider names. Differences between providers of one format come from their registry entries.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.llm.wire;
