package io.keyswitch.llm.wire;

import io.keyswitch.llm.ChatRequest;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirks;

/** Encodes requests and decodes responses of one wire format. Stateless and thread-safe. */
public interface WireFormat {
    /**
     * Encodes a request.
     *
     * @param model the provider's ID of the model
     * @param refused the fields that this model rejects
     * @throws io.keyswitch.llm.LlmException if this wire format cannot express the request
     */
    WireRequest encode(ModelId model, ChatRequest request, Quirks quirks, Refusals refused);

    /** The name that OpenAI's format uses for a request field of this one. */
    default String openAiName(String field) {
        return field;
    }

    /** Creates a decoder for one response. */
    AnswerDecoder decoder();
}
