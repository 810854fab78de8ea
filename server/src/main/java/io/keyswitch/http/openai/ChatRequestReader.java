package io.keyswitch.http.openai;

import io.keyswitch.llm.ChatOptions;
import io.keyswitch.llm.ChatOptions.ResponseFormat;
import io.keyswitch.llm.ChatOptions.Tool;
import io.keyswitch.llm.ChatOptions.ToolChoice;
import io.keyswitch.llm.ChatRequest;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.provider.Quirks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Parses a chat completion request (openai-openapi, 2026-08) for a provider with another wire format. */
final class ChatRequestReader {
    /**
     * A parsed request.
     *
     * @param includeUsage whether a stream ends with a usage chunk
     */
    record Asked(ChatRequest request, boolean stream, boolean includeUsage) {}

    private ChatRequestReader() {}

    /**
     * Parses a request.
     *
     * @param signatureOf returns the signature to send back with a tool call; null for none
     * @throws InvalidRequestException if it is not in OpenAI's format
     * @throws LlmException if the provider's wire format cannot express it
     */
    static Asked read(ObjectNode json, Quirks quirks, Function<JsonNode, @Nullable String> signatureOf) {
        var fields = new Fields(json, quirks.drop());
        fields.take("model");
        boolean stream = Boolean.TRUE.equals(fields.flag("stream"));
        boolean includeUsage =
                fields.take("stream_options").path("include_usage").asBoolean(false);
        var conversation = Conversation.read(fields.take("messages"), quirks, signatureOf);
        var tools = fields.take("tools");
        var options = options(fields, tools);
        var prefixCache = CacheMarks.firstIn(tools, conversation.systemCache());
        fields.refuseRest();
        return new Asked(
                new ChatRequest(conversation.system(), conversation.messages(), options, prefixCache),
                stream,
                includeUsage);
    }

    private static ChatOptions options(Fields fields, JsonNode tools) {
        var n = fields.integer("n");
        if (n != null && n != 1) {
            throw new LlmException(LlmFailure.unsupported("n"));
        }
        var user = fields.text("user");
        var safetyIdentifier = fields.text("safety_identifier");
        return new ChatOptions(
                maxTokens(fields),
                new ChatOptions.Sampling(
                        fields.number("temperature"),
                        fields.number("top_p"),
                        topK(fields),
                        fields.number("presence_penalty"),
                        fields.number("frequency_penalty"),
                        fields.integer("seed")),
                stop(fields.take("stop")),
                new ChatOptions.ToolUse(
                        tools(tools), toolChoice(fields.take("tool_choice")), fields.flag("parallel_tool_calls")),
                responseFormat(fields.take("response_format")),
                fields.text("reasoning_effort"),
                safetyIdentifier == null ? user : safetyIdentifier);
    }

    /** A field of Anthropic's and Gemini's APIs, which many clients send in OpenAI's format too. */
    private static @Nullable Integer topK(Fields fields) {
        var topK = fields.integer("top_k");
        if (topK != null && (topK < 0 || topK > Integer.MAX_VALUE)) {
            throw new InvalidRequestException("top_k", "top_k must be at least 0.");
        }
        return topK == null ? null : topK.intValue();
    }

    private static @Nullable Integer maxTokens(Fields fields) {
        var older = fields.integer("max_tokens");
        var newer = fields.integer("max_completion_tokens");
        var limit = newer == null ? older : newer;
        if (limit == null) {
            return null;
        }
        if (limit < 1 || limit > Integer.MAX_VALUE) {
            throw new InvalidRequestException(
                    newer == null ? "max_tokens" : "max_completion_tokens", "The token limit must be at least 1.");
        }
        return limit.intValue();
    }

    private static List<String> stop(JsonNode stop) {
        if (stop.isString()) {
            return List.of(stop.stringValue());
        }
        var texts = new ArrayList<String>();
        for (var one : stop) {
            if (!one.isString()) {
                throw new InvalidRequestException("stop", "stop must be a string or an array of strings.");
            }
            texts.add(one.stringValue());
        }
        return texts;
    }

    private static List<Tool> tools(JsonNode tools) {
        var read = new ArrayList<Tool>();
        for (var tool : tools) {
            var function = tool.path("function");
            var name = function.path("name").asString("");
            if (!"function".equals(tool.path("type").asString("")) || name.isEmpty()) {
                throw new LlmException(LlmFailure.unsupported("tools"));
            }
            var parameters = function.path("parameters");
            var description = function.path("description");
            read.add(new Tool(
                    name,
                    description.isString() ? description.stringValue() : null,
                    parameters.isObject() ? parameters : null,
                    function.path("strict").asBoolean(false)));
        }
        return read;
    }

    private static @Nullable ToolChoice toolChoice(JsonNode choice) {
        if (choice.isMissingNode()) {
            return null;
        }
        // Some clients write the word as the type of an object.
        return switch (choice.isString()
                ? choice.stringValue()
                : choice.path("type").asString("")) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Required();
            default -> {
                var name = choice.path("function").path("name").asString("");
                if (name.isEmpty()) {
                    throw new LlmException(LlmFailure.unsupported("tool_choice"));
                }
                yield new ToolChoice.Named(name);
            }
        };
    }

    private static @Nullable ResponseFormat responseFormat(JsonNode format) {
        return switch (format.path("type").asString(format.isMissingNode() ? "text" : "")) {
            case "text" -> null;
            case "json_object" -> new ResponseFormat.JsonObject();
            case "json_schema" -> {
                var schema = format.path("json_schema");
                if (!schema.path("schema").isObject()) {
                    throw new InvalidRequestException(
                            "response_format", "response_format.json_schema.schema must be a JSON schema.");
                }
                yield new ResponseFormat.JsonSchema(schema.path("name").asString("answer"), schema.path("schema"));
            }
            default -> throw new LlmException(LlmFailure.unsupported("response_format"));
        };
    }
}
