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
 * A circuit breaker and a retry budget. Kept per endpoint, key and model, so that failures of one user's key or model
 * do not block others. Thread-safe.
 */
final class ProviderHealth {
    /** How long the circuit breaker stays open. */
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

    /** The health of each endpoint, model and key; evicted after 10 minutes without use. */
    static final class Registry {
        private record Use(Endpoint endpoint, ModelId model, String keyFingerprint) {}

        /** The approximate size of an entry without its strings, in bytes. */
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

    /**
     * Whether a request may be sent now. If so, the caller must report the result to {@link #answered}, {@link #failed}
     * or {@link #cancelled}.
     */
    boolean admits() {
        return breaker.tryAcquirePermission();
    }

    void answered() {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    /**
     * Records a failed request. Only failures that the content of a request cannot cause count; otherwise one user
     * could open the circuit breaker of a shared key.
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

    /** Takes one token from the retry budget; false if none is left. */
    boolean takeRetry() {
        return retries.tryConsume(1);
    }
}
