package io.keyswitch.llm.wire.anthropic;

import static io.keyswitch.llm.wire.ToolJson.refuse;

import io.keyswitch.core.Json;
import io.keyswitch.core.Sha256;
import io.keyswitch.llm.ChatMessage;
import io.keyswitch.llm.ChatOptions;
import io.keyswitch.llm.ChatOptions.ResponseFormat;
import io.keyswitch.llm.ChatOptions.ToolChoice;
import io.keyswitch.llm.ChatPart;
import io.keyswitch.llm.ChatRequest;
import io.keyswitch.llm.wire.Refusals;
import io.keyswitch.llm.wire.ThinkingBudget;
import io.keyswitch.llm.wire.ToolJson;
import io.keyswitch.llm.wire.WireRequest;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirk;
import io.keyswitch.provider.Quirks;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Encodes the body of a Messages request. */
final class AnthropicRequest {
    /** The API requires a limit, and thinking tokens count towards it. */
    private static final int DEFAULT_MAX_TOKENS = 8192;

    private static final String MAX_TOKENS = "max_tokens";
    /** The least that the API takes. */
    private static final int LEAST_BUDGET = 1024;

    private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9_-]");
    private static final Pattern OPAQUE_ID = Pattern.compile("[A-Za-z0-9_-]{1,256}");

    private AnthropicRequest() {}

    static WireRequest write(ModelId model, ChatRequest request, Quirks quirks, Refusals refused) {
        var format = new AnthropicSchema();
        var parameters = new AnthropicSchema();
        var options = request.options();
        var body = Json.object().put("model", model.value()).put(MAX_TOKENS, maxTokens(options, quirks));
        writeSystem(request, body);
        var messages = body.putArray("messages");
        for (var message : request.alternating().messages()) {
            writeMessage(
                    message, messages.addObject().put("role", message.role().word()));
        }
        writeOptions(options, quirks, body);
        writeFormat(options, format, body);
        writeEffort(model, request, quirks, body);
        writeTools(request, parameters, body);
        if (refused.has(Refusals.THINKING)) {
            body.remove(Refusals.THINKING);
        }
        if (!quirks.has(Quirk.NO_STREAMING) && !refused.has(Refusals.STREAM)) {
            body.put("stream", true);
        }
        return new WireRequest("/messages", body, lost(format, parameters));
    }

    /** The system prompt comes after the tools, so that a mark in it is for both. */
    private static void writeSystem(ChatRequest request, ObjectNode body) {
        if (request.system().isBlank()) {
            return;
        }
        if (request.prefixCache() == null) {
            body.put("system", request.system());
        } else {
            var block = body.putArray("system").addObject().put("type", "text").put("text", request.system());
            mark(block, request.prefixCache());
        }
    }

    private static void mark(ObjectNode block, ChatPart.CachePoint point) {
        var mark = block.putObject("cache_control").put("type", "ephemeral");
        if (point.ttl() != null) {
            mark.put("ttl", point.ttl());
        }
    }

    /** The keywords of the request's schemas that are not enforced, as {@code tools.minimum}. */
    private static Set<String> lost(AnthropicSchema format, AnthropicSchema parameters) {
        var lost = new HashSet<String>();
        format.lost().forEach(keyword -> lost.add("response_format." + keyword));
        parameters.lost().forEach(keyword -> lost.add("tools." + keyword));
        return lost;
    }

    private static int maxTokens(ChatOptions options, Quirks quirks) {
        if (options.maxTokens() != null) {
            return options.maxTokens();
        }
        return quirks.maxTokens() == null ? DEFAULT_MAX_TOKENS : quirks.maxTokens();
    }

    private static void writeMessage(ChatMessage message, ObjectNode json) {
        if (message.isText()) {
            json.put("content", message.text());
            return;
        }
        var blocks = json.putArray("content");
        for (var part : message.parts()) {
            if (part instanceof ChatPart.ToolResult result) {
                writeResult(result, blocks);
            }
        }
        if (message.role() == ChatMessage.Role.ASSISTANT) {
            message.parts().forEach(AnthropicRequest::refuseMedia);
        }
        writeParts(message.parts(), blocks);
    }

    private static void writeResult(ChatPart.ToolResult result, ArrayNode blocks) {
        var json = blocks.addObject().put("type", "tool_result").put("tool_use_id", callId(result.callId()));
        if (result.images().isEmpty()) {
            json.put("content", result.content());
        } else {
            var content = json.putArray("content");
            writePart(new ChatPart.Text(result.content()), content);
            result.images().forEach(image -> writePart(image, content));
        }
    }

    /** The API takes images and documents in messages of the user only, and no recordings. */
    private static void refuseMedia(ChatPart part) {
        switch (part) {
            case ChatPart.ImageData _, ChatPart.ImageUrl _ -> throw ToolJson.unsupported("messages.image_url");
            case ChatPart.Document _ -> throw ToolJson.unsupported("messages.file");
            case ChatPart.Text _,
                    ChatPart.Audio _,
                    ChatPart.CachePoint _,
                    ChatPart.ToolCall _,
                    ChatPart.ToolResult _ -> {}
        }
    }

    /** Writes the thinking blocks of the first call before all parts, those of later calls directly before them. */
    private static void writeParts(List<ChatPart> parts, ArrayNode blocks) {
        int first = 0;
        while (first < parts.size() && !(parts.get(first) instanceof ChatPart.ToolCall)) {
            first++;
        }
        if (first < parts.size()) {
            writeThinking(parts.get(first), blocks);
        }
        for (int i = 0; i < parts.size(); i++) {
            if (i > first) {
                writeThinking(parts.get(i), blocks);
            }
            writePart(parts.get(i), blocks);
        }
    }

    private static void writeThinking(ChatPart part, ArrayNode blocks) {
        if (part instanceof ChatPart.ToolCall call
                && call.signature() != null
                && Json.readFromProvider(call.signature()) instanceof ArrayNode thoughts) {
            blocks.addAll(thoughts);
        }
    }

    private static void writePart(ChatPart part, ArrayNode blocks) {
        switch (part) {
            case ChatPart.Text(var text) -> {
                if (!text.isBlank()) {
                    blocks.addObject().put("type", "text").put("text", text);
                }
            }
            case ChatPart.ImageData(var mediaType, var base64) ->
                blocks.addObject()
                        .put("type", "image")
                        .putObject("source")
                        .put("type", "base64")
                        .put("media_type", mediaType)
                        .put("data", base64);
            case ChatPart.ImageUrl(var url) ->
                blocks.addObject()
                        .put("type", "image")
                        .putObject("source")
                        .put("type", "url")
                        .put("url", url);
            case ChatPart.Document(var name, var base64) -> {
                var block = blocks.addObject().put("type", "document");
                block.putObject("source")
                        .put("type", "base64")
                        .put("media_type", "application/pdf")
                        .put("data", base64);
                if (name != null) {
                    block.put("title", name);
                }
            }
            case ChatPart.Audio _ -> throw ToolJson.unsupported("messages.input_audio");
            case ChatPart.ToolCall(var id, var name, var arguments, var _) ->
                blocks.addObject()
                        .put("type", "tool_use")
                        .put("id", callId(id))
                        .put("name", name)
                        .set("input", ToolJson.arguments(arguments));
            case ChatPart.CachePoint point -> {
                if (blocks.path(blocks.size() - 1) instanceof ObjectNode block) {
                    mark(block, point);
                }
            }
            // Tool results must come first and are already written.
            case ChatPart.ToolResult _ -> {}
        }
    }

    /** Replaces characters of other vendors' call IDs that Anthropic rejects, so that different IDs stay different. */
    private static String callId(String id) {
        return FOREIGN.matcher(id)
                .replaceAll(
                        character -> "_%x_".formatted((int) character.group().charAt(0)));
    }

    private static void writeOptions(ChatOptions options, Quirks quirks, ObjectNode body) {
        refuse(options.seed() != null, "seed", quirks);
        refuse(isSet(options.presencePenalty()), "presence_penalty", quirks);
        refuse(isSet(options.frequencyPenalty()), "frequency_penalty", quirks);
        boolean object = options.responseFormat() instanceof ResponseFormat.JsonObject;
        refuse(object && !quirks.drop().contains("response_format.json_object"), "response_format", quirks);
        if (options.temperature() != null) {
            body.put("temperature", options.temperature());
        }
        if (options.topP() != null) {
            body.put("top_p", options.topP());
        }
        if (options.topK() != null) {
            body.put("top_k", options.topK());
        }
        // The API rejects those of white space alone.
        options.stop().stream()
                .filter(sequence -> !sequence.isBlank())
                .forEach(sequence -> body.withArray("stop_sequences").add(sequence));
        if (options.user() != null) {
            body.putObject("metadata").put("user_id", opaque(options.user()));
        }
    }

    private static void writeFormat(ChatOptions options, AnthropicSchema format, ObjectNode body) {
        if (options.responseFormat() instanceof ResponseFormat.JsonSchema(var _, var schema)) {
            body.withObject("/output_config")
                    .putObject("format")
                    .put("type", "json_schema")
                    .set("schema", format.strict(schema));
        }
    }

    /** The API takes no e-mail addresses, phone numbers or names. */
    private static String opaque(String user) {
        return OPAQUE_ID.matcher(user).matches() ? user : Sha256.hex(user);
    }

    private static boolean isSet(@Nullable BigDecimal penalty) {
        return penalty != null && penalty.signum() != 0;
    }

    private static void writeEffort(ModelId model, ChatRequest request, Quirks quirks, ObjectNode body) {
        var effort = request.options().reasoningEffort();
        switch (effort) {
            case null -> {}
            case "none" -> body.putObject(Refusals.THINKING).put("type", "disabled");
            case "minimal", "low", "medium", "high", "xhigh", "max" -> {
                if (quirks.thinksByBudget(model)) {
                    writeBudget(ThinkingBudget.of(effort), request, body);
                } else {
                    writeEffort(effort, request.options(), body);
                }
            }
            default -> refuse(true, "reasoning_effort", quirks);
        }
    }

    private static void writeEffort(String effort, ChatOptions options, ObjectNode body) {
        body.withObject("/output_config").put("effort", effort.equals("minimal") ? "low" : effort);
        if (!demandsCall(options)) {
            body.putObject(Refusals.THINKING).put("type", "adaptive").put("display", "summarized");
        }
    }

    /** The budget is a part of the limit of tokens, which a client may have set. */
    private static void writeBudget(int budget, ChatRequest request, ObjectNode body) {
        var limit = request.options().maxTokens();
        int affordable = limit == null ? budget : Math.min(budget, limit / 2);
        if (affordable < LEAST_BUDGET || demandsCall(request.options()) || goesOnWithoutThinking(request)) {
            return;
        }
        if (limit == null) {
            body.put(MAX_TOKENS, body.path(MAX_TOKENS).intValue() + budget);
        }
        body.putObject(Refusals.THINKING).put("type", "enabled").put("budget_tokens", affordable);
    }

    /** The API rejects thinking together with a forced tool call. */
    private static boolean demandsCall(ChatOptions options) {
        return options.toolChoice() instanceof ToolChoice.Required || options.toolChoice() instanceof ToolChoice.Named;
    }

    /** Whether the last calls were made without thinking, by another model; those of a thinking model must begin with it. */
    private static boolean goesOnWithoutThinking(ChatRequest request) {
        return request.messages().stream()
                .filter(message -> message.role() == ChatMessage.Role.ASSISTANT)
                .reduce((_, last) -> last)
                .flatMap(last -> last.parts().stream()
                        .filter(ChatPart.ToolCall.class::isInstance)
                        .findFirst())
                .filter(call -> ((ChatPart.ToolCall) call).signature() == null)
                .isPresent();
    }

    private static void writeTools(ChatRequest request, AnthropicSchema parameters, ObjectNode body) {
        var options = request.options();
        if (options.tools().isEmpty()) {
            return;
        }
        var tools = body.putArray("tools");
        for (var tool : options.tools()) {
            var json = tools.addObject().put("name", tool.name());
            if (tool.description() != null) {
                json.put("description", tool.description());
            }
            var input = parameters.input(tool.parameters());
            json.set("input_schema", tool.strict() ? parameters.strict(input) : input);
            if (tool.strict()) {
                json.put("strict", true);
            }
        }
        if (request.prefixCache() != null && request.system().isBlank()) {
            mark((ObjectNode) tools.get(tools.size() - 1), request.prefixCache());
        }
        writeChoice(options, body);
    }

    private static void writeChoice(ChatOptions options, ObjectNode body) {
        boolean oneAtATime = Boolean.FALSE.equals(options.parallelToolCalls());
        var choice = options.toolChoice() == null && oneAtATime ? new ToolChoice.Auto() : options.toolChoice();
        if (choice == null) {
            return;
        }
        var json = body.putObject("tool_choice");
        switch (choice) {
            case ToolChoice.Auto _ -> json.put("type", "auto");
            case ToolChoice.None _ -> json.put("type", "none");
            case ToolChoice.Required _ -> json.put("type", "any");
            case ToolChoice.Named(var name) -> json.put("type", "tool").put("name", name);
        }
        if (oneAtATime && !(choice instanceof ToolChoice.None)) {
            json.put("disable_parallel_tool_use", true);
        }
    }
}
