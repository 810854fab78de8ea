package io.keyswitch.modelchange;

import io.keyswitch.llm.ListedModel;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.Target;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelListings;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.modelconfig.Route;
import io.keyswitch.modelconfig.Router;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.Provider;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.user.UserId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The models to offer at the flow's model question, live from the provider where a key is at hand. Blocking, briefly. */
public final class Suggestions {
    /** A conversation does not wait longer for what only helps. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ModelListings listings;
    private final ProjectKeys projectKeys;
    private final Router router;
    private final Executor executor;

    public Suggestions(ModelListings listings, ProjectKeys projectKeys, Router router, Executor executor) {
        this.listings = listings;
        this.projectKeys = projectKeys;
        this.router = router;
        this.executor = executor;
    }

    /** The models to offer, the provider's default first; empty at every other question. */
    List<ListedModel> options(UserId user, FlowState state) {
        if (!(state instanceof FlowState.AskModelId(var provider, var source, var accountId))) {
            return List.of();
        }
        var key = keyAtHand(user, provider, source, provider.endpoint(accountId));
        if (key == null) {
            return List.of();
        }
        var target = new Target(provider, provider.endpoint(accountId), provider.defaultModel(), key);
        return CompletableFuture.supplyAsync(() -> listings.list(target), executor)
                .completeOnTimeout(List.of(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(Suggestions::noneOnFailure)
                .join();
    }

    private static List<ListedModel> noneOnFailure(Throwable failure) {
        if (failure instanceof CompletionException wrapped && wrapped.getCause() instanceof LlmException) {
            return List.of();
        }
        throw new IllegalStateException(failure);
    }

    /** The project key, or the user's stored key if it is for the same endpoint. */
    private @Nullable ApiKey keyAtHand(UserId user, Provider provider, KeySource source, Endpoint endpoint) {
        return switch (source) {
            case PROJECT -> projectKeys.find(provider);
            case OWN ->
                router.route(user) instanceof Route.Ready(var target, var paid)
                                && paid == KeySource.OWN
                                && target.provider().id().equals(provider.id())
                                && target.endpoint().equals(endpoint)
                        ? target.key()
                        : null;
        };
    }
}
