package io.keyswitch.http;

import io.keyswitch.core.Json;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** The path below which everything is served: removed before routing, so that no route has to know it. */
final class BasePath {
    private static final String STRIPPED = "keyswitch.basePathStripped";

    private final String path;

    /**
     * Creates the handlers.
     *
     * @param path begins with a slash and ends without one
     */
    BasePath(String path) {
        this.path = path;
    }

    /** Routes a request as if the base path were not there. The first handler: rerouting clears the response's headers. */
    void strip(RoutingContext context) {
        var uri = context.request().uri();
        if (uri.startsWith(path + "/") && context.get(STRIPPED) == null) {
            context.put(STRIPPED, true);
            context.reroute(uri.substring(path.length()));
        } else {
            context.next();
        }
    }

    /** Rejects requests outside of the base path, and redirects those for the base path itself to the page. */
    void require(RoutingContext context) {
        var uri = context.request().uri();
        if (context.get(STRIPPED) != null) {
            context.next();
        } else if (uri.equals(path) || uri.startsWith(path + "?")) {
            context.response()
                    .setStatusCode(308)
                    .putHeader(HttpHeaders.LOCATION, path + "/" + uri.substring(path.length()))
                    .end();
        } else {
            context.response()
                    .setStatusCode(404)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
                    .end(Json.text(Map.of("error", Map.of("message", explanation(), "status", "NOT_FOUND"))));
        }
    }

    private String explanation() {
        return "Nothing is served here: server.basePath is \"%1$s\", so every path begins with %1$s/.".formatted(path);
    }
}
