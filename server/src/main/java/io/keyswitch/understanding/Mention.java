package io.keyswitch.understanding;

import io.keyswitch.provider.Provider;
import org.jspecify.annotations.Nullable;

/**
 * A provider or model that a message names.
 *
 * @param provider the one named; null if only a model was
 * @param misspelt the provider's name as it was typed, if it is not spelled so, or not offered here; else null
 * @param model null if only a provider was named
 * @param familiar whether the model belongs to a family that is known, or tells its path
 * @param ordinary whether it may be another word of everyday language
 */
record Mention(
        @Nullable Provider provider,
        @Nullable String misspelt,
        @Nullable SpokenModel model,
        boolean familiar,
        boolean ordinary) {

    /** Whether it is a provider that is not offered here. */
    boolean isElsewhere() {
        return misspelt != null && provider == null;
    }

    /** The provider named or the maker of the model named; null if neither is known. */
    @Nullable
    Provider owner() {
        if (provider != null) {
            return provider;
        }
        return model == null || model.hasPath() ? null : model.maker();
    }
}
