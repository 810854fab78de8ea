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
 * What providers want to see again with the calls their models asked for: Anthropic its thinking, Gemini its thought
 * signatures, or they refuse to continue. OpenAI's format has no place for it and clients drop what they do not know, so it is
 * kept here, for as long as a loop of tools may take. Thread-safe.
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

    /** A call as the client sees it, its arguments still empty. What the provider wants to see again with it is kept. */
    ObjectNode toolCall(Target target, ChatEvent.ToolCall call) {
        var json = CompletionJson.toolCall(call);
        if (call.signature() != null) {
            signatures.put(new Call(target.key().fingerprint(), call.id()), call.signature());
            if (target.provider().wire() == WireName.GEMINI) {
                // Google's own compatible endpoint shows it, too.
                json.putObject(EXTRA_CONTENT).putObject(GOOGLE).put(THOUGHT_SIGNATURE, call.signature());
            }
        }
        return json;
    }

    /**
     * The signature of a call that was asked for with this target's key.
     *
     * @param call as the client sends it; one that kept Google's field is believed
     * @return null if it had none, or is forgotten
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
