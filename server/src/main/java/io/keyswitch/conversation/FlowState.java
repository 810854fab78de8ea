package io.keyswitch.conversation;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import org.jspecify.annotations.Nullable;

/** The open question of the flow, with the answers so far. Never contains a key. */
public sealed interface FlowState {
    /** The provider that the question is about; null if it asks for one. */
    @Nullable
    Provider provider();

    /** What was said of the model in words that leave its ID open, such as "the mini"; null if nothing, or no longer needed. */
    default @Nullable String words() {
        return null;
    }

    /**
     * Which provider?
     *
     * @param suggested the suggestion that a "yes" accepts; null if there is none
     * @param keySource whose key is wanted; null if it was not said yet
     */
    record AskProvider(
            @Nullable Provider suggested, @Nullable KeySource keySource) implements FlowState {
        AskProvider(@Nullable Provider suggested) {
            this(suggested, null);
        }

        AskProvider suggesting(@Nullable Provider other) {
            return new AskProvider(other, keySource);
        }

        @Override
        public @Nullable Provider provider() {
            return null;
        }
    }

    /**
     * Shall a pasted key be used, and for which provider?
     *
     * @param suggested the provider that a "yes" accepts; null if there are several to choose from
     * @param interrupted the question that was open when it was pasted; null if none was
     */
    record AskKeyUse(@Nullable Provider suggested, @Nullable FlowState interrupted) implements FlowState {
        @Override
        public @Nullable Provider provider() {
            return suggested;
        }
    }

    /**
     * The default key or the user's own?
     *
     * @param model null if not chosen yet
     * @param words what was said of the model; null if nothing, or if it is chosen
     */
    record AskKeySource(
            Provider provider,
            @Nullable ModelId model,
            @Nullable String words) implements FlowState {
        AskKeySource(Provider provider, @Nullable ModelId model) {
            this(provider, model, null);
        }
    }

    /**
     * Which account?
     *
     * @param model null if not chosen yet
     * @param words what was said of the model; null if nothing, or if it is chosen
     */
    record AskAccountId(
            Provider provider,
            @Nullable ModelId model,
            @Nullable String words) implements FlowState {
        AskAccountId(Provider provider, @Nullable ModelId model) {
            this(provider, model, null);
        }
    }

    /**
     * Which model?
     *
     * @param accountId null for providers without one
     * @param doubted the unlisted ID that the user typed, used if typed again; null if there is none
     * @param suggested the suggestion that a "yes" accepts; null if there is none
     */
    record AskModelId(
            Provider provider,
            KeySource keySource,
            @Nullable String accountId,
            @Nullable ModelId doubted,
            @Nullable ModelId suggested)
            implements FlowState {
        AskModelId(Provider provider, KeySource keySource, @Nullable String accountId) {
            this(provider, keySource, accountId, null, null);
        }

        /** The model that a "yes" means: the suggestion, else what was typed, if that is an ID and no mere word. */
        @Nullable
        ModelId confirmed() {
            boolean id = doubted != null
                    && ModelReply.isPossible(doubted.value())
                    && ModelReply.LIKE_AN_ID.matcher(doubted.value()).find();
            return suggested == null && id ? doubted : suggested;
        }
    }

    /**
     * Which API key? It is removed from the message before anything is stored.
     *
     * @param model the model to use with it; null if only the stored key is to be replaced
     */
    record AskApiKey(
            Provider provider,
            @Nullable String accountId,
            @Nullable ModelId model) implements FlowState {}
}
