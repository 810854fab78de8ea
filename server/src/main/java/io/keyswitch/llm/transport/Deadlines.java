package io.keyswitch.llm.transport;

import java.time.Duration;

/**
 * Time limits of a call to a provider.
 *
 * @param connect to open the connection
 * @param firstByte from sending the request to the first byte of the response body
 * @param gap between two chunks of the body
 * @param total for the whole call, retries included
 * @param retries from the start to the last retry of a rejected request; zero for no retries
 */
public record Deadlines(Duration connect, Duration firstByte, Duration gap, Duration total, Duration retries) {
    /** These deadlines, each capped at a duration. */
    Deadlines atMost(Duration longest) {
        return new Deadlines(
                shorter(connect, longest),
                shorter(firstByte, longest),
                shorter(gap, longest),
                shorter(total, longest),
                shorter(retries, longest));
    }

    /** These deadlines without retries. */
    Deadlines once() {
        return new Deadlines(connect, firstByte, gap, total, Duration.ZERO);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
