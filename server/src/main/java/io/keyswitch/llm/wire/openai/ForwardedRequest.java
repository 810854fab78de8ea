package io.keyswitch.llm.wire.openai;

import io.keyswitch.llm.wire.Refusals;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirk;
import io.keyswitch.provider.Quirks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Adapts a client's chat completion request for a provider of the same wire format: unchanged except for quirks. */
public final class ForwardedRequest {
    private static final String OF_MESSAGES = "messages.";

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
        for (var message : request.path("messages")) {
            if (message instanceof ObjectNode object) {
                adaptMessage(object, quirks);
            }
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
        return request;
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
        var content = message.path("content");
        if (quirks.has(Quirk.PLAIN_CONTENT)
                && content.isArray()
                && content.valueStream().allMatch(ForwardedRequest::isText)) {
            var text = new StringBuilder();
            content.forEach(part -> text.append(part.path("text").asString("")));
            message.put("content", text.toString());
        }
    }

    private static void shortenId(JsonNode object, String field) {
        if (object.path(field).isString() && object instanceof ObjectNode call) {
            call.put(field, ReturnedMessage.shortId(call.path(field).stringValue()));
        }
    }

    private static boolean isText(JsonNode part) {
        return "text".equals(part.path("type").asString(""));
    }
}
