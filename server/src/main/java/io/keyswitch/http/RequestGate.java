package io.keyswitch.http;

import io.keyswitch.core.Json;
import io.netty.util.AttributeKey;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rejects requests that a proxy may read differently or that use unsupported features of HTTP, before routing.
 * Thread-safe.
 */
final class RequestGate implements Handler<HttpServerRequest> {
    private record Refusal(int status, String message) {}

    private static final AttributeKey<Boolean> REFUSED = AttributeKey.valueOf("keyswitch.refused");

    private final Handler<HttpServerRequest> next;

    RequestGate(Handler<HttpServerRequest> next) {
        this.next = next;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (wasRefused(request.connection())) {
            // Bytes after a rejected request may be a part of it; the connection is being closed.
            return;
        }
        var refusal = refusal(request);
        if (refusal == null) {
            next.handle(request);
            return;
        }
        refuse(request, refusal);
    }

    private static boolean wasRefused(HttpConnection connection) {
        return connection instanceof ConnectionBase base
                && base.channelHandlerContext().channel().hasAttr(REFUSED);
    }

    private static void refuse(HttpServerRequest request, Refusal refusal) {
        if (request.connection() instanceof ConnectionBase base) {
            base.channelHandlerContext().channel().attr(REFUSED).set(true);
        }
        request.response()
                .setStatusCode(refusal.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(Buffer.buffer(Json.bytes(
                        Map.of("error", Map.of("message", refusal.message(), "status", "INVALID_ARGUMENT")))))
                .onComplete(_ -> SlowClients.cut(request.connection()));
    }

    private static @Nullable Refusal refusal(HttpServerRequest request) {
        if (HttpMethod.CONNECT.equals(request.method())) {
            return new Refusal(405, "CONNECT is not supported: this server is not a proxy.");
        }
        if (request.uri().equals("*")) {
            return new Refusal(400, "The request target * is not supported.");
        }
        int hosts = request.headers().getAll(HttpHeaders.HOST).size();
        boolean mayBeMissing = HttpVersion.HTTP_1_0.equals(request.version());
        if (hosts > 1 || (hosts == 0 && !mayBeMissing)) {
            return new Refusal(400, "A request must have exactly one Host header (RFC 9112, section 3.2).");
        }
        for (var expectation : request.headers().getAll(HttpHeaders.EXPECT)) {
            if (!"100-continue".equalsIgnoreCase(expectation)) {
                return new Refusal(417, "The only supported expectation is 100-continue.");
            }
        }
        return null;
    }
}
