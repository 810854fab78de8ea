package io.keyswitch.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The messages of a request, including the system prompt, with the roles of the wire format. */
record Conversation(List<Turn> turns) {
    record Turn(String role, String text) {}

    /** Reads an array of messages, preceded by the system prompt unless it is empty. */
    static Conversation of(String system, JsonNode messages, String content) {
        var turns = new ArrayList<Turn>();
        if (!system.isEmpty()) {
            turns.add(new Turn("system", system));
        }
        for (var message : messages) {
            turns.add(new Turn(Json.text(message, "role"), textOf(message.path(content))));
        }
        return new Conversation(List.copyOf(turns));
    }

    /** The text of a string or of an array of text parts. */
    static String textOf(JsonNode content) {
        if (content.isString()) {
            return content.stringValue();
        }
        return StreamSupport.stream(content.spliterator(), false)
                .map(part -> Json.text(part, "text"))
                .collect(Collectors.joining());
    }

    /** The text of the last user message. */
    String lastUserText() {
        return turns.reversed().stream()
                .filter(turn -> turn.role().equals("user") || turn.role().isEmpty())
                .map(Turn::text)
                .findFirst()
                .orElse("");
    }

    /** All turns as a JSON array of roles and texts. */
    String history() {
        var all = turns.stream()
                .map(turn -> Json.object().put("role", turn.role()).put("text", turn.text()))
                .toList();
        return Json.array(all).toString();
    }

    int tokens() {
        return turns.stream()
                .mapToInt(turn -> Words.tokens(Words.of(turn.text())))
                .sum();
    }
}
