package io.keyswitch.llm.transport;

import io.keyswitch.json.Json;
import io.keyswitch.secret.ApiKey;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Takes the keys that were sent to a worker out of what it answers, however deep they stand. */
final class EchoedKeys {
    private final List<ApiKey> keys;

    private EchoedKeys(List<ApiKey> keys) {
        this.keys = List.copyOf(keys);
    }

    static JsonNode removedFrom(JsonNode answer, WorkerClient.Invocation sent) {
        var keys = Stream.of(sent.internalToken(), sent.ownKey())
                .filter(Objects::nonNull)
                .toList();
        return new EchoedKeys(keys).clean(answer);
    }

    private JsonNode clean(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> cleanObject(object);
            case ArrayNode array -> {
                var cleaned = Json.array();
                array.forEach(element -> cleaned.add(clean(element)));
                yield cleaned;
            }
            case StringNode text -> StringNode.valueOf(clean(text.stringValue()));
            default -> node;
        };
    }

    private ObjectNode cleanObject(ObjectNode object) {
        var cleaned = Json.object();
        object.properties().forEach(field -> cleaned.set(clean(field.getKey()), clean(field.getValue())));
        return cleaned;
    }

    private String clean(String text) {
        var cleaned = text;
        for (var key : keys) {
            cleaned = key.removedFrom(cleaned);
        }
        return cleaned;
    }
}
