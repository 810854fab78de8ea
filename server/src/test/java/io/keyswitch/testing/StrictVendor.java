package io.keyswitch.testing;

import io.keyswitch.core.Json;
import io.keyswitch.provider.Provider;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The chat API of a provider that refuses what its vendor refuses, and whose answers hold whatever vendors add to them. To a
 * question it answers with reasoning, a text and two tool calls, to tool results with reasoning and a text. Thread-safe.
 */
public abstract sealed class StrictVendor permits StrictOpenAi, StrictAnthropic, StrictGemini {
    /** What every answer to tool results says. */
    public static final String FORECAST = "Sunny, at noon.";

    static final String PREFACE = "Let me look.";
    static final String THOUGHT = "Which city is it?";

    /** Thrown for a request that the vendor refuses. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String why) {
            super(why);
        }
    }

    /** The vendor of a provider; one that is not known refuses everything that is not in OpenAI's documentation. */
    public static StrictVendor of(Provider provider) {
        return switch (provider.wire()) {
            case OPENAI -> new StrictOpenAi(provider.id().value());
            case ANTHROPIC -> new StrictAnthropic();
            case GEMINI -> new StrictGemini();
        };
    }

    /** Whether its models read images. */
    public boolean readsImages() {
        return true;
    }

    /** The response to a request: an error object if it is refused. */
    public final ObjectNode answer(ObjectNode request) {
        try {
            check(request);
            return endsWithResult(request) ? forecast() : calls();
        } catch (Refused refused) {
            return Json.object()
                    .set(
                            "error",
                            Json.object().put("type", "invalid_request_error").put("message", refused.getMessage()));
        }
    }

    abstract void check(ObjectNode request);

    abstract boolean endsWithResult(ObjectNode request);

    abstract ObjectNode calls();

    abstract ObjectNode forecast();

    static void refuseIf(boolean bad, String why) {
        if (bad) {
            throw new Refused(why);
        }
    }

    static void refuseOthers(JsonNode object, Set<String> known, String where) {
        for (var field : object.propertyNames()) {
            refuseIf(!known.contains(field), where + ": property '" + field + "' is unsupported");
        }
    }

    static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }

    static List<JsonNode> list(JsonNode array) {
        return array.valueStream().toList();
    }

    static JsonNode last(JsonNode array) {
        return array.path(array.size() - 1);
    }

    static ArrayNode array(ObjectNode... objects) {
        return Json.array().addAll(List.of(objects));
    }
}
