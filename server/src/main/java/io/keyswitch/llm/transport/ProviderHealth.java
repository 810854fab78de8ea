package io.keyswitch.llm.transport;

import com.github.benmanes.caffeine.cache.Cache;
import io.github.bucket4j.Bucket;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.Target;
import io.keyswitch.process.HeapShare;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ModelId;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How a provider has recently been doing for one key: a circuit breaker and a budget of retries. Kept per endpoint, key and
 * model, so that one user's trouble is never another's, not even where they share a key. Thread-safe.
 */
final class ProviderHealth {
    /** For how long nothing is sent after too many failures. */
    static final Duration PAUSE = Duration.ofSeconds(15);

    private static final CircuitBreakerConfig BREAKER = CircuitBreakerConfig.custom()
            .slidingWindowSize(10)
            .minimumNumberOfCalls(5)
            .failureRateThreshold(50)
            .waitDurationInOpenState(PAUSE)
            .permittedNumberOfCallsInHalfOpenState(1)
            .writableStackTraceEnabled(false)
            .build();

    private static final int RETRIES_AT_ONCE = 20;

    /** The health of each provider and key used in the last minutes. */
    static final class Registry {
        private record Use(Endpoint endpoint, ModelId model, String keyFingerprint) {}

        /** With a breaker and a budget; most have neither. */
        private static final int BYTES = 1200;

        private final Cache<Use, ProviderHealth> uses = HeapShare.PROVIDER_HEALTH
                .cache((Use use, ProviderHealth _) -> HeapShare.bytes(
                        BYTES, use.endpoint().baseUrl(), use.model().value(), use.keyFingerprint()))
                .expireAfterAccess(Duration.ofMinutes(10))
                .build();

        ProviderHealth of(Target target) {
            return of(target.endpoint(), target.model(), target.key().fingerprint());
        }

        ProviderHealth of(Endpoint endpoint, ModelId model, String keyFingerprint) {
            var use = new Use(endpoint, model, keyFingerprint);
            return uses.get(use, _ -> new ProviderHealth());
        }
    }

    private final CircuitBreaker breaker = CircuitBreaker.of("provider", BREAKER);
    private final Bucket retries = Bucket.builder()
            .addLimit(limit -> limit.capacity(RETRIES_AT_ONCE).refillGreedy(1, Duration.ofSeconds(1)))
            .build();

    /** Whether a request may be sent now. If so, one of the next three must be told how it went. */
    boolean admits() {
        return breaker.tryAcquirePermission();
    }

    void answered() {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    /**
     * A request failed. Only what the content of a request cannot bring about speaks against the provider: else one user
     * could close a shared key to all.
     */
    void failed(LlmFailure failure) {
        if (failure.is(Reason.UNREACHABLE) || failure.is(Reason.OVERLOADED)) {
            breaker.onError(0, TimeUnit.NANOSECONDS, new LlmException(failure));
        } else {
            answered();
        }
    }

    void cancelled() {
        breaker.releasePermission();
    }

    /** Takes one retry from the budget, if there is one. */
    boolean takeRetry() {
        return retries.tryConsume(1);
    }
}
