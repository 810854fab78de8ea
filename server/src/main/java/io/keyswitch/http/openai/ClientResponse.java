package io.keyswitch.http.openai;

import io.keyswitch.http.BodyBudget;
import io.keyswitch.llm.transport.RunningCall;
import io.keyswitch.telemetry.CurrentRequest;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The response to one client: applies backpressure to the provider while the client reads slowly, and cancels the
 * provider's call when the client disconnects. Used on the request's event loop only.
 */
final class ClientResponse {
    private static final Buffer DONE = Buffer.buffer("data: [DONE]\n\n");
    /** A comment, which every client ignores. */
    private static final Buffer HEARTBEAT = Buffer.buffer(": waiting\n\n");

    private final Context context;
    private final RoutingContext routing;
    private final CurrentRequest request;
    private final HttpServerResponse response;
    private final List<Runnable> held = new ArrayList<>();
    private final Set<String> leftOut = new TreeSet<>();
    private @Nullable RunningCall call;
    private CompletableFuture<?> kept = CompletableFuture.completedFuture(null);
    private boolean streaming;
    /** Whether a part of the answer was sent, and not only heartbeats. */
    private boolean answering;

    private boolean quiet;
    private boolean over;

    /** Creates the response to a request. Call on its event loop. */
    ClientResponse(Context context, RoutingContext request) {
        this.context = context;
        this.routing = request;
        this.request = CurrentRequest.in(request.data());
        this.response = request.response();
        // Not a handler of the response: it has only one of each kind, which other code may set.
        request.addEndHandler(ended -> {
            if (ended.failed()) {
                gone();
            }
        });
    }

    /** Runs a step on this response's event loop; may be called from any thread. */
    void onEventLoop(Runnable step) {
        context.runOnContext(_ -> request.run(step));
    }

    /** Whether the response has ended or the client has disconnected. */
    boolean isOver() {
        return over;
    }

    /** Registers a resource to release when the response is over; at once if it already is. */
    void holds(Runnable giveBack) {
        if (over) {
            giveBack.run();
        } else {
            held.add(giveBack);
        }
    }

    /** Lets the answer end only when something is done, whether it succeeds or not. */
    void endsAfter(CompletableFuture<?> done) {
        kept = CompletableFuture.allOf(kept, done);
    }

    private void whenKept(Runnable end) {
        if (kept.isDone()) {
            end.run();
        } else {
            var _ = kept.whenComplete((_, _) -> onEventLoop(end));
        }
    }

    /** Names fields of the request that are not asked of the provider, in a header; after a heartbeat it is too late. */
    void leftOut(Set<String> fields) {
        leftOut.addAll(fields);
        if (!leftOut.isEmpty() && !response.headWritten()) {
            response.putHeader("X-Keyswitch-Dropped", String.join(", ", leftOut));
        }
    }

    /** Adds a header to the response, unless it is over; to be called before it begins. */
    void header(String name, String value) {
        if (!over) {
            response.putHeader(name, value);
        }
    }

    /** Sets the provider's call that feeds this response; cancels it if the response is over. */
    void feedsFrom(RunningCall running) {
        call = running;
        if (over) {
            running.cancel();
        }
        response.drainHandler(_ -> running.resume());
    }

    /**
     * Sends a heartbeat whenever a stream was silent for a while, so that neither a proxy nor the client gives up: proxies
     * wait 30 to 60 seconds for the head or the next byte. An error before the first heartbeat still gets its own status.
     *
     * @param longest the longest silence
     */
    void beatsAfter(Vertx vertx, Duration longest) {
        long timer = vertx.setPeriodic(longest.toMillis() / 2, _ -> {
            if (quiet && !response.writeQueueFull()) {
                begin();
                var _ = response.write(HEARTBEAT);
            }
            quiet = !quiet;
        });
        holds(() -> vertx.cancelTimer(timer));
    }

    /** Sends frames of a stream; the first call begins the response. */
    void stream(byte[] frames) {
        stream(Buffer.buffer(frames));
    }

    private void stream(Buffer frames) {
        if (over) {
            return;
        }
        begin();
        if (!answering) {
            answering = true;
            BodyBudget.release(routing);
        }
        quiet = false;
        var _ = response.write(frames);
        if (response.writeQueueFull() && call != null) {
            call.pause();
        }
    }

    private void begin() {
        if (!streaming) {
            streaming = true;
            response.setChunked(true)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache, no-transform")
                    .putHeader("X-Accel-Buffering", "no");
        }
    }

    /**
     * Ends a stream.
     *
     * @param marked whether {@code [DONE]} was already sent
     */
    void endStream(boolean marked) {
        whenKept(() -> {
            if (finish()) {
                begin();
                var _ = marked ? response.end() : response.end(DONE);
            }
        });
    }

    /** Answers with one JSON body. */
    void json(byte[] body) {
        whenKept(() -> {
            if (finish()) {
                var _ = response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
                        .end(Buffer.buffer(body));
            }
        });
    }

    /** Answers with an error, as the last event if the stream has begun. */
    void error(OpenAiError error) {
        if (!finish()) {
            return;
        }
        request.failed(error.reason());
        if (call != null) {
            call.cancel();
        }
        if (streaming) {
            var body = new String(error.body(), StandardCharsets.UTF_8);
            var _ = response.end("data: " + body + "\n\n");
            return;
        }
        response.setStatusCode(error.status()).putHeader("x-should-retry", Boolean.toString(error.retryable()));
        if (error.retryAfter() != null) {
            response.putHeader(
                    "Retry-After", Long.toString(Math.max(1, error.retryAfter().toSeconds())));
        }
        var _ = response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
                .end(Buffer.buffer(error.body()));
    }

    private boolean finish() {
        if (over) {
            return false;
        }
        over = true;
        held.forEach(Runnable::run);
        return true;
    }

    private void gone() {
        if (finish() && call != null) {
            call.cancel();
        }
    }
}
