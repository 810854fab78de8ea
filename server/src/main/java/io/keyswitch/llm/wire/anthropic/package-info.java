/** The wire format {@code anthropic}: the Messages API under its versions 2023-06-01 and 2026-10-21. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.llm.wire.anthropic;
