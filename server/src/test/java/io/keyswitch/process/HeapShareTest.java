package io.keyswitch.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HeapShareTest {
    @Test
    void theSharesOfAllCachesSumToAtMost42Percent() {
        assertThat(Arrays.stream(HeapShare.values())
                        .mapToInt(HeapShare::percent)
                        .sum())
                .isLessThanOrEqualTo(42);
    }

    @Test
    void aCacheHoldsNoMoreThanItsShare() {
        var cache = HeapShare.REFUSED_PARAMETERS
                .cache((String key, String value) -> HeapShare.bytes(0, key, value))
                .build();
        long entries = Runtime.getRuntime().maxMemory() / 100 / HeapShare.bytes(0, "x".repeat(1000), "y");
        for (int i = 0; i < 3 * entries; i++) {
            cache.put("%01000d".formatted(i), "y");
        }
        cache.cleanUp();
        assertThat(cache.estimatedSize()).isBetween(entries / 2, entries);
    }
}
