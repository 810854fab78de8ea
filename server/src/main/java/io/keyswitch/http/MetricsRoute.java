package io.keyswitch.http;

import io.keyswitch.auth.Credentials;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.telemetry.Metrics;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** {@code GET /metrics}, protected by the operator's token; disabled without one. */
public final class MetricsRoute {
    private static final String BEARER = "Bearer ";

    private final Metrics metrics;
    private final @Nullable ApiKey token;

    /**
     * Creates the route.
     *
     * @param token null to disable the route
     */
    public MetricsRoute(Metrics metrics, @Nullable ApiKey token) {
        this.metrics = metrics;
        this.token = token;
    }

    /** Adds the route to a router, if it is enabled. */
    public void mount(Router router) {
        if (token != null) {
            router.route("/metrics")
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .handler(context -> answer(context, token));
        }
    }

    private void answer(RoutingContext context, ApiKey expected) {
        var shown = Credentials.of(context.request().headers()::getAll).authorization();
        if (shown == null || !isToken(shown, expected)) {
            context.response()
                    .setStatusCode(401)
                    .putHeader("WWW-Authenticate", "Bearer")
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                    .end("Send METRICS_TOKEN as the bearer token.\n");
            return;
        }
        context.vertx()
                .executeBlocking(metrics::text)
                .onSuccess(text -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, Metrics.CONTENT_TYPE)
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end(text))
                .onFailure(context::fail);
    }

    private static boolean isToken(String authorization, ApiKey expected) {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return false;
        }
        var shown = authorization.substring(BEARER.length());
        return ApiKey.isValid(shown) && ApiKey.of(shown).equals(expected);
    }
}
