package io.keyswitch.http.openai;

import io.keyswitch.core.Json;
import io.keyswitch.llm.ChatPart;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The content of one message: a string or parts (openai-openapi, 2026-08). */
final class MessageContent {
    private static final Pattern DATA_URL =
            Pattern.compile("(?i)data:([a-z0-9.+-]+/[a-z0-9.+-]+)(?:;[^;,]{0,100})*?;base64,(.*)", Pattern.DOTALL);

    /** What a model thought is for that model alone. */
    private static final Set<String> REASONING = Set.of("thinking", "redacted_thinking", "reasoning");

    private static final String PDF = "application/pdf";

    /** The types of images by their first bytes, in base64. */
    private static final Map<String, String> IMAGE_TYPES =
            Map.of("/9j/", "image/jpeg", "iVBORw0KGgo", "image/png", "R0lGOD", "image/gif", "UklGR", "image/webp");

    private MessageContent() {}

    /** The parts of a message that a user or an assistant wrote. */
    static List<ChatPart> parts(JsonNode content) {
        if (content.isString()) {
            return List.of(new ChatPart.Text(content.stringValue()));
        }
        if (!content.isArray() || content.isEmpty()) {
            throw new InvalidRequestException("messages", "message content must be a string or an array of parts.");
        }
        return content.valueStream()
                .filter(part -> !REASONING.contains(type(part)))
                .flatMap(part -> Stream.concat(Stream.of(part(part)), CacheMarks.of(part).stream()))
                .toList();
    }

    /** The text of a message that cannot hold anything else. */
    static String text(JsonNode content) {
        if (content.isString()) {
            return content.stringValue();
        }
        var text = new StringBuilder();
        for (var part : content) {
            text.append(
                    switch (part(part)) {
                        case ChatPart.Text(var piece) -> piece;
                        default -> throw unsupported(part);
                    });
        }
        return text.toString();
    }

    /** The result of a tool: text and images as parts, or any other JSON, which is its text. */
    static List<ChatPart> result(String callId, JsonNode content) {
        var mark = CacheMarks.firstIn(content, null);
        return mark == null ? List.of(resultPart(callId, content)) : List.of(resultPart(callId, content), mark);
    }

    private static ChatPart.ToolResult resultPart(String callId, JsonNode content) {
        boolean parts = content.isArray()
                && !content.isEmpty()
                && content.valueStream().allMatch(part -> part.path("type").isString());
        if (!parts) {
            var text = content.isString() ? content.stringValue() : isAbsent(content) ? "" : Json.text(content);
            return new ChatPart.ToolResult(callId, text, List.of());
        }
        var text = new StringBuilder();
        var images = new ArrayList<ChatPart>();
        for (var part : content) {
            switch (part(part)) {
                case ChatPart.Text(var piece) -> text.append(piece);
                case ChatPart.ImageData image -> images.add(image);
                case ChatPart.ImageUrl image -> images.add(image);
                case ChatPart.Document document -> images.add(document);
                case ChatPart.Audio _, ChatPart.CachePoint _, ChatPart.ToolCall _, ChatPart.ToolResult _ ->
                    throw unsupported(part);
            }
        }
        return new ChatPart.ToolResult(callId, text.toString(), images);
    }

    private static boolean isAbsent(JsonNode content) {
        return content.isMissingNode() || content.isNull();
    }

    private static ChatPart part(JsonNode part) {
        return switch (type(part)) {
            // The names of OpenAI's newer API too, which clients keep in their histories.
            case "text", "input_text", "output_text" ->
                new ChatPart.Text(part.path("text").asString(""));
            // A refusal is what the model said.
            case "refusal" -> new ChatPart.Text(part.path("refusal").asString(""));
            case "image_url" -> image(part.path("image_url"));
            case "input_audio" -> audio(part);
            case "file" -> document(part);
            default -> throw unsupported(part);
        };
    }

    private static String type(JsonNode part) {
        return part.path("type").asString("");
    }

    private static ChatPart.Audio audio(JsonNode part) {
        var audio = part.path("input_audio");
        var format = audio.path("format").asString("").toLowerCase(Locale.ROOT);
        if (!format.matches("[a-z0-9]{1,10}") || !audio.path("data").isString()) {
            throw unsupported(part);
        }
        return new ChatPart.Audio("audio/" + format, base64(audio.path("data").stringValue()));
    }

    /** An image by its URL; some programs leave out the object around the URL. */
    private static ChatPart image(JsonNode image) {
        var url = image.isString() ? image.stringValue() : image.path("url").asString("");
        var data = DATA_URL.matcher(url);
        if (data.matches() && mediaType(data.group(1)).startsWith("image/")) {
            var base64 = base64(data.group(2));
            return new ChatPart.ImageData(imageType(base64, mediaType(data.group(1))), base64);
        }
        if (!url.startsWith("https://")) {
            throw new InvalidRequestException(
                    "messages", "image_url.url must be an https:// URL or a data:image/…;base64,… URL.");
        }
        return new ChatPart.ImageUrl(url);
    }

    private static ChatPart document(JsonNode part) {
        var file = part.path("file");
        var data = DATA_URL.matcher(file.path("file_data").asString(""));
        if (!data.matches() || !mediaType(data.group(1)).equals(PDF)) {
            throw unsupported(part);
        }
        var name = file.path("filename");
        return new ChatPart.Document(name.isString() ? name.stringValue() : null, base64(data.group(2)));
    }

    /** The registered name of a media type: {@code image/jpg} is none, though many programs write it. */
    private static String mediaType(String written) {
        var lower = written.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "image/jpg", "image/pjpeg" -> "image/jpeg";
            case "image/x-png" -> "image/png";
            case "application/x-pdf" -> PDF;
            default -> lower;
        };
    }

    /** The type of an image by its first bytes: many programs write image/png for every image, which vendors refuse. */
    private static String imageType(String base64, String written) {
        return IMAGE_TYPES.entrySet().stream()
                .filter(type -> base64.startsWith(type.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(written);
    }

    /** Line breaks, as some encoders write them, are no part of the data. */
    private static String base64(String data) {
        return data.indexOf('\n') < 0 && data.indexOf('\r') < 0 ? data : data.replaceAll("[\r\n]", "");
    }

    /** Names the kind of part that cannot be expressed: {@code messages.input_audio}. */
    static LlmException unsupported(JsonNode part) {
        var type = type(part);
        boolean named = type.matches("[a-z_]{1,40}");
        return new LlmException(LlmFailure.unsupported(named ? "messages." + type : "messages"));
    }
}
