package io.keyswitch.llm.transport;

import io.keyswitch.llm.ChatEvent;
import io.keyswitch.secret.ApiKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Removes a key from a response, because some providers echo it and responses are stored and shown. Not thread-safe;
 * one per response.
 */
final class ScrubbedEvents {
    private final String key;
    private final ScrubbedText text;
    private final ScrubbedText reasoning;
    private ScrubbedText arguments;
    private int call;

    ScrubbedEvents(ApiKey key) {
        this.key = key.reveal();
        this.text = new ScrubbedText(this.key);
        this.reasoning = new ScrubbedText(this.key);
        this.arguments = new ScrubbedText(this.key);
    }

    /** The events without the key. Text that may be the start of the key is held back until a later call. */
    List<ChatEvent> scrub(List<ChatEvent> events) {
        var scrubbed = new ArrayList<ChatEvent>(events.size());
        for (var event : events) {
            switch (event) {
                case ChatEvent.Text(var piece) -> add(text.add(piece), ChatEvent.Text::new, scrubbed);
                case ChatEvent.Reasoning(var piece) -> add(reasoning.add(piece), ChatEvent.Reasoning::new, scrubbed);
                case ChatEvent.ToolCall(int index, var id, var name, var signature) -> {
                    endArguments(scrubbed);
                    call = index;
                    scrubbed.add(new ChatEvent.ToolCall(
                            index,
                            id.replace(key, ""),
                            name.replace(key, ""),
                            signature == null ? null : signature.replace(key, "")));
                }
                case ChatEvent.ToolArguments(int index, var piece) ->
                    add(arguments.add(piece), json -> new ChatEvent.ToolArguments(index, json), scrubbed);
                case ChatEvent.Image image -> scrubbed.add(image);
                case ChatEvent.Used used -> scrubbed.add(used);
                case ChatEvent.Finished finished -> {
                    end(scrubbed);
                    scrubbed.add(finished);
                }
            }
        }
        return scrubbed;
    }

    /** The text that is still held back; called at the end of the response. */
    List<ChatEvent> rest() {
        var rest = new ArrayList<ChatEvent>();
        end(rest);
        return rest;
    }

    private void end(List<ChatEvent> scrubbed) {
        add(reasoning.rest(), ChatEvent.Reasoning::new, scrubbed);
        add(text.rest(), ChatEvent.Text::new, scrubbed);
        endArguments(scrubbed);
    }

    private void endArguments(List<ChatEvent> scrubbed) {
        add(arguments.rest(), json -> new ChatEvent.ToolArguments(call, json), scrubbed);
        arguments = new ScrubbedText(key);
    }

    private static void add(String piece, Function<String, ChatEvent> event, List<ChatEvent> scrubbed) {
        if (!piece.isEmpty()) {
            scrubbed.add(event.apply(piece));
        }
    }
}
