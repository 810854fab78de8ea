/** The wire format {@code openai}: chat completions (openai-openapi, 2026-08), as implemented by many vendors. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.llm.wire.openai;
