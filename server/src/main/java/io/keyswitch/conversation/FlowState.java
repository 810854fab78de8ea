package io.keyswitch.conversation;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import org.jspecify.annotations.Nullable;

/** What the flow is waiting for, with what it knows by then. Never holds a key. */
public sealed interface FlowState {
    /**
     * Which provider?
     *
     * @param suggested the one a "yes" would mean; null if none was suggested
     */
    record AskProvider(@Nullable Provider suggested) implements FlowState {}

    /**
     * The default key or the user's own?
     *
     * @param model null if it is still to be asked
     */
    record AskKeySource(Provider provider, @Nullable ModelId model) implements FlowState {}

    /**
     * Which account?
     *
     * @param model null if it is still to be asked
     */
    record AskAccountId(Provider provider, @Nullable ModelId model) implements FlowState {}

    /**
     * Which model?
     *
     * @param accountId null for providers without one
     * @param doubted what the user typed and nobody lists, to be used if typed again; null if nothing was
     * @param suggested the one a "yes" would mean; null if none was suggested
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
    }

    /** The key, which is taken before anything of the message is stored. */
    record AskApiKey(Provider provider, @Nullable String accountId, ModelId model) implements FlowState {}
}
