package io.keyswitch.llm.wire;

import io.keyswitch.llm.ChatRequest;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirks;
import java.util.Set;

/** One wire format. Stateless and thread-safe. */
public interface WireFormat {
    /**
     * Writes a request.
     *
     * @param model the id the provider knows the model by
     * @param adjustments what this model was found to need
     * @throws io.keyswitch.llm.LlmException if the request cannot be said in this wire format
     */
    WireRequest encode(ModelId model, ChatRequest request, Quirks quirks, Set<Adjustment> adjustments);

    /** A new decoder for one answer. */
    AnswerDecoder decoder();
}
