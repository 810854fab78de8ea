package io.keyswitch.http.openai;

import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.Target;
import io.keyswitch.provider.WireName;
import io.keyswitch.secret.KeyPlace;
import io.keyswitch.toolcall.CallSignatures;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tool calls in OpenAI's format, and their {@link CallSignatures}. Thread-safe. */
final class SignedCalls {
    private static final String EXTRA_CONTENT = "extra_content";
    private static final String GOOGLE = "google";
    private static final String THOUGHT_SIGNATURE = "thought_signature";

    private final CallSignatures signatures;

    SignedCalls(CallSignatures signatures) {
        this.signatures = signatures;
    }

    /** Formats a tool call for the client, with empty arguments, and keeps its signature before the answer ends. */
    ObjectNode toolCall(Target target, ChatEvent.ToolCall call, ClientResponse answer) {
        var json = CompletionJson.toolCall(call);
        if (call.signature() != null) {
            answer.endsAfter(signatures.put(call(target, call.id()), call.signature()));
            if (target.provider().wire() == WireName.GEMINI) {
                // Google's own OpenAI-compatible endpoint sends it too.
                json.putObject(EXTRA_CONTENT).putObject(GOOGLE).put(THOUGHT_SIGNATURE, call.signature());
            }
        }
        return json;
    }

    private static KeyPlace.ToolCall call(Target target, String id) {
        return new KeyPlace.ToolCall(target.owner(), target.key().fingerprint(), id);
    }

    /**
     * The signature of a tool call that a model made with this target's key.
     *
     * @param call as sent by the client; with Gemini, Google's field takes precedence
     * @return null if it had none or it is not in memory
     */
    @Nullable
    String find(Target target, JsonNode call) {
        var sent = sent(target, call);
        return sent == null
                ? signatures.getIfPresent(call(target, call.path("id").asString("")))
                : sent;
    }

    private static @Nullable String sent(Target target, JsonNode call) {
        var sent = call.path(EXTRA_CONTENT).path(GOOGLE).path(THOUGHT_SIGNATURE);
        return target.provider().wire() == WireName.GEMINI && sent.isString() ? sent.stringValue() : null;
    }

    /** The tool calls of a request whose signatures another process, or this one before a restart, may have kept. */
    List<KeyPlace.ToolCall> notInMemory(Target target, ObjectNode request) {
        return request.path("messages")
                .valueStream()
                .flatMap(message -> message.path("tool_calls").valueStream())
                .filter(call -> find(target, call) == null)
                .map(call -> call.path("id").asString(""))
                .filter(id -> !id.isEmpty())
                .map(id -> call(target, id))
                .toList();
    }

    /** Reads signatures into memory; blocks. */
    void read(List<KeyPlace.ToolCall> calls) {
        signatures.read(calls);
    }
}
