package io.keyswitch.http.openai;

import io.keyswitch.llm.ChatMessage;
import io.keyswitch.llm.ChatMessage.Role;
import io.keyswitch.llm.ChatPart;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.provider.Quirks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The messages of a request. System and developer messages are joined to one system prompt: no other wire format
 * reliably accepts them between messages.
 */
record Conversation(String system, List<ChatMessage> messages) {
    private static final String NAME = "messages.name";
    private static final Pattern DATA_URL = Pattern.compile("data:(image/[a-z0-9.+-]+);base64,(.*)", Pattern.DOTALL);

    Conversation {
        messages = List.copyOf(messages);
    }

    /**
     * Parses an array of messages.
     *
     * @param signatureOf returns the signature to send back with a tool call; null for none
     * @throws InvalidRequestException if it is not a valid array of messages
     * @throws LlmException if only OpenAI's own format can express it
     */
    static Conversation read(JsonNode list, Quirks quirks, Function<JsonNode, @Nullable String> signatureOf) {
        if (!list.isArray() || list.isEmpty()) {
            throw new InvalidRequestException("messages", "messages must be an array with at least one message.");
        }
        var system = new ArrayList<String>();
        var messages = new ArrayList<ChatMessage>();
        for (var message : list) {
            var content = message.path("content");
            refuseName(message, quirks);
            switch (message.path("role").asString("")) {
                case "system", "developer" -> system.add(text(content));
                case "user" -> messages.add(new ChatMessage(Role.USER, parts(content)));
                case "assistant" -> messages.add(new ChatMessage(Role.ASSISTANT, assistant(message, signatureOf)));
                case "tool" -> messages.add(toolResult(message));
                default ->
                    throw new InvalidRequestException(
                            "messages", "The role of a message must be system, developer, user, assistant or tool.");
            }
        }
        if (messages.stream().noneMatch(Conversation::isAsked)) {
            throw new InvalidRequestException("messages", "messages must contain a user message that is not blank.");
        }
        return new Conversation(String.join("\n\n", system), joinToolResults(messages));
    }

    /** Rejects names of participants; a name in a tool result is ignored, because the call has it. */
    private static void refuseName(JsonNode message, Quirks quirks) {
        boolean named = message.path("name").isString()
                && !"tool".equals(message.path("role").asString(""));
        if (named && !quirks.drop().contains(NAME)) {
            throw new LlmException(LlmFailure.unsupported(NAME));
        }
    }

    private static boolean isAsked(ChatMessage message) {
        return message.role() == Role.USER
                && !(message.isText() && message.text().isBlank());
    }

    /** Joins all tool results of a turn, and a user message that follows, into one message. */
    private static List<ChatMessage> joinToolResults(List<ChatMessage> messages) {
        var joined = new ArrayList<ChatMessage>();
        for (var message : messages) {
            boolean follows = !joined.isEmpty() && endsWithResult(joined.getLast()) && message.role() == Role.USER;
            if (follows) {
                var parts = new ArrayList<>(joined.removeLast().parts());
                parts.addAll(message.parts());
                joined.add(new ChatMessage(Role.USER, parts));
            } else {
                joined.add(message);
            }
        }
        return joined;
    }

    private static boolean endsWithResult(ChatMessage message) {
        return message.role() == Role.USER
                && !message.parts().isEmpty()
                && message.parts().getLast() instanceof ChatPart.ToolResult;
    }

    private static String text(JsonNode content) {
        if (content.isString()) {
            return content.stringValue();
        }
        var text = new StringBuilder();
        for (var part : content) {
            text.append(part.path("text").asString(""));
        }
        return text.toString();
    }

    private static List<ChatPart> parts(JsonNode content) {
        if (content.isString()) {
            return List.of(new ChatPart.Text(content.stringValue()));
        }
        if (!content.isArray() || content.isEmpty()) {
            throw new InvalidRequestException("messages", "message content must be a string or an array of parts.");
        }
        var parts = new ArrayList<ChatPart>();
        for (var part : content) {
            parts.add(
                    switch (part.path("type").asString("")) {
                        case "text" -> new ChatPart.Text(part.path("text").asString(""));
                        case "image_url" ->
                            image(part.path("image_url").path("url").asString(""));
                        default -> throw new LlmException(LlmFailure.unsupported("messages"));
                    });
        }
        return parts;
    }

    private static ChatPart image(String url) {
        var data = DATA_URL.matcher(url);
        if (data.matches()) {
            return new ChatPart.ImageData(data.group(1), data.group(2));
        }
        if (!url.startsWith("https://")) {
            throw new InvalidRequestException("messages", "image_url.url must be an https:// or a data:image/… URL.");
        }
        return new ChatPart.ImageUrl(url);
    }

    private static List<ChatPart> assistant(JsonNode message, Function<JsonNode, @Nullable String> signatureOf) {
        var parts = new ArrayList<ChatPart>();
        var text = text(message.path("content"));
        if (!text.isEmpty()) {
            parts.add(new ChatPart.Text(text));
        }
        for (var call : message.path("tool_calls")) {
            var function = call.path("function");
            var id = call.path("id").asString("");
            var name = function.path("name").asString("");
            if (id.isEmpty() || name.isEmpty()) {
                throw new InvalidRequestException("messages", "A call in tool_calls needs an id and a function.name.");
            }
            parts.add(
                    new ChatPart.ToolCall(id, name, function.path("arguments").asString(""), signatureOf.apply(call)));
        }
        return parts;
    }

    private static ChatMessage toolResult(JsonNode message) {
        var id = message.path("tool_call_id").asString("");
        if (id.isEmpty()) {
            throw new InvalidRequestException("messages", "A message of role tool needs a tool_call_id.");
        }
        return new ChatMessage(Role.USER, List.of(new ChatPart.ToolResult(id, text(message.path("content")))));
    }
}
