package io.keyswitch.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that follows the system clock and can be advanced. */
public final class MutableClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    public void advance(Duration by) {
        ahead = ahead.plus(by);
    }
}
