/**
 * Server-sent events, bytes to events and back (WHATWG HTML, section 9.2.6). A leaf, pure, nothing provider-specific.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.llm.sse;
