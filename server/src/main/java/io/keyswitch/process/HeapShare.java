package io.keyswitch.process;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import org.jspecify.annotations.Nullable;

/**
 * The caches that grow with the number of users, each with the percentage of the heap that it may use. Their sum stays
 * below 50, so that more than half of the heap remains for in-flight requests.
 */
public enum HeapShare {
    VERIFIED_TOKENS(6),
    APP_CHECK_TOKENS(2),
    PERSONAL_TOKENS(3),
    MODEL_CONFIGS(8),
    MODEL_LISTINGS(4),
    REQUESTS_PER_MINUTE(3),
    MESSAGES_PER_DAY(3),
    CHARACTERS_PER_DAY(3),
    REQUESTS_PER_ADDRESS(2),
    PROVIDER_HEALTH(2),
    REFUSED_PARAMETERS(1),
    SENT_MESSAGES(2),
    CALL_SIGNATURES(2);

    private static final int PERCENT = 100;
    /** The overhead of a cache entry in bytes, with compact object headers; measured and rounded up. */
    private static final int ENTRY = 200;

    private static final int STRING = 40;

    private final int percent;

    HeapShare(int percent) {
        this.percent = percent;
    }

    int percent() {
        return percent;
    }

    /**
     * Creates the builder of a cache that is limited to this share of the heap. Its users maintain it: waking another thread for it costs
     * more. So listeners must not block.
     *
     * @param bytes computes the size of an entry with {@link #bytes}
     */
    public <K, V> Caffeine<K, V> cache(Weigher<K, V> bytes) {
        return Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(Runtime.getRuntime().maxMemory() * percent / PERCENT)
                .weigher(bytes);
    }

    /**
     * An upper bound of the size of an entry, in bytes.
     *
     * @param fixed the size of its objects without strings, in bytes
     * @param strings the strings that only this entry references
     */
    public static int bytes(int fixed, @Nullable String... strings) {
        int bytes = ENTRY + fixed;
        for (var string : strings) {
            bytes += string == null ? 0 : STRING + 2 * string.length();
        }
        return bytes;
    }
}
