/** Parses server-sent events (WHATWG HTML, section 9.2.6). A leaf: pure, nothing provider-specific. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.llm.sse;
