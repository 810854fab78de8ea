package io.keyswitch.http.openai;

import io.keyswitch.core.Json;
import io.keyswitch.llm.ChatPart;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The content of one message: a string or parts (openai-openapi, 2026-08). */
final class MessageContent {
    private static final Pattern DATA_URL =
            Pattern.compile("(?i)data:([a-z0-9.+-]+/[a-z0-9.+-]+)(?:;[^;,]{0,100})*?;base64,(.*)", Pattern.DOTALL);

    private static final String PDF = "application/pdf";

    private MessageContent() {}

    /** The parts of a message that a user or an assistant wrote. */
    static List<ChatPart> parts(JsonNode content) {
        if (content.isString()) {
            return List.of(new ChatPart.Text(content.stringValue()));
        }
        if (!content.isArray() || content.isEmpty()) {
            throw new InvalidRequestException("messages", "message content must be a string or an array of parts.");
        }
        var parts = new ArrayList<ChatPart>();
        content.forEach(part -> parts.add(part(part)));
        return parts;
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
    static ChatPart.ToolResult result(String callId, JsonNode content) {
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
                case ChatPart.ToolCall _, ChatPart.ToolResult _ -> throw unsupported(part);
            }
        }
        return new ChatPart.ToolResult(callId, text.toString(), images);
    }

    private static boolean isAbsent(JsonNode content) {
        return content.isMissingNode() || content.isNull();
    }

    private static ChatPart part(JsonNode part) {
        return switch (part.path("type").asString("")) {
            case "text" -> new ChatPart.Text(part.path("text").asString(""));
            // A refusal is what the model said.
            case "refusal" -> new ChatPart.Text(part.path("refusal").asString(""));
            case "image_url" -> image(part.path("image_url").path("url").asString(""));
            case "file" -> document(part);
            default -> throw unsupported(part);
        };
    }

    private static ChatPart image(String url) {
        var data = DATA_URL.matcher(url);
        if (data.matches() && mediaType(data.group(1)).startsWith("image/")) {
            return new ChatPart.ImageData(mediaType(data.group(1)), base64(data.group(2)));
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

    /** Line breaks, as some encoders write them, are no part of the data. */
    private static String base64(String data) {
        return data.indexOf('\n') < 0 && data.indexOf('\r') < 0 ? data : data.replaceAll("[\r\n]", "");
    }

    /** Names the kind of part that cannot be expressed: {@code messages.input_audio}. */
    static LlmException unsupported(JsonNode part) {
        var type = part.path("type").asString("");
        boolean named = type.matches("[a-z_]{1,40}");
        return new LlmException(LlmFailure.unsupported(named ? "messages." + type : "messages"));
    }
}
