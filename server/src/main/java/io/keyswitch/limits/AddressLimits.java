package io.keyswitch.limits;

import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.process.HeapShare;
import io.keyswitch.settings.Settings;
import java.time.Duration;
import java.time.InstantSource;

/** The rate limit of each client address, for all its users together. Thread-safe. */
public final class AddressLimits {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int requestsPerMinute;
    private final Buckets buckets;
    private final LoadingCache<String, Bucket> requests;

    public AddressLimits(Settings.Limits limits, InstantSource clock) {
        this.requestsPerMinute = limits.requestsPerMinutePerAddress();
        this.buckets = new Buckets(clock);
        this.requests = HeapShare.REQUESTS_PER_ADDRESS
                .cache((String address, Bucket _) -> HeapShare.bytes(Buckets.BYTES, address))
                .expireAfterAccess(MINUTE.multipliedBy(2))
                .build(_ -> buckets.perMinute(requestsPerMinute));
    }

    /**
     * Counts a request.
     *
     * @throws Failure if the address exceeds its rate limit
     */
    public void countRequest(String address) {
        buckets.take(
                requests.get(address), 1, new Buckets.Limit(requestsPerMinute, Reason.REQUESTS_PER_MINUTE_PER_ADDRESS));
    }
}
