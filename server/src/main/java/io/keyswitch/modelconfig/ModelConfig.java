package io.keyswitch.modelconfig;

import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ProviderId;
import java.time.Instant;

/** A stored model config: the choice of a provider, a model and who pays. */
public record ModelConfig(ProviderId provider, ModelId modelId, KeySource keySource, Instant updatedAt) {
    /** Whether this is an earlier choice, but for the case of the model ID, which a check may correct. */
    boolean isOf(EarlierConfig.Choice choice) {
        return provider.equals(choice.provider())
                && modelId.value().equalsIgnoreCase(choice.model().value())
                && keySource == choice.source();
    }

    /** Whether another config chooses the same. */
    boolean isSameChoice(ModelConfig other) {
        return provider.equals(other.provider) && modelId.equals(other.modelId) && keySource == other.keySource;
    }
}
