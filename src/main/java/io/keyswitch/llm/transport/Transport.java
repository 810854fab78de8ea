package io.keyswitch.llm.transport;

import io.keyswitch.json.Json;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.function.Function;

/**
 * The HTTP client towards all providers. Follows no redirect and asks for no compression, so that a key goes nowhere but
 * to its endpoint and a small answer cannot unfold into a large one. Thread-safe.
 */
final class Transport implements AutoCloseable {
    private static final int MAX_CONNECTIONS_PER_ENDPOINT = 1024;
    /** Shorter than load balancers keep an idle connection (60 s is common), so that none is closed under a request. */
    private static final int KEEP_ALIVE_SECONDS = 30;

    private final Vertx vertx;
    private final HttpClient client;

    Transport(Vertx vertx, Duration connect) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) connect.toMillis())
                        .setTcpNoDelay(true)
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setVerifyHost(true),
                new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS_PER_ENDPOINT).setMaxWaitQueueSize(-1));
    }

    /** Starts a call. Returns at once; the listener hears the rest on an event loop. */
    ProviderCall start(ProviderRequest request, Deadlines deadlines, Function<ProviderCall, CallListener> listener) {
        return start(vertx.getOrCreateContext(), request, deadlines, listener);
    }

    /** Starts a call on a context. */
    ProviderCall start(
            Context context,
            ProviderRequest request,
            Deadlines deadlines,
            Function<ProviderCall, CallListener> listener) {
        var call = new ProviderCall(vertx, context, deadlines, listener);
        context.runOnContext(_ -> {
            call.started();
            client.request(options(request))
                    .onSuccess(opened -> {
                        if (call.connected(opened)) {
                            sendOrBreak(request, opened, call);
                        }
                    })
                    .onFailure(call::broke);
        });
        return call;
    }

    private static RequestOptions options(ProviderRequest request) {
        return new RequestOptions()
                .setMethod(request.method())
                .setAbsoluteURI(request.url())
                .setFollowRedirects(false);
    }

    /** A header or body that cannot be sent ends the call at once. */
    private static void sendOrBreak(ProviderRequest request, HttpClientRequest opened, ProviderCall call) {
        try {
            send(request, opened, call);
        } catch (RuntimeException e) {
            call.broke(e);
            opened.reset();
        }
    }

    private static void send(ProviderRequest request, HttpClientRequest opened, ProviderCall call) {
        opened.response().onSuccess(call::answered).onFailure(call::broke);
        opened.putHeader(HttpHeaders.ACCEPT, "application/json, text/event-stream");
        opened.putHeader(HttpHeaders.USER_AGENT, "keyswitch");
        request.headers().forEach(opened::putHeader);
        opened.putHeader(
                request.auth().header(), request.auth().prefix() + request.key().reveal());
        var body = request.body();
        if (body == null) {
            opened.end().onFailure(call::broke);
        } else {
            opened.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
            opened.end(Buffer.buffer(Json.bytes(body))).onFailure(call::broke);
        }
    }

    @Override
    public void close() {
        client.close().await();
    }
}
