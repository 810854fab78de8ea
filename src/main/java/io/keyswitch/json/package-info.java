/**
 * The JSON mappers, set up once: strict towards clients, lenient towards providers. A leaf that imports nothing of
 * Keyswitch. Limits follow RFC 8259 section 9: an implementation may bound size, depth and string length.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.json;
