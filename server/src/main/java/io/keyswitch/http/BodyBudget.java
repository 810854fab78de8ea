package io.keyswitch.http;

import io.keyswitch.core.Details;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Limits the memory of all request bodies in flight, because bodies are read before authentication. When it is used up,
 * connections with slow bodies are closed in favor of new ones: otherwise a few clients that announce large bodies and
 * send nothing would lock everybody out. Thread-safe.
 */
public final class BodyBudget implements Handler<RoutingContext> {
    /** Bodies get 1/16 of the heap, because a parsed body also takes a tree of several times its size. */
    private static final int SHARE_OF_HEAP = 16;

    private static final String BODY = "keyswitch.body";
    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");
    /** How long a body may take while others wait; long enough for a busy event loop that reads it late. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final long bodyLimit;
    private final long budget = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    private final AtomicLong held = new AtomicLong();
    private final Set<Body> bodies = ConcurrentHashMap.newKeySet();

    /** The part of the budget reserved for one body. */
    private final class Body {
        private final HttpServerRequest request;
        private final long size;
        private final long since = System.nanoTime();
        private final AtomicBoolean released = new AtomicBoolean();

        Body(HttpServerRequest request, long size) {
            this.request = request;
            this.size = size;
        }

        void release() {
            bodies.remove(this);
            if (!released.getAndSet(true)) {
                held.addAndGet(-size);
            }
        }

        boolean isLate() {
            return !request.isEnded() && age() > PATIENCE.toNanos();
        }

        long age() {
            return System.nanoTime() - since;
        }
    }

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
        var body = new Body(context.request(), size);
        if (!takePlace(size)) {
            context.fail(new Failure(Reason.BUSY, new Busy()));
            return;
        }
        bodies.add(body);
        context.put(BODY, body);
        context.addEndHandler(_ -> body.release());
        context.next();
    }

    /** Says that the body of a request is no longer needed, although its answer goes on. */
    public static void release(RoutingContext context) {
        if (context.get(BODY) instanceof Body body) {
            body.release();
        }
        ((RoutingContextInternal) context).setBody(null);
    }

    private record Busy() implements Details {
        @Override
        public Map<String, Object> fields() {
            return Map.of("retryAfterSeconds", retryAfter().toSeconds());
        }

        @Override
        public Duration retryAfter() {
            return Duration.ofSeconds(1);
        }
    }

    private boolean takePlace(long size) {
        while (true) {
            // One body is always admitted, however small the heap.
            if (held.addAndGet(size) <= budget || held.get() <= size) {
                return true;
            }
            held.addAndGet(-size);
            var latest = bodies.stream().filter(Body::isLate).max(Comparator.comparingLong(Body::age));
            if (latest.isEmpty()) {
                return false;
            }
            latest.get().release();
            SlowClients.cut(latest.get().request.connection());
        }
    }

    /** The maximum size of a body in bytes; the body limit if it has no {@code Content-Length}. */
    private long size(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) ? bodyLimit : 0;
        }
        return DIGITS.matcher(length).matches() ? Math.min(Long.parseLong(length), bodyLimit) : bodyLimit;
    }
}
