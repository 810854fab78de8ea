package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.llm.ListedModel;
import io.keyswitch.modelconfig.HeldKeys.Held;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelConfig;
import io.keyswitch.modelconfig.Undoable;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.secret.ApiKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stored values and models that the flow can use or offer. Gathered before a message is answered; contains no stored
 * key.
 *
 * @param inForce the config in force in the thread; null if there is none
 * @param ofThread whether that is the thread's own config
 * @param keys the user's stored keys
 * @param lastChange the change that an undo reverts; null if none is known
 * @param held the key that was pasted into the thread; null if there is none
 * @param models the models of the open question's provider; empty if unknown
 */
record Facts(
        @Nullable ModelConfig inForce,
        boolean ofThread,
        List<Key> keys,
        @Nullable Undoable lastChange,
        @Nullable Held held,
        List<ListedModel> models) {
    static final Facts NONE = new Facts(null, false, List.of(), null, null, List.of());

    /**
     * A stored key.
     *
     * @param accountId null for providers without one
     * @param hint its last characters
     * @param readable whether it can be decrypted; if not, it can only be deleted or replaced
     */
    record Key(ProviderId provider, @Nullable String accountId, String hint, boolean readable) {}

    Facts {
        keys = List.copyOf(keys);
        models = List.copyOf(models);
    }

    Facts with(List<ListedModel> listed) {
        return new Facts(inForce, ofThread, keys, lastChange, held, listed);
    }

    Facts with(Held pasted) {
        return new Facts(inForce, ofThread, keys, lastChange, pasted, models);
    }

    Facts withoutHeld() {
        return new Facts(inForce, ofThread, keys, lastChange, null, models);
    }

    /** The pasted key if its user said that it is for a provider; otherwise null. */
    @Nullable
    ApiKey heldFor(Provider provider) {
        return held != null && held.confirmed() && held.providers().contains(provider) ? held.key() : null;
    }

    /** The providers that a pasted key may be for; empty if none is held. */
    List<Provider> heldProviders() {
        return held == null ? List.of() : held.providers();
    }

    /** The config in force if it uses the user's own key; otherwise null. */
    @Nullable
    ModelConfig configOnOwnKey() {
        return inForce != null && inForce.keySource() == KeySource.OWN ? inForce : null;
    }

    /** The account of the user's key for a provider; null if there is none. */
    @Nullable
    String accountId(Provider provider) {
        return keyOf(provider).map(Key::accountId).orElse(null);
    }

    /** The last characters of the key stored for a provider and account; null if there is none. */
    @Nullable
    String keyHint(Provider provider, @Nullable String accountId) {
        return keyOf(provider)
                .filter(key -> Objects.equals(key.accountId(), accountId))
                .map(Key::hint)
                .orElse(null);
    }

    /** Whether a key that can be decrypted is stored for a provider. */
    boolean hasKey(Provider provider) {
        return keyOf(provider).isPresent();
    }

    private Optional<Key> keyOf(Provider provider) {
        return keys.stream()
                .filter(key -> key.readable() && key.provider().equals(provider.id()))
                .findFirst();
    }

    /** Whether two model questions offer the same list. */
    static boolean sameList(AskModelId one, AskModelId other) {
        return one.provider().equals(other.provider())
                && one.keySource() == other.keySource()
                && Objects.equals(one.accountId(), other.accountId());
    }
}
