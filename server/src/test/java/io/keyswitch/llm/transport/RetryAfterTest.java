package io.keyswitch.llm.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z"));

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "7, PT7S",
                "0, PT0S",
                "77.25, PT78S",
                "77.00, PT77S",
                "'Wed, 25 Nov 2026 12:00:30 GMT', PT30S",
                "'Wed, 25 Nov 2026 11:00:00 GMT', none",
                "999999999, PT24H",
                "-3, none",
                "soon, none"
            })
    void theHeaderIsReadAsSecondsOrADate(String value, Duration wait) {
        assertThat(RetryAfter.of(new DefaultHttpHeaders().add("Retry-After", value), CLOCK))
                .isEqualTo(wait);
    }

    @Test
    void millisecondsAreMoreExactThanSeconds() {
        var headers = new DefaultHttpHeaders().add("retry-after", "2").add("retry-after-ms", "1250");
        assertThat(RetryAfter.of(headers, CLOCK)).isEqualTo(Duration.ofMillis(1250));
    }
}
