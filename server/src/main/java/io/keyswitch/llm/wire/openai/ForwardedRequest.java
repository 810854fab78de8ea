package io.keyswitch.llm.wire.openai;

import io.keyswitch.llm.wire.Refusals;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirk;
import io.keyswitch.provider.Quirks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Adapts a client's chat completion request for a provider of the same wire format: unchanged except for quirks. */
public final class ForwardedRequest {
    private static final String MESSAGES = "messages";
    private static final String OF_MESSAGES = MESSAGES + ".";

    private ForwardedRequest() {}

    /**
     * Sets the model and applies the quirks, in place.
     *
     * @param model the provider's ID of the model
     */
    public static ObjectNode adapt(ObjectNode request, ModelId model, Quirks quirks) {
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

    /** Removes or renames the fields of an adapted request that its model rejects, in place. */
    public static ObjectNode without(Refusals refused, ObjectNode request, Quirks quirks) {
        var usual = quirks.maxTokensField();
        rename(request, usual, refused.maxTokensField(usual));
        quirks.dropIfRefused().stream().filter(refused::has).forEach(request::remove);
        if (refused.has(Refusals.MEDIA)) {
            TextOnly.apply(request.path(MESSAGES));
        }
        if (refused.has(Refusals.SAME_ROLE)) {
            request.set(MESSAGES, StrictTurns.of(request.path(MESSAGES)));
        }
        if (refused.has(Refusals.USER_AFTER_TOOL)) {
            AnsweredTools.apply(request.path(MESSAGES));
        }
        return request;
    }

    /** Whether a field of an adapted request can be left out or renamed if its model rejects it. */
    public static boolean isOptional(String field, ObjectNode request, Quirks quirks) {
        return switch (field) {
            case Refusals.MAX_TOKENS, Refusals.MAX_COMPLETION_TOKENS, Refusals.SAME_ROLE, Refusals.USER_AFTER_TOOL ->
                true;
            case Refusals.MEDIA -> TextOnly.applies(request.path(MESSAGES));
            default -> quirks.dropIfRefused().contains(field);
        };
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

    private static void shortenId(JsonNode object, String field) {
        if (object.path(field).isString() && object instanceof ObjectNode call) {
            call.put(field, ReturnedMessage.shortId(call.path(field).stringValue()));
        }
    }
}
