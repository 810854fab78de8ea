/** The wire format {@code gemini}: generateContent of Google's v1beta (discovery document of 2026-08). */
@org.jspecify.annotations.NullMarked
package io.keyswitch.llm.wire.gemini;
