package io.keyswitch.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * CORS headers as firebase-functions sends them (recorded with version 7.4.0): the origin on every response, errors
 * included; preflights are answered before anything else. Authentication never uses cookies, so credentials are not
 * allowed.
 */
final class Cors implements Handler<RoutingContext> {
    /** What clients in browsers act on. */
    private static final String EXPOSED = "Retry-After, X-Keyswitch-Dropped, X-RateLimit-Limit-Requests,"
            + " X-RateLimit-Remaining-Requests, X-RateLimit-Reset-Requests, X-Request-Id, X-Should-Retry";

    private final List<String> allowedOrigins;

    Cors(List<String> allowedOrigins) {
        this.allowedOrigins = allowedOrigins.stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    public void handle(RoutingContext context) {
        var request = context.request();
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        boolean preflight = HttpMethod.OPTIONS.equals(request.method());
        var headers = context.response().headers();
        if (origin != null && isAllowed(origin)) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
        headers.set(HttpHeaders.VARY, preflight ? "Origin, Access-Control-Request-Headers" : "Origin");
        if (preflight) {
            answerPreflight(context, request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS));
        } else {
            context.next();
        }
    }

    private boolean isAllowed(String origin) {
        return allowedOrigins.contains("*") || allowedOrigins.contains(origin);
    }

    private static void answerPreflight(RoutingContext context, @Nullable String requestedHeaders) {
        var response = context.response().setStatusCode(204);
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "POST");
        if (requestedHeaders != null) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, requestedHeaders);
        }
        response.putHeader(HttpHeaders.CONTENT_LENGTH, "0");
        response.end();
    }
}
