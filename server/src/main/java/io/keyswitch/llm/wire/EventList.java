package io.keyswitch.llm.wire;

import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.FinishReason;
import io.keyswitch.llm.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the events of one chunk of a response; skips empty text and zero usage. Not thread-safe. */
public final class EventList {
    private final List<ChatEvent> events = new ArrayList<>();

    public void text(String text) {
        if (!text.isEmpty()) {
            events.add(new ChatEvent.Text(text));
        }
    }

    public void reasoning(String text) {
        if (!text.isEmpty()) {
            events.add(new ChatEvent.Reasoning(text));
        }
    }

    public void image(String mediaType, String base64) {
        events.add(new ChatEvent.Image(mediaType, base64));
    }

    public void used(Usage usage) {
        if (!usage.isZero()) {
            events.add(new ChatEvent.Used(usage));
        }
    }

    /** Adds the start of a tool call. */
    public void toolCall(int index, String id, String name, @Nullable String signature) {
        events.add(new ChatEvent.ToolCall(index, id, name, signature));
    }

    /** Adds a fragment of a tool call's JSON arguments. */
    public void toolArguments(int index, String json) {
        if (!json.isEmpty()) {
            events.add(new ChatEvent.ToolArguments(index, json));
        }
    }

    public void finished(FinishReason reason) {
        events.add(new ChatEvent.Finished(reason));
    }

    public List<ChatEvent> toList() {
        return List.copyOf(events);
    }
}
