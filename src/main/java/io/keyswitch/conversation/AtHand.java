package io.keyswitch.conversation;

import io.keyswitch.llm.ListedModel;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.Provider;
import io.keyswitch.secret.ApiKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the flow need not ask a user for, or can offer: the key and account already stored, and the models there are. */
interface AtHand {
    /** The user's stored key for a provider and account; null if there is none. */
    @Nullable
    ApiKey key(Provider provider, @Nullable String accountId);

    /** The account of the user's stored key for a provider; null if there is none. */
    @Nullable
    String accountId(Provider provider);

    /** What the provider lists with a key that is at hand; empty if there is none, or the provider does not tell in time. */
    List<ListedModel> models(Provider provider, KeySource source, @Nullable String accountId);
}
