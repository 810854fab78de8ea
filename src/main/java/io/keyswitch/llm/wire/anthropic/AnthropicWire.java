package io.keyswitch.llm.wire.anthropic;

import io.keyswitch.llm.ChatRequest;
import io.keyswitch.llm.wire.AnswerDecoder;
import io.keyswitch.llm.wire.Refusals;
import io.keyswitch.llm.wire.WireFormat;
import io.keyswitch.llm.wire.WireRequest;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirks;

/** Messages. */
public final class AnthropicWire implements WireFormat {
    public static final AnthropicWire INSTANCE = new AnthropicWire();

    private AnthropicWire() {}

    @Override
    public WireRequest encode(ModelId model, ChatRequest request, Quirks quirks, Refusals refused) {
        boolean streaming = quirks.streaming() && !refused.has(Refusals.STREAM);
        return new WireRequest("/messages", AnthropicRequest.write(model, request, quirks, streaming));
    }

    @Override
    public AnswerDecoder decoder() {
        return new AnthropicDecoder();
    }
}
