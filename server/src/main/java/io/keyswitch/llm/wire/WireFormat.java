package io.keyswitch.llm.wire;

import io.keyswitch.llm.ChatRequest;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirks;

/** One wire format. Stateless and thread-safe. */
public interface WireFormat {
    /**
     * Writes a request.
     *
     * @param model the id the provider knows the model by
     * @param refused what this model was found to refuse
     * @throws io.keyswitch.llm.LlmException if the request cannot be said in this wire format
     */
    WireRequest encode(ModelId model, ChatRequest request, Quirks quirks, Refusals refused);

    /** What OpenAI's format calls a field of this one's requests. */
    default String openAiName(String field) {
        return field;
    }

    /** A new decoder for one answer. */
    AnswerDecoder decoder();
}
