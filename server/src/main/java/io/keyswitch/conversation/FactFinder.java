package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import io.keyswitch.llm.ListedModel;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.Target;
import io.keyswitch.modelconfig.HeldKeys;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelConfigs;
import io.keyswitch.modelconfig.ModelListCache;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.modelconfig.StoredKeys;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.Provider;
import io.keyswitch.secret.ApiKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the {@link Facts} for a user's message, with the provider's current models. Waits briefly for a model list;
 * later messages do not wait for a list that is still in flight. Blocking; thread-safe.
 */
public final class FactFinder {
    /** Maximum wait for a model list, which is optional. */
    private static final Duration PATIENCE = Duration.ofMillis(700);

    /** Identifies a model list; lists depend on the key. */
    private record Asked(Endpoint endpoint, String keyFingerprint) {}

    private final ProjectKeys projectKeys;
    private final ModelConfigs configs;
    private final StoredKeys storedKeys;
    private final HeldKeys heldKeys;
    private final ModelListCache listings;
    private final Executor executor;
    private final ConcurrentMap<Asked, CompletableFuture<List<ListedModel>>> inFlight = new ConcurrentHashMap<>();

    public FactFinder(
            ProjectKeys projectKeys,
            ModelConfigs configs,
            StoredKeys storedKeys,
            HeldKeys heldKeys,
            ModelListCache listings,
            Executor executor) {
        this.projectKeys = projectKeys;
        this.configs = configs;
        this.storedKeys = storedKeys;
        this.heldKeys = heldKeys;
        this.listings = listings;
        this.executor = executor;
    }

    /** The user's stored keys, whatever their providers; without those that cannot be decrypted. */
    List<ApiKey> ownKeys(UserId user) {
        return storedKeys.all(user);
    }

    /** The facts about a user in a thread, without a list of models. */
    Facts about(ThreadRef thread) {
        var inForce = configs.inForce(thread);
        var user = thread.user();
        var keys = configs.keys(user).stream()
                .map(key ->
                        new Facts.Key(key.provider(), key.accountId(), key.hint(), storedKeys.isReadable(user, key)))
                .toList();
        return new Facts(
                inForce.readable(),
                inForce.scope().isThread(),
                keys,
                configs.undoable(thread, inForce),
                heldKeys.find(thread),
                List.of());
    }

    /** The models that a provider lists for the user's own key or the project key. */
    List<ListedModel> models(UserId user, Provider provider, Facts known) {
        var account = known.accountId(provider);
        boolean own = known.keyHint(provider, account) != null || known.heldFor(provider) != null;
        boolean located = provider.accountId() == null || account != null;
        boolean reachable = (own && located) || (projectKeys.covers(provider) && provider.accountId() == null);
        return reachable
                ? models(user, new AskModelId(provider, own ? KeySource.OWN : KeySource.PROJECT, account), known)
                : List.of();
    }

    /**
     * The provider's models for the key of a question; empty if there is no key or the list does not arrive in time.
     */
    List<ListedModel> models(UserId user, AskModelId asked, Facts known) {
        var key = key(user, asked, known);
        if (key == null) {
            return List.of();
        }
        var provider = asked.provider();
        var endpoint = provider.endpoint(asked.accountId());
        return listed(new Target(provider, endpoint, provider.defaultModel(), key, user.value()));
    }

    private @Nullable ApiKey key(UserId user, AskModelId asked, Facts known) {
        if (asked.keySource() == KeySource.PROJECT) {
            return projectKeys.find(asked.provider());
        }
        var held = known.heldFor(asked.provider());
        return held == null ? storedKeys.find(user, asked.provider(), asked.accountId()) : held;
    }

    private List<ListedModel> listed(Target target) {
        var asked = new Asked(target.endpoint(), target.key().fingerprint());
        var earlier = inFlight.get(asked);
        if (earlier != null) {
            return earlier.exceptionally(FactFinder::noneOnFailure).getNow(List.of());
        }
        var started = CompletableFuture.supplyAsync(() -> listings.list(target), executor);
        inFlight.put(asked, started);
        return started.whenComplete((_, _) -> inFlight.remove(asked, started))
                .exceptionally(FactFinder::noneOnFailure)
                .completeOnTimeout(List.of(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static List<ListedModel> noneOnFailure(Throwable failure) {
        if (failure instanceof CompletionException wrapped && wrapped.getCause() instanceof LlmException) {
            return List.of();
        }
        throw new IllegalStateException(failure);
    }
}
