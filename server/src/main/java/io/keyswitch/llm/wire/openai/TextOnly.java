package io.keyswitch.llm.wire.openai;

import io.keyswitch.llm.wire.Node;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Content for models that read only text, as strings. An image of an earlier turn was seen by the model of that turn; for
 * this one its place is marked. Media of the current turn stay, because the model could not answer without them.
 */
final class TextOnly {
    private static final String CONTENT = "content";

    private TextOnly() {}

    /** Whether {@link #apply} would change any of the messages. */
    static boolean applies(JsonNode messages) {
        int current = currentTurn(messages);
        for (int i = 0; i < messages.size(); i++) {
            if (messages.path(i).path(CONTENT) instanceof ArrayNode parts && (i < current || isText(parts))) {
                return true;
            }
        }
        return false;
    }

    /** Adapts the messages, in place. */
    static void apply(JsonNode messages) {
        int current = currentTurn(messages);
        for (int i = 0; i < messages.size(); i++) {
            if (messages.path(i) instanceof ObjectNode message
                    && message.path(CONTENT) instanceof ArrayNode parts
                    && (i < current || isText(parts))) {
                message.put(CONTENT, text(parts));
            }
        }
    }

    /** Writes content that is only text as a string, in place. */
    static void flatten(ObjectNode message) {
        if (message.path(CONTENT) instanceof ArrayNode parts && isText(parts)) {
            message.put(CONTENT, text(parts));
        }
    }

    /** The index of the first message that no model has answered. */
    private static int currentTurn(JsonNode messages) {
        int turn = messages.size();
        while (turn > 0 && !Node.textOrEmpty(messages.path(turn - 1), "role").equals("assistant")) {
            turn--;
        }
        return turn;
    }

    private static boolean isText(ArrayNode parts) {
        return parts.valueStream().allMatch(part -> type(part).equals("text"));
    }

    /** The text of all parts; media as the kind of what stood there, such as {@code [image]}. */
    static String text(ArrayNode parts) {
        return StreamSupport.stream(parts.spliterator(), false)
                .map(part -> switch (type(part)) {
                    case "text" -> Node.textOrEmpty(part, "text");
                    case "image_url" -> "[image]";
                    case "input_audio" -> "[audio]";
                    case "video_url" -> "[video]";
                    case "file" -> "[file]";
                    default -> "";
                })
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static String type(JsonNode part) {
        return Node.textOrEmpty(part, "type");
    }
}
