package io.keyswitch.http.callable;

import io.keyswitch.core.Json;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A response as server-sent events: one {@code data:} line per event, and an empty delta as a heartbeat while idle,
 * because the streams of Firebase's iOS and Android SDKs fail on comments. Written by one virtual thread, which blocks while the client is slow; its state is accessed on the event loop only.
 */
final class EventStream implements CallableFunction.Chunks {
    private static final Buffer HEARTBEAT = event(Map.of("message", Map.of("delta", "")));

    private final Vertx vertx;
    private final Context context;
    private final HttpServerResponse response;
    private final long heartbeatMillis;
    private final Disconnect disconnect;
    private @Nullable CompletableFuture<Void> waitingForDrain;
    private long heartbeatTimer;
    private boolean over;

    private EventStream(
            Vertx vertx, Context context, HttpServerResponse response, Disconnect disconnect, Duration heartbeat) {
        this.vertx = vertx;
        this.context = context;
        this.response = response;
        this.disconnect = disconnect;
        this.heartbeatMillis = heartbeat.toMillis();
    }

    /** Begins the response. Call on the request's event loop. */
    static EventStream begin(Vertx vertx, RoutingContext request, Duration heartbeat) {
        var response = request.response();
        var context = vertx.getOrCreateContext();
        var disconnect = Disconnect.of(request, context);
        var stream = new EventStream(vertx, context, response, disconnect, heartbeat);
        response.setStatusCode(200)
                .setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache, no-transform")
                .putHeader("X-Accel-Buffering", "no");
        disconnect.then(stream::gone);
        response.drainHandler(_ -> stream.drained());
        stream.armHeartbeat();
        return stream;
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
        return Buffer.buffer("data: ").appendBytes(Json.line(json)).appendString("\n\n");
    }

    private void write(Buffer event) {
        var written = new CompletableFuture<Void>();
        context.runOnContext(_ -> {
            if (over) {
                written.complete(null);
                return;
            }
            vertx.cancelTimer(heartbeatTimer);
            armHeartbeat();
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
                vertx.cancelTimer(heartbeatTimer);
                var _ = response.end(event);
            }
        });
    }

    private void armHeartbeat() {
        heartbeatTimer = vertx.setTimer(heartbeatMillis, _ -> {
            if (!over && !response.writeQueueFull()) {
                var _ = response.write(HEARTBEAT);
            }
            if (!over) {
                armHeartbeat();
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
        vertx.cancelTimer(heartbeatTimer);
        drained();
    }

    @Override
    public boolean isGone() {
        return disconnect.hasHappened();
    }

    @Override
    public void onGone(Runnable callback) {
        disconnect.then(callback);
    }
}
