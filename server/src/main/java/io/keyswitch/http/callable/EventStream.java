package io.keyswitch.http.callable;

import io.keyswitch.core.Json;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A response as server-sent events: one {@code data:} line per event, and a comment as a ping while idle. Written by
 * one virtual thread, which blocks while the client is slow; its state is accessed on the event loop only.
 */
final class EventStream implements CallableFunction.Chunks {
    private static final Buffer PING = Buffer.buffer(": ping\n\n");

    private final Vertx vertx;
    private final Context context;
    private final HttpServerResponse response;
    private final long pingMillis;
    private final List<Runnable> whenGone = new ArrayList<>();
    private @Nullable CompletableFuture<Void> waitingForDrain;
    private long pingTimer;
    private boolean over;

    private EventStream(Vertx vertx, Context context, HttpServerResponse response, Duration ping) {
        this.vertx = vertx;
        this.context = context;
        this.response = response;
        this.pingMillis = ping.toMillis();
    }

    /** Begins the response. Call on the request's event loop. */
    static EventStream begin(Vertx vertx, RoutingContext request, Duration ping) {
        var response = request.response();
        var stream = new EventStream(vertx, vertx.getOrCreateContext(), response, ping);
        response.setStatusCode(200)
                .setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("X-Accel-Buffering", "no");
        // Not a handler of the response: it has only one of each kind, which other code may set.
        request.addEndHandler(ended -> {
            if (ended.failed()) {
                stream.gone();
            }
        });
        response.drainHandler(_ -> stream.drained());
        stream.armPing();
        return stream;
    }

    @Override
    public boolean wanted() {
        return true;
    }

    @Override
    public void send(Object chunk) {
        write(event(Map.of("message", chunk)));
    }

    /** Ends the stream with a result. */
    void result(@Nullable Object result) {
        var envelope = new HashMap<String, @Nullable Object>();
        envelope.put("result", result);
        end(event(envelope));
    }

    /** Ends the stream with an error. */
    void error(CallableError error) {
        end(event(error.envelope()));
    }

    private static Buffer event(Object json) {
        return Buffer.buffer("data: ").appendBytes(Json.bytes(json)).appendString("\n\n");
    }

    private void write(Buffer event) {
        var written = new CompletableFuture<Void>();
        context.runOnContext(_ -> {
            if (over) {
                written.complete(null);
                return;
            }
            vertx.cancelTimer(pingTimer);
            armPing();
            var _ = response.write(event);
            if (response.writeQueueFull()) {
                waitingForDrain = written;
            } else {
                written.complete(null);
            }
        });
        written.join();
    }

    private void end(Buffer event) {
        context.runOnContext(_ -> {
            if (!over) {
                over = true;
                vertx.cancelTimer(pingTimer);
                var _ = response.end(event);
            }
        });
    }

    private void armPing() {
        pingTimer = vertx.setTimer(pingMillis, _ -> {
            if (!over && !response.writeQueueFull()) {
                var _ = response.write(PING);
            }
            if (!over) {
                armPing();
            }
        });
    }

    private void drained() {
        if (waitingForDrain != null) {
            waitingForDrain.complete(null);
            waitingForDrain = null;
        }
    }

    private void gone() {
        if (over) {
            return;
        }
        over = true;
        vertx.cancelTimer(pingTimer);
        drained();
        whenGone.forEach(Runnable::run);
    }

    @Override
    public void onGone(Runnable cancel) {
        context.runOnContext(_ -> {
            if (over) {
                cancel.run();
            } else {
                whenGone.add(cancel);
            }
        });
    }
}
