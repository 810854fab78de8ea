package io.keyswitch.llm.sse;

/**
 * One server-sent event.
 *
 * @param name the {@code event:} field; empty if there was none
 * @param data the {@code data:} fields, joined by line feeds
 */
public record SseEvent(String name, String data) {}
