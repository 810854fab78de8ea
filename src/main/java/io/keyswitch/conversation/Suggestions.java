package io.keyswitch.conversation;

import io.keyswitch.core.UserId;
import io.keyswitch.llm.ListedModel;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.Target;
import io.keyswitch.modelconfig.KeySource;
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
 * Finds what is at hand for a user, the models live from the provider. A list that does not come quickly is left to arrive
 * while the conversation goes on: no later message waits for the same one. Blocking, briefly; thread-safe.
 */
public final class Suggestions {
    /** A conversation does not wait longer for what only helps. */
    private static final Duration PATIENCE = Duration.ofMillis(700);

    /** What a provider lists depends on the key. */
    private record Asked(Endpoint endpoint, String keyFingerprint) {}

    private final ModelListCache listings;
    private final ProjectKeys projectKeys;
    private final StoredKeys storedKeys;
    private final Executor executor;
    private final ConcurrentMap<Asked, CompletableFuture<List<ListedModel>>> inFlight = new ConcurrentHashMap<>();

    public Suggestions(ModelListCache listings, ProjectKeys projectKeys, StoredKeys storedKeys, Executor executor) {
        this.listings = listings;
        this.projectKeys = projectKeys;
        this.storedKeys = storedKeys;
        this.executor = executor;
    }

    AtHand of(UserId user) {
        return new AtHand() {
            @Override
            public @Nullable ApiKey key(Provider provider, @Nullable String accountId) {
                return storedKeys.find(user, provider, accountId);
            }

            @Override
            public @Nullable String accountId(Provider provider) {
                return storedKeys.accountId(user, provider);
            }

            @Override
            public List<ListedModel> models(Provider provider, KeySource source, @Nullable String accountId) {
                var key = source == KeySource.PROJECT ? projectKeys.find(provider) : key(provider, accountId);
                return key == null ? List.of() : listed(user, provider, accountId, key);
            }
        };
    }

    private List<ListedModel> listed(UserId user, Provider provider, @Nullable String accountId, ApiKey key) {
        var target = new Target(provider, provider.endpoint(accountId), provider.defaultModel(), key, user.value());
        var asked = new Asked(target.endpoint(), key.fingerprint());
        var earlier = inFlight.get(asked);
        if (earlier != null) {
            return earlier.exceptionally(Suggestions::noneOnFailure).getNow(List.of());
        }
        var started = CompletableFuture.supplyAsync(() -> listings.list(target), executor);
        inFlight.put(asked, started);
        return started.whenComplete((_, _) -> inFlight.remove(asked, started))
                .exceptionally(Suggestions::noneOnFailure)
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
