package io.keyswitch.http.openai;

import io.keyswitch.llm.ChatMessage;
import io.keyswitch.llm.ChatMessage.Role;
import io.keyswitch.llm.ChatPart;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.wire.Node;
import io.keyswitch.provider.Quirks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The messages of a request. System and developer messages are joined to one system prompt: no other wire format
 * reliably accepts them between messages.
 *
 * @param systemCache set if the client marked the system prompt as worth caching; null if not
 */
record Conversation(String system, List<ChatMessage> messages, ChatPart.@Nullable CachePoint systemCache) {
    private static final String NAME = "messages.name";
    /** Stands for a user who said nothing, where other wire formats need a message of the user. */
    private static final String SILENCE = "…";

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
        ChatPart.@Nullable CachePoint systemCache = null;
        var messages = new ArrayList<ChatMessage>();
        for (var message : list) {
            var content = message.path("content");
            refuseName(message, quirks);
            switch (message.path("role").asString("")) {
                case "system", "developer" -> {
                    system.add(MessageContent.text(content));
                    systemCache = CacheMarks.firstIn(content, systemCache);
                }
                case "user" -> messages.add(new ChatMessage(Role.USER, MessageContent.parts(content)));
                case "assistant" -> messages.add(new ChatMessage(Role.ASSISTANT, assistant(message, signatureOf)));
                case "tool" -> messages.add(toolResult(message));
                case "function" -> messages.add(functionResult(message));
                default ->
                    throw new InvalidRequestException(
                            "messages", "The role of a message must be system, developer, user, assistant or tool.");
            }
        }
        var prompt = String.join("\n\n", system);
        if (messages.isEmpty() && !prompt.isBlank()) {
            // Other wire formats need a message of the user.
            return new Conversation("", List.of(new ChatMessage(Role.USER, prompt)), null);
        }
        if (messages.stream().noneMatch(Conversation::isAsked)) {
            throw new InvalidRequestException("messages", "messages must contain a user message that is not blank.");
        }
        if (messages.getFirst().role() == Role.ASSISTANT) {
            // Other wire formats begin with the user, and a greeting of the assistant is part of the conversation.
            messages.addFirst(new ChatMessage(Role.USER, SILENCE));
        }
        var answered = AnsweredCalls.in(joinToolResults(messages));
        if (answered.getLast().role() == Role.ASSISTANT) {
            // Newer models do not continue an answer that was begun.
            answered.add(new ChatMessage(Role.USER, SILENCE));
        }
        return new Conversation(prompt, answered, systemCache);
    }

    /** Rejects names of participants; a name in a tool result is ignored, because the call has it. */
    private static void refuseName(JsonNode message, Quirks quirks) {
        var role = message.path("role").asString("");
        boolean named = message.path("name").isString() && !role.equals("tool") && !role.equals("function");
        if (named && !quirks.drop().contains(NAME)) {
            throw new LlmException(LlmFailure.unsupported(NAME));
        }
    }

    private static boolean isAsked(ChatMessage message) {
        return message.role() == Role.USER && !message.isBlank();
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
                && message.parts().stream()
                        .filter(part -> !(part instanceof ChatPart.CachePoint))
                        .reduce((_, last) -> last)
                        .filter(ChatPart.ToolResult.class::isInstance)
                        .isPresent();
    }

    private static List<ChatPart> assistant(JsonNode message, Function<JsonNode, @Nullable String> signatureOf) {
        var parts = new ArrayList<ChatPart>();
        var content = message.path("content");
        boolean silent = content.isMissingNode() || content.isNull() || (content.isArray() && content.isEmpty());
        if (!silent && !content.asString("?").isEmpty()) {
            parts.addAll(MessageContent.parts(content));
        }
        var refusal = message.path("refusal");
        if (silent && refusal.isString()) {
            parts.add(new ChatPart.Text(refusal.stringValue()));
        }
        var older = message.path("function_call");
        if (older.isObject()) {
            var name = older.path("name").asString("");
            parts.add(new ChatPart.ToolCall(idOf(name), name, arguments(older), null));
        }
        for (var call : message.path("tool_calls")) {
            var function = call.path("function");
            var id = call.path("id").asString("");
            var name = function.path("name").asString("");
            if (id.isEmpty() || name.isEmpty()) {
                throw new InvalidRequestException("messages", "A call in tool_calls needs an id and a function.name.");
            }
            parts.add(new ChatPart.ToolCall(id, name, arguments(function), signatureOf.apply(call)));
        }
        return parts;
    }

    /** The arguments of a call as text; some programs send the object itself. */
    private static String arguments(JsonNode function) {
        return Node.content(function.path("arguments"));
    }

    private static ChatMessage toolResult(JsonNode message) {
        var id = message.path("tool_call_id").asString("");
        if (id.isEmpty()) {
            throw new InvalidRequestException("messages", "A message of role tool needs a tool_call_id.");
        }
        return new ChatMessage(Role.USER, MessageContent.result(id, message.path("content")));
    }

    /** The result of a {@code function_call}, OpenAI's older form of a tool call, which has no ID. */
    private static ChatMessage functionResult(JsonNode message) {
        var name = message.path("name").asString("");
        return new ChatMessage(Role.USER, MessageContent.result(idOf(name), message.path("content")));
    }

    private static String idOf(String function) {
        if (function.isEmpty()) {
            throw new InvalidRequestException("messages", "A function_call and its result need the function's name.");
        }
        return "call_" + function;
    }
}
