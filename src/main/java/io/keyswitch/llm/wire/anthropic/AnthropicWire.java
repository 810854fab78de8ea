package io.keyswitch.llm.wire.anthropic;

import io.keyswitch.json.Json;
import io.keyswitch.llm.ChatRequest;
import io.keyswitch.llm.wire.Adjustment;
import io.keyswitch.llm.wire.AnswerDecoder;
import io.keyswitch.llm.wire.WireFormat;
import io.keyswitch.llm.wire.WireRequest;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirks;
import java.util.Set;

/** Messages. */
public final class AnthropicWire implements WireFormat {
    public static final AnthropicWire INSTANCE = new AnthropicWire();

    /** The server has no default, and thinking counts in it. */
    private static final int DEFAULT_MAX_TOKENS = 8192;

    private AnthropicWire() {}

    @Override
    public WireRequest encode(ModelId model, ChatRequest request, Quirks quirks, Set<Adjustment> adjustments) {
        boolean streaming = quirks.streaming() && !adjustments.contains(Adjustment.NO_STREAMING);
        var maxTokens = quirks.maxTokens();
        var body = Json.object()
                .put("model", model.value())
                .put("max_tokens", maxTokens == null ? DEFAULT_MAX_TOKENS : maxTokens);
        if (!request.system().isBlank()) {
            body.put("system", request.system());
        }
        var messages = body.putArray("messages");
        for (var message : request.alternating().messages()) {
            messages.addObject().put("role", message.role().word()).put("content", message.text());
        }
        if (streaming) {
            body.put("stream", true);
        }
        return new WireRequest("/messages", body);
    }

    @Override
    public AnswerDecoder decoder() {
        return new AnthropicDecoder();
    }
}
