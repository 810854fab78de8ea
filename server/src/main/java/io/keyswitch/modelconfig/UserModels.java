package io.keyswitch.modelconfig;

import io.keyswitch.core.Details;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.core.UserId;
import io.keyswitch.llm.ListedModel;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.Target;
import io.keyswitch.provider.Provider;
import io.keyswitch.secret.ApiKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lists a provider's models for a user with the first available key: given, stored or project. Blocking; thread-safe.
 */
public final class UserModels {
    /** The source of the list. */
    public enum Source {
        /** The provider, with the given key. */
        GIVEN,
        /** The provider, with the user's stored key. */
        STORED,
        /** The provider, with the operator's key. */
        PROJECT,
        /** The registry, because there is no key or the provider has no model list. */
        REGISTRY
    }

    /** A model list and its source. */
    public record Listing(List<ListedModel> models, Source source) {
        public Listing {
            models = List.copyOf(models);
        }
    }

    private record Found(ApiKey key, Source source) {}

    private final ModelListCache listings;
    private final StoredKeys storedKeys;
    private final ProjectKeys projectKeys;

    public UserModels(ModelListCache listings, StoredKeys storedKeys, ProjectKeys projectKeys) {
        this.listings = listings;
        this.storedKeys = storedKeys;
        this.projectKeys = projectKeys;
    }

    /**
     * The current models of a provider.
     *
     * @param accountId a valid account ID; null for providers without account IDs
     * @param given the key to use; null for the stored key or the project key
     * @throws Failure if the list cannot be fetched
     */
    public Listing list(UserId user, Provider provider, @Nullable String accountId, @Nullable ApiKey given) {
        var found = key(user, provider, accountId, given);
        if (found == null || provider.models().endpoint() == null) {
            return new Listing(ModelListCache.known(provider), Source.REGISTRY);
        }
        try {
            var target = new Target(
                    provider, provider.endpoint(accountId), provider.defaultModel(), found.key(), user.value());
            return new Listing(listings.list(target), found.source());
        } catch (LlmException e) {
            throw failure(provider, e.failure(), found.source());
        }
    }

    private @Nullable Found key(UserId user, Provider provider, @Nullable String accountId, @Nullable ApiKey given) {
        if (given != null) {
            return new Found(given, Source.GIVEN);
        }
        var stored = storedKeys.find(user, provider, accountId);
        if (stored != null) {
            return new Found(stored, Source.STORED);
        }
        var project = projectKeys.find(provider);
        return project == null ? null : new Found(project, Source.PROJECT);
    }

    private static Failure failure(Provider provider, LlmFailure failure, Source source) {
        var noListing = new Failure(Reason.NO_LISTING, new NoListing(provider, failure.retryable()));
        if (source == Source.PROJECT) {
            return noListing;
        }
        return switch (failure.reason()) {
            case INVALID_KEY -> ProviderFailures.of(Reason.KEY_REFUSED, provider);
            case KEY_LEAKED, KEY_EXPIRED, ACCOUNT_SUSPENDED -> ProviderFailures.of(failure.reason(), provider);
            default -> noListing;
        };
    }

    private record NoListing(Provider provider, boolean retryable) implements Details {
        @Override
        public Map<String, Object> fields() {
            return Map.of("retryable", retryable);
        }

        @Override
        public Map<String, String> arguments() {
            return Map.of("provider", provider.displayName());
        }
    }
}
