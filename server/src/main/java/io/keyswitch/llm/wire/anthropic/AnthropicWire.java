package io.keyswitch.llm.wire.anthropic;

import io.keyswitch.llm.ChatRequest;
import io.keyswitch.llm.wire.AnswerDecoder;
import io.keyswitch.llm.wire.Refusals;
import io.keyswitch.llm.wire.WireFormat;
import io.keyswitch.llm.wire.WireRequest;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirks;

/** Anthropic's Messages API. */
public final class AnthropicWire implements WireFormat {
    public static final AnthropicWire INSTANCE = new AnthropicWire();

    private AnthropicWire() {}

    @Override
    public WireRequest encode(ModelId model, ChatRequest request, Quirks quirks, Refusals refused) {
        return AnthropicRequest.write(model, request, quirks, refused);
    }

    @Override
    public String openAiName(String field) {
        return switch (field) {
            case "stop_sequences" -> "stop";
            case "system" -> "messages";
            case "metadata" -> "user";
            case "thinking", "output_config" -> "reasoning_effort";
            default -> field;
        };
    }

    @Override
    public AnswerDecoder decoder() {
        return new AnthropicDecoder();
    }
}
