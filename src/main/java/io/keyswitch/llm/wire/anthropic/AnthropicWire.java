package io.keyswitch.llm.wire.anthropic;

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

    private AnthropicWire() {}

    @Override
    public WireRequest encode(ModelId model, ChatRequest request, Quirks quirks, Set<Adjustment> adjustments) {
        boolean streaming = quirks.streaming() && !adjustments.contains(Adjustment.NO_STREAMING);
        return new WireRequest("/messages", AnthropicRequest.write(model, request, quirks, streaming));
    }

    @Override
    public AnswerDecoder decoder() {
        return new AnthropicDecoder();
    }
}
