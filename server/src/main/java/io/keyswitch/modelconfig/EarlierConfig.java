package io.keyswitch.modelconfig;

import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ProviderId;

/** What a scope used before its present config. */
public sealed interface EarlierConfig {
    /** No config of its own. */
    record None() implements EarlierConfig {}

    /** Another choice. */
    record Choice(ProviderId provider, ModelId model, KeySource source) implements EarlierConfig {}
}
