package io.keyswitch.modelconfig;

import com.github.benmanes.caffeine.cache.Cache;
import io.keyswitch.llm.ListedModel;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.Target;
import io.keyswitch.llm.transport.LlmClient;
import io.keyswitch.llm.transport.Reply;
import io.keyswitch.llm.wire.ModelListReader;
import io.keyswitch.llm.wire.ProviderErrors;
import io.keyswitch.process.HeapShare;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ModelsEndpoint;
import io.keyswitch.provider.Provider;
import java.time.Duration;
import java.util.List;

/**
 * Caches providers' model lists for 10 minutes, per endpoint and key: other keys may see other models. Blocking;
 * thread-safe.
 */
public final class ModelListCache {
    private record Asked(Endpoint endpoint, String keyFingerprint) {
        static Asked by(Target target) {
            return new Asked(target.endpoint(), target.key().fingerprint());
        }
    }

    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MAX_MODELS = 5_000;

    private final LlmClient llm;
    private final Cache<Asked, List<ListedModel>> listings = HeapShare.MODEL_LISTINGS
            .cache(ModelListCache::bytes)
            .expireAfterWrite(REMEMBERED)
            .build();

    public ModelListCache(LlmClient llm) {
        this.llm = llm;
    }

    /**
     * The models the provider lists for this key.
     *
     * @return empty if the provider has no model list
     * @throws LlmException if the provider cannot be reached or returns an error
     */
    public List<ListedModel> list(Target target) {
        var known = listings.getIfPresent(Asked.by(target));
        if (known != null) {
            return known;
        }
        return fresh(target);
    }

    /** As {@link #list}, but as the provider lists them now. */
    List<ListedModel> fresh(Target target) {
        var models = target.provider().models().endpoint();
        return models == null ? List.of() : add(target, models, ask(target, models));
    }

    /** Adds a list that the provider has just replied with, and returns it. */
    List<ListedModel> add(Target target, ModelsEndpoint models, Reply reply) {
        var fresh = read(target, models, reply);
        // An empty one may be a reply that could not be read.
        if (!fresh.isEmpty()) {
            listings.put(Asked.by(target), fresh);
        }
        return fresh;
    }

    /** The models of the provider's registry entry. */
    public static List<ListedModel> known(Provider provider) {
        return provider.knownModels().stream()
                .map(model -> new ListedModel(model.value(), null, null))
                .toList();
    }

    private Reply ask(Target target, ModelsEndpoint models) {
        var reply = llm.get(target, models.get());
        if (reply.status() / 100 != 2 || ProviderErrors.isError(reply.body())) {
            throw new LlmException(ProviderErrors.of(reply.status(), reply.retryAfter(), reply.body()));
        }
        return reply;
    }

    /**
     * Parses a model list. Drops entries that contain the key, because users see the list, all users that of a project
     * key.
     */
    private static List<ListedModel> read(Target target, ModelsEndpoint models, Reply reply) {
        return ModelListReader.read(models.shape(), reply.body()).stream()
                .filter(model -> !target.key().isIn(model.id() + "\n" + model.displayName()))
                .limit(MAX_MODELS)
                .toList();
    }

    private static int bytes(Asked asked, List<ListedModel> listing) {
        return HeapShare.bytes(40, asked.endpoint().baseUrl(), asked.keyFingerprint())
                + listing.stream()
                        .mapToInt(model -> HeapShare.bytes(0, model.id(), model.displayName()))
                        .sum();
    }
}
