package io.keyswitch.http.web;

import io.keyswitch.core.Json;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Serves the page and its sign-in configuration. */
public final class WebPage {
    /** How the page gets a token. */
    public enum SignIn {
        /** Creates an unsigned token like the Auth emulator; for the demo. */
        EMULATOR,
        /** Has no token, and says so. */
        NONE
    }

    private record Description(String signIn, String projectId) {}

    private static final Map<String, String> TYPES = Map.of(
            "index.html", "text/html;charset=UTF-8",
            "page.css", "text/css;charset=UTF-8",
            "page.js", StaticFile.JAVASCRIPT,
            "licenses.txt", "text/plain;charset=UTF-8",
            "icon.svg", "image/svg+xml");

    private static final Map<String, StaticFile> FILES = files();

    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                    // Only Lit may parse HTML, from the page's own templates.
                    + " require-trusted-types-for 'script'; trusted-types lit-html";

    private final String projectId;
    private final SignIn signIn;

    /**
     * Creates the page.
     *
     * @param projectId the Firebase project of its tokens; empty for none
     */
    public WebPage(String projectId, SignIn signIn) {
        this.projectId = projectId;
        this.signIn = signIn;
    }

    /** Adds the page to a router; other paths are left to the next handler. */
    public void mount(Router router) {
        router.route("/page.json")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::describe);
        FILES.forEach((path, file) -> router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(WebPage::secure)
                .handler(context -> file.serve(context, StaticFile.REVALIDATE)));
    }

    private static Map<String, StaticFile> files() {
        var files = new HashMap<String, StaticFile>();
        TYPES.forEach((name, type) -> files.put("/" + name, StaticFile.read(name, type)));
        files.put("/", Objects.requireNonNull(files.get("/index.html")));
        return files;
    }

    private static void secure(RoutingContext context) {
        context.response()
                .putHeader("Content-Security-Policy", CONTENT_POLICY)
                .putHeader("Referrer-Policy", "no-referrer");
        context.next();
    }

    private void describe(RoutingContext context) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Json.text(new Description(signIn.name().toLowerCase(Locale.ROOT), projectId)));
    }
}
