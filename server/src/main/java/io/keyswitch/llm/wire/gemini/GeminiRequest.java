package io.keyswitch.llm.wire.gemini;

import static io.keyswitch.llm.wire.ToolJson.refuse;

import io.keyswitch.core.Json;
import io.keyswitch.llm.ChatMessage;
import io.keyswitch.llm.ChatOptions;
import io.keyswitch.llm.ChatOptions.ResponseFormat;
import io.keyswitch.llm.ChatOptions.ToolChoice;
import io.keyswitch.llm.ChatPart;
import io.keyswitch.llm.ChatRequest;
import io.keyswitch.llm.wire.Refusals;
import io.keyswitch.llm.wire.ThinkingBudget;
import io.keyswitch.llm.wire.ToolJson;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Encodes the body of a generateContent request. */
final class GeminiRequest {
    private GeminiRequest() {}

    /** Stands for the signature of a call that another model made (Google's documentation of thought signatures). */
    private static final String FOREIGN_CALL = "skip_thought_signature_validator";
    /** These models ask for no signature. */
    private static final Pattern WITHOUT_SIGNATURES = Pattern.compile("gemini-[12]\\b.*|gemma.*");

    static ObjectNode write(ModelId model, ChatRequest request, Quirks quirks, Refusals refused) {
        var signatures =
                new CallSigner(!WITHOUT_SIGNATURES.matcher(model.value()).matches(), !refused.has(Refusals.SIGNATURES));
        var body = Json.object();
        if (!request.system().isBlank()) {
            body.putObject("systemInstruction").putArray("parts").addObject().put("text", request.system());
        }
        var messages = request.alternating().messages();
        var names = new HashMap<String, String>();
        var contents = body.putArray("contents");
        for (var message : messages) {
            var parts = contents.addObject().put("role", role(message.role())).putArray("parts");
            if (message.isText()) {
                parts.addObject().put("text", message.text());
            } else {
                signatures.sign(message.parts()).forEach(part -> writePart(part, names, parts));
            }
        }
        var config = config(model, request.options(), quirks);
        if (!config.isEmpty()) {
            body.set("generationConfig", config);
        }
        writeTools(request.options(), quirks, body);
        return body;
    }

    /**
     * Decides on the signatures of calls.
     *
     * @param required whether the model demands one at the first call of a message
     * @param known whether those at hand are sent
     */
    private record CallSigner(boolean required, boolean known) {
        List<ChatPart> sign(List<ChatPart> parts) {
            var signed = new ArrayList<ChatPart>(parts.size());
            boolean first = true;
            for (var part : parts) {
                if (part instanceof ChatPart.ToolCall(var id, var name, var arguments, var signature)) {
                    var own = known ? signature : null;
                    var placeholder = required && first ? FOREIGN_CALL : null;
                    signed.add(new ChatPart.ToolCall(id, name, arguments, own == null ? placeholder : own));
                    first = false;
                } else {
                    signed.add(part);
                }
            }
            return signed;
        }
    }

    private static String role(ChatMessage.Role role) {
        return switch (role) {
            case USER -> "user";
            case ASSISTANT -> "model";
        };
    }

    /** Writes a part. Tool results name their function here, so {@code names} maps call IDs to function names. */
    private static void writePart(ChatPart part, Map<String, String> names, ArrayNode parts) {
        switch (part) {
            case ChatPart.Text(var text) -> {
                if (!text.isBlank()) {
                    parts.addObject().put("text", text);
                }
            }
            case ChatPart.ImageData(var mediaType, var base64) -> writeInline(mediaType, base64, parts);
            case ChatPart.ImageUrl(var url) ->
                parts.addObject()
                        .putObject("fileData")
                        .put("mimeType", mediaType(url))
                        .put("fileUri", url);
            case ChatPart.Document(var _, var base64) -> writeInline("application/pdf", base64, parts);
            case ChatPart.Audio(var mediaType, var base64) -> writeInline(mediaType, base64, parts);
            // Gemini caches by itself.
            case ChatPart.CachePoint _ -> {}
            case ChatPart.ToolCall call -> {
                names.put(call.id(), call.name());
                var json = parts.addObject();
                json.putObject("functionCall")
                        .put("id", call.id())
                        .put("name", FunctionName.encoded(call.name()))
                        .set("args", ToolJson.arguments(call.arguments()));
                if (call.signature() != null) {
                    json.put("thoughtSignature", call.signature());
                }
            }
            case ChatPart.ToolResult(var callId, var content, var images) -> {
                var name = names.get(callId);
                if (name == null) {
                    throw ToolJson.unsupported("messages.tool_call_id");
                }
                parts.addObject()
                        .putObject("functionResponse")
                        .put("id", callId)
                        .put("name", FunctionName.encoded(name))
                        .set("response", ToolJson.result(content));
                images.forEach(image -> writePart(image, names, parts));
            }
        }
    }

