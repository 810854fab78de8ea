package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.llm.ListedModel;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stored values and models that the flow can use or offer. Gathered before a message is answered; contains no key.
 *
 * @param stored the provider and account the user's config is for; null if there is no config
 * @param models the models of the open question's provider; empty if unknown
 */
record Facts(@Nullable Stored stored, List<ListedModel> models) {
    static final Facts NONE = new Facts(null, List.of());

    /**
     * A provider and account, with the key stored for them.
     *
     * @param model the model in use
     * @param accountId null for providers without one
     * @param keyHint the last characters of the key; null if none is stored or it cannot be decrypted
     */
    record Stored(
            ProviderId provider,
            ModelId model,
            @Nullable String accountId,
            @Nullable String keyHint) {}

    Facts {
        models = List.copyOf(models);
    }

    Facts with(List<ListedModel> listed) {
        return new Facts(stored, listed);
    }

    /** The account of the user's config for a provider; null if there is none. */
    @Nullable
    String accountId(Provider provider) {
        return stored == null || !stored.provider().equals(provider.id()) ? null : stored.accountId();
    }

    /** The last characters of the key stored for a provider and account; null if there is none. */
    @Nullable
    String keyHint(Provider provider, @Nullable String accountId) {
        return stored == null
                        || !stored.provider().equals(provider.id())
                        || !Objects.equals(stored.accountId(), accountId)
                ? null
                : stored.keyHint();
    }

    /** Whether two model questions offer the same list. */
    static boolean sameList(AskModelId one, AskModelId other) {
        return one.provider().equals(other.provider())
                && one.keySource() == other.keySource()
                && Objects.equals(one.accountId(), other.accountId());
    }
}
