/** The wire format {@code openai}: chat completions (openai-openapi, 2026-08), as its many vendors speak it. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.llm.wire.openai;
