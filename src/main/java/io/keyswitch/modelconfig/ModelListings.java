package io.keyswitch.modelconfig;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyswitch.llm.ListedModel;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.Target;
import io.keyswitch.llm.transport.LlmClient;
import io.keyswitch.llm.wire.ModelList;
import io.keyswitch.llm.wire.ProviderErrors;
import io.keyswitch.provider.Endpoint;
import java.time.Duration;
import java.util.List;

/**
 * What providers list with a given key, remembered for a while per endpoint and key: other keys may see other models.
 * Blocking; thread-safe.
 */
public final class ModelListings {
    private record Asked(Endpoint endpoint, String keyFingerprint) {}

    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MAX_REMEMBERED = 10_000;

    private final LlmClient llm;
    private final Cache<Asked, List<ListedModel>> listings = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(MAX_REMEMBERED)
            .build();

    public ModelListings(LlmClient llm) {
        this.llm = llm;
    }

    /**
     * The models the provider lists for this key.
     *
     * @return empty if it lists none
     * @throws LlmException if it does not answer, or not with a list
     */
    public List<ListedModel> list(Target target) {
        var asked = new Asked(target.endpoint(), target.key().fingerprint());
        var known = listings.getIfPresent(asked);
        if (known != null) {
            return known;
        }
        var fresh = ask(target);
        listings.put(asked, fresh);
        return fresh;
    }

    private List<ListedModel> ask(Target target) {
        var models = target.provider().models();
        if (models == null) {
            return List.of();
        }
        var reply = llm.get(target, models.get());
        if (reply.status() / 100 != 2 || ProviderErrors.isError(reply.body())) {
            throw new LlmException(ProviderErrors.of(reply.status(), reply.retryAfter(), reply.body()));
        }
        return ModelList.read(models.shape(), reply.body());
    }
}
