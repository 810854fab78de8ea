package io.keyswitch.http.openai;

import io.keyswitch.llm.ChatMessage;
import io.keyswitch.llm.ChatMessage.Role;
import io.keyswitch.llm.ChatPart;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Messages in which every tool call has an ID of its own and a result in the next message, as other wire formats demand. Some
 * models number the calls of each answer anew, a stopped answer leaves calls without results, and a client that shortens
 * a conversation leaves results without calls. Not thread-safe.
 */
final class AnsweredCalls {
    /** A call of the last message that has no result yet: its ID as sent, and as used here. */
    private record OpenCall(String sent, String id) {}

    private static final String INTERRUPTED = "No result: the call was interrupted.";

    private final List<ChatMessage> messages = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final List<OpenCall> open = new ArrayList<>();

    private AnsweredCalls() {}

    static List<ChatMessage> in(List<ChatMessage> conversation) {
        var answered = new AnsweredCalls();
        for (var message : conversation) {
            switch (message.role()) {
                case USER -> answered.addUser(message);
                case ASSISTANT -> answered.addAssistant(message);
            }
        }
        answered.closeCalls(List.of());
        return answered.messages;
    }

    private void addUser(ChatMessage message) {
        var parts = new ArrayList<ChatPart>();
        for (var part : message.parts()) {
            parts.add(part instanceof ChatPart.ToolResult result ? answered(result) : part);
        }
        if (open.isEmpty()) {
            messages.add(new ChatMessage(Role.USER, parts));
        } else {
            closeCalls(parts);
        }
    }

    private ChatPart answered(ChatPart.ToolResult result) {
        for (var call : open) {
            if (call.sent().equals(result.callId())) {
                open.remove(call);
                return new ChatPart.ToolResult(call.id(), result.content(), result.images());
            }
        }
        return new ChatPart.Text("[tool result: %s]".formatted(result.content()));
    }

    /** Adds a message of the user with these parts, after a result for each open call. */
    private void closeCalls(List<ChatPart> parts) {
        var all = new ArrayList<ChatPart>();
        open.forEach(call -> all.add(new ChatPart.ToolResult(call.id(), INTERRUPTED, List.of())));
        open.clear();
        all.addAll(parts);
        if (!all.isEmpty()) {
            messages.add(new ChatMessage(Role.USER, all));
        }
    }

    private void addAssistant(ChatMessage message) {
        closeCalls(List.of());
        var parts = new ArrayList<ChatPart>();
        for (var part : message.parts()) {
            parts.add(part instanceof ChatPart.ToolCall call ? named(call) : part);
        }
        messages.add(new ChatMessage(Role.ASSISTANT, parts));
    }

    private ChatPart named(ChatPart.ToolCall call) {
        var id = unused(call.id());
        open.add(new OpenCall(call.id(), id));
        return new ChatPart.ToolCall(id, call.name(), call.arguments(), call.signature());
    }

    private String unused(String id) {
        var unused = id;
        for (int i = 2; !ids.add(unused); i++) {
            unused = id + "_" + i;
        }
        return unused;
    }
}
