package io.keyswitch.http.web;

import io.keyswitch.json.Json;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Serves the page and tells it how its user signs in. */
public final class WebPage {
    /** How the page gets a token. */
    public enum SignIn {
        /** It makes an unsigned token as the Auth emulator does; for the demo. */
        EMULATOR,
        /** It has none, and says so. */
        NONE
    }

    private record Description(
            String signIn, String projectId, @Nullable String defaultModel) {}

    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String projectId;
    private final SignIn signIn;
    private final @Nullable String defaultModel;

    /**
     * A page.
     *
     * @param projectId the Firebase project its tokens are for
     * @param defaultModel how to name what users without a choice of their own get; null if they get nothing
     */
    public WebPage(String projectId, SignIn signIn, @Nullable String defaultModel) {
        this.projectId = projectId;
        this.signIn = signIn;
        this.defaultModel = defaultModel;
    }

    /** Adds the page to a router; every path it does not know is left to the next handler. */
    public void mount(Router router) {
        router.get("/page.json").handler(this::describe);
        router.route()
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(WebPage::secure)
                .handler(StaticHandler.create("web").setCachingEnabled(false).setIncludeHidden(false));
    }

    private static void secure(RoutingContext context) {
        context.response()
                .putHeader("Content-Security-Policy", CONTENT_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer");
        context.next();
    }

    private void describe(RoutingContext context) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Json.text(new Description(signIn.name().toLowerCase(Locale.ROOT), projectId, defaultModel)));
    }
}
