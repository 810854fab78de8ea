package io.keyswitch.llm.transport;

import io.keyswitch.core.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Removes the secrets that were sent to a worker from its JSON response, at any depth. */
final class WorkerSecrets {
    /** Unlike the placeholder of an API key, it shows no characters of the token, which is the operator's secret. */
    private static final String TOKEN = "[internal token]";

    private final WorkerClient.Invocation sent;

    private WorkerSecrets(WorkerClient.Invocation sent) {
        this.sent = sent;
    }

    static JsonNode removedFrom(JsonNode answer, WorkerClient.Invocation sent) {
        return new WorkerSecrets(sent).clean(answer);
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
        var withoutToken = sent.internalToken().replacedIn(text, TOKEN);
        return sent.ownKey() == null ? withoutToken : sent.ownKey().removedFrom(withoutToken);
    }
}