    private static void writeInline(String mediaType, String base64, ArrayNode parts) {
        parts.addObject().putObject("inlineData").put("mimeType", mediaType).put("data", base64);
    }

    private static String mediaType(String url) {
        var path = url.toLowerCase(Locale.ROOT).replaceFirst("[?#].*", "");
        var extension = path.substring(path.lastIndexOf('.') + 1);
        return switch (extension) {
            case "png", "gif", "webp" -> "image/" + extension;
            default -> "image/jpeg";
        };
    }

    private static ObjectNode config(ModelId model, ChatOptions options, Quirks quirks) {
        var config = Json.object();
        var maxTokens = options.maxTokens() == null ? quirks.maxTokens() : options.maxTokens();
        if (maxTokens != null) {
            config.put("maxOutputTokens", maxTokens);
        }
        if (options.temperature() != null) {
            config.put("temperature", options.temperature());
        }
        if (options.topP() != null) {
            config.put("topP", options.topP());
        }
        if (options.topK() != null) {
            config.put("topK", options.topK());
        }
        if (options.presencePenalty() != null) {
            config.put("presencePenalty", options.presencePenalty());
        }
        if (options.frequencyPenalty() != null) {
            config.put("frequencyPenalty", options.frequencyPenalty());
        }
        writeSeed(options, config);
        if (!options.stop().isEmpty()) {
            options.stop().forEach(config.putArray("stopSequences")::add);
        }
        writeFormat(options, config);
        writeEffort(model, options, quirks, config);
        return config;
    }

    /** Rejects a seed beyond 32 bits, which Gemini does not accept. */
    private static void writeSeed(ChatOptions options, ObjectNode config) {
        if (options.seed() != null) {
            if (options.seed() != options.seed().intValue()) {
                throw ToolJson.unsupported("seed");
            }
            config.put("seed", options.seed().intValue());
        }
    }

    private static void writeFormat(ChatOptions options, ObjectNode config) {
        if (options.responseFormat() != null) {
            config.put("responseMimeType", "application/json");
        }
        if (options.responseFormat() instanceof ResponseFormat.JsonSchema(var _, var schema)) {
            config.set("responseJsonSchema", schema);
        }
    }

    private static void writeEffort(ModelId model, ChatOptions options, Quirks quirks, ObjectNode config) {
        var effort = options.reasoningEffort();
        boolean byBudget = quirks.thinksByBudget(model);
        switch (effort) {
            case null -> {}
            case "none" -> {
                refuse(!byBudget, "reasoning_effort", quirks);
                writeThinking(config).put("thinkingBudget", ThinkingBudget.of(effort));
            }
            case "minimal", "low", "medium", "high", "xhigh", "max" -> {
                var thinking = writeThinking(config).put("includeThoughts", true);
                if (byBudget) {
                    thinking.put("thinkingBudget", ThinkingBudget.of(effort));
                } else {
                    thinking.put("thinkingLevel", level(effort));
                }
            }
            default -> refuse(true, "reasoning_effort", quirks);
        }
    }

    private static ObjectNode writeThinking(ObjectNode config) {
        return config.putObject("thinkingConfig");
    }

    private static String level(String effort) {
        return switch (effort) {
            case "xhigh", "max" -> "HIGH";
            default -> effort.toUpperCase(Locale.ROOT);
        };
    }

    private static void writeTools(ChatOptions options, Quirks quirks, ObjectNode body) {
        if (options.tools().isEmpty()) {
            return;
        }
        boolean oneAtATime = Boolean.FALSE.equals(options.parallelToolCalls());
        refuse(oneAtATime && options.tools().size() > 1, "parallel_tool_calls", quirks);
        var functions = body.putArray("tools").addObject().putArray("functionDeclarations");
        for (var tool : options.tools()) {
            var json = functions.addObject().put("name", FunctionName.encoded(tool.name()));
            if (tool.description() != null) {
                json.put("description", tool.description());
            }
            if (tool.parameters() != null) {
                json.set("parametersJsonSchema", tool.parameters());
            }
        }
        if (options.toolChoice() != null) {
            writeChoice(options.toolChoice(), body);
        }
    }

    private static void writeChoice(ToolChoice choice, ObjectNode body) {
        var json = body.putObject("toolConfig").putObject("functionCallingConfig");
        switch (choice) {
            case ToolChoice.Auto _ -> json.put("mode", "AUTO");
            case ToolChoice.None _ -> json.put("mode", "NONE");
            case ToolChoice.Required _ -> json.put("mode", "ANY");
            case ToolChoice.Named(var name) ->
                json.put("mode", "ANY").putArray("allowedFunctionNames").add(FunctionName.encoded(name));
        }
    }
}
