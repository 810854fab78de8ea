package io.keyswitch.http.openai;

import com.github.benmanes.caffeine.cache.Cache;
import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.Target;
import io.keyswitch.process.HeapShare;
import io.keyswitch.provider.WireName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Caches the data that providers require back with their tool calls: thinking for Anthropic, thought signatures for
 * Gemini. OpenAI's format has no field for it and clients drop unknown fields, so it is kept here, for as long as a
 * tool loop may take. Thread-safe.
 */
final class CallSignatures {
    private record Call(String key, String id) {}

    private static final String EXTRA_CONTENT = "extra_content";
    private static final String GOOGLE = "google";
    private static final String THOUGHT_SIGNATURE = "thought_signature";

    private static final Duration KEPT = Duration.ofHours(1);

    private final Cache<Call, String> signatures = HeapShare.CALL_SIGNATURES
            .cache((Call call, String signature) -> HeapShare.bytes(24, call.key(), call.id(), signature))
            .expireAfterWrite(KEPT)
            .build();

    /** Formats a tool call for the client, with empty arguments, and caches its signature. */
    ObjectNode toolCall(Target target, ChatEvent.ToolCall call) {
        var json = CompletionJson.toolCall(call);
        if (call.signature() != null) {
            signatures.put(new Call(target.key().fingerprint(), call.id()), call.signature());
            if (target.provider().wire() == WireName.GEMINI) {
                // Google's own OpenAI-compatible endpoint sends it too.
                json.putObject(EXTRA_CONTENT).putObject(GOOGLE).put(THOUGHT_SIGNATURE, call.signature());
            }
        }
        return json;
    }

    /**
     * The signature of a tool call that a model made with this target's key.
     *
     * @param call as sent by the client; with Gemini, Google's field takes precedence
     * @return null if it had none or is no longer cached
     */
    @Nullable
    String find(Target target, JsonNode call) {
        var sent = call.path(EXTRA_CONTENT).path(GOOGLE).path(THOUGHT_SIGNATURE);
        return target.provider().wire() == WireName.GEMINI && sent.isString()
                ? sent.stringValue()
                : signatures.getIfPresent(
                        new Call(target.key().fingerprint(), call.path("id").asString("")));
    }
}
