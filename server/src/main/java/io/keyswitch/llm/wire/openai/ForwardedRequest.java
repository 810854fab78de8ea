package io.keyswitch.llm.wire.openai;

import io.keyswitch.llm.wire.Refusals;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirk;
import io.keyswitch.provider.Quirks;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Adapts a client's chat completion request for a provider of the same wire format: unchanged except for quirks. */
public final class ForwardedRequest {
    private static final String MESSAGES = "messages";
    private static final String OF_MESSAGES = MESSAGES + ".";

    /** Fields that do not change what an answer is about, and that many providers reject. */
    private static final Set<String> NEUTRAL = Set.of(
            "metadata",
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention",
            "safety_identifier",
            "store",
            "stream_options",
            "user",
            "verbosity");

    private ForwardedRequest() {}

    /**
     * Sets the model and applies the quirks, in place.
     *
     * @param model the provider's ID of the model
     */
    public static ObjectNode adapt(ObjectNode request, ModelId model, Quirks quirks) {
        if (changesPlainMessages(quirks)) {
            PlainMessages.expand(request);
        }
        request.put("model", model.value());
        adaptMaxTokens(request, quirks);
        quirks.drop().forEach(request::remove);
        quirks.rename().forEach((name, theirs) -> rename(request, name, theirs));
        if (quirks.has(Quirk.NO_STREAMING)) {
            request.remove("stream");
        }
        if (quirks.has(Quirk.NO_STREAM_USAGE) || quirks.has(Quirk.NO_STREAMING)) {
            request.remove("stream_options");
        }
        for (var message : request.path(MESSAGES)) {
            if (message instanceof ObjectNode object) {
                adaptMessage(object, quirks);
            }
        }
        removeSilent(request.path(MESSAGES));
        if (quirks.has(Quirk.STRICT_TURNS)) {
            request.set(MESSAGES, StrictTurns.of(request.path(MESSAGES)));
        }
        if (quirks.has(Quirk.ASSISTANT_AFTER_TOOLS)) {
            AnsweredTools.apply(request.path(MESSAGES));
        }
        if (quirks.has(Quirk.TOOL_PARAMETERS)) {
            request.path("tools").forEach(tool -> giveParameters(tool.path("function")));
        }
        return request;
    }

    /** Whether a quirk concerns messages that have only a role and a string. */
    private static boolean changesPlainMessages(Quirks quirks) {
        return quirks.has(Quirk.STRICT_TURNS)
                || quirks.rename().containsKey(MESSAGES)
                || quirks.drop().contains(OF_MESSAGES + "role")
                || quirks.drop().contains(OF_MESSAGES + "content");
    }

    private static void expandFor(Refusals refused, ObjectNode request) {
        if (refused.fields().stream().anyMatch(field -> Fallback.of(field) != null)) {
            PlainMessages.expand(request);
        }
    }

    /** Removes or renames the fields of an adapted request that its model rejects, in place. */
    public static ObjectNode without(Refusals refused, ObjectNode request, Quirks quirks) {
        expandFor(refused, request);
        var usual = quirks.maxTokensField();
        rename(request, usual, refused.maxTokensField(usual));
        refused.fields().stream().filter(field -> isLeftOut(field, quirks)).forEach(request::remove);
        Fallback.ALL.stream()
                .filter(fallback -> refused.has(fallback.field()))
                .forEach(fallback -> fallback.apply().accept(request));
        return request;
    }

    /** Whether a field of an adapted request can be left out or renamed if its model rejects it. */
    public static boolean isOptional(String field, ObjectNode request, Quirks quirks) {
        if (field.equals(Refusals.MAX_TOKENS) || field.equals(Refusals.MAX_COMPLETION_TOKENS)) {
            return true;
        }
        PlainMessages.expand(request);
        var fallback = Fallback.of(field);
        return fallback == null ? isLeftOut(field, quirks) : fallback.applies().test(request);
    }

    /** The fields of an adapted request that {@link #without} leaves out because its model rejects them. */
    public static Set<String> leftOut(Refusals refused, ObjectNode request, Quirks quirks) {
        expandFor(refused, request);
        var leftOut = new HashSet<String>();
        for (var field : refused.fields()) {
            var fallback = Fallback.of(field);
            if (fallback == null) {
                if (isLeftOut(field, quirks) && request.has(field)) {
                    leftOut.add(field);
                }
            } else if (fallback.applies().test(request)) {
                leftOut.addAll(fallback.leftOut().apply(request));
            }
        }
        return leftOut;
    }

    private static boolean isLeftOut(String field, Quirks quirks) {
        return NEUTRAL.contains(field) || quirks.dropIfRefused().contains(field);
    }

    private static void adaptMaxTokens(ObjectNode request, Quirks quirks) {
        var field = quirks.maxTokensField();
        rename(
                request,
                field.equals(Refusals.MAX_TOKENS) ? Refusals.MAX_COMPLETION_TOKENS : Refusals.MAX_TOKENS,
                field);
        if (!request.has(field) && quirks.maxTokens() != null) {
            request.put(field, quirks.maxTokens());
        }
    }

    private static void rename(ObjectNode request, String name, String theirs) {
        if (!name.equals(theirs) && request.has(name)) {
            var value = request.remove(name);
            if (!request.has(theirs)) {
                request.set(theirs, value);
            }
        }
    }

    private static void giveParameters(JsonNode function) {
        if (function instanceof ObjectNode object && !object.path("parameters").isObject()) {
            object.putObject("parameters").put("type", "object").putObject("properties");
        }
    }

    private static void adaptMessage(ObjectNode message, Quirks quirks) {
        if ("assistant".equals(message.path("role").asString(""))) {
            ReturnedMessage.adapt(message, quirks);
        }
        if (quirks.has(Quirk.SHORT_CALL_IDS)) {
            shortenId(message, "tool_call_id");
            message.path("tool_calls").forEach(call -> shortenId(call, "id"));
        }
        for (var field : quirks.drop()) {
            if (field.startsWith(OF_MESSAGES)) {
                message.remove(field.substring(OF_MESSAGES.length()));
            }
        }
        if (!quirks.has(Quirk.DEVELOPER_ROLE)
                && "developer".equals(message.path("role").asString(""))) {
            message.put("role", "system");
        }
        if (quirks.has(Quirk.PLAIN_CONTENT)) {
            TextOnly.flatten(message);
        }
    }

    /** Removes answers that say nothing, as stopped ones are kept by clients: many providers reject them. */
    private static void removeSilent(JsonNode messages) {
        if (messages instanceof ArrayNode list) {
            for (int i = list.size() - 1; i >= 0; i--) {
                if (ReturnedMessage.isSilent(list.get(i))) {
                    list.remove(i);
                }
            }
        }
    }

    private static void shortenId(JsonNode object, String field) {
        if (object.path(field).isString() && object instanceof ObjectNode call) {
            call.put(field, ReturnedMessage.shortId(call.path(field).stringValue()));
        }
    }
}
