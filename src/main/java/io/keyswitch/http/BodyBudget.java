package io.keyswitch.http;

import io.keyswitch.failure.Failure;
import io.keyswitch.failure.FailureCode;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what the bodies of all requests under way may take of the memory, since a body is read before anybody knows who sent
 * it. Thread-safe.
 */
final class BodyBudget implements Handler<RoutingContext> {
    /** A body is held as bytes and, read, as a tree of several times its size. */
    private static final int SHARE_OF_HEAP = 16;

    private final long bodyLimit;
    private final long budget = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    private final AtomicLong held = new AtomicLong();

    BodyBudget(long bodyLimit) {
        this.bodyLimit = bodyLimit;
    }

    @Override
    public void handle(RoutingContext context) {
        long size = size(context.request());
        if (size == 0) {
            context.next();
            return;
        }
        // One body is always let in, however small the heap.
        if (held.addAndGet(size) > budget && held.get() > size) {
            held.addAndGet(-size);
            context.fail(new Failure(
                    FailureCode.UNAVAILABLE,
                    "Too many requests are being read at once. Please try again in a moment.",
                    Map.of("reason", "busy", "retryAfterSeconds", 1)));
            return;
        }
        context.addEndHandler(_ -> held.addAndGet(-size));
        context.next();
    }

    /** What a body may come to; one whose length is not said may be as long as any. */
    private long size(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) ? bodyLimit : 0;
        }
        return length.matches("\\d{1,18}") ? Math.min(Long.parseLong(length), bodyLimit) : bodyLimit;
    }
}
