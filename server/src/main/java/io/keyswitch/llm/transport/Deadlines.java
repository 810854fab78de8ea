package io.keyswitch.llm.transport;

import java.time.Duration;

/**
 * How long a call to a provider may take.
 *
 * @param connect to reach it
 * @param firstByte from sending the request to the first byte of the answer's body
 * @param gap between two pieces of the body
 * @param total from beginning to end
 * @param retries from the start to the last retry of a rejected request; zero for no retry
 */
public record Deadlines(Duration connect, Duration firstByte, Duration gap, Duration total, Duration retries) {
    /** These deadlines, none of them longer than the given time. */
    Deadlines atMost(Duration longest) {
        return new Deadlines(
                shorter(connect, longest),
                shorter(firstByte, longest),
                shorter(gap, longest),
                shorter(total, longest),
                shorter(retries, longest));
    }

    /** These deadlines, without a second try. */
    Deadlines once() {
        return new Deadlines(connect, firstByte, gap, total, Duration.ZERO);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
