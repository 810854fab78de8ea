package io.keyswitch.http.web;

import io.keyswitch.core.Json;
import io.keyswitch.core.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

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

    private record File(String type, Buffer content, Buffer zipped, String etag) {
        static File of(String type, byte[] content) {
            var etag = "\""
                    + Sha256.hex(new String(content, StandardCharsets.ISO_8859_1))
                            .substring(0, 16) + "\"";
            return new File(type, Buffer.buffer(content), Buffer.buffer(zip(content)), etag);
        }
    }

    private static final String JAVASCRIPT = "text/javascript;charset=UTF-8";

    /** Languages that the page loads on demand; English is part of page.js. */
    private static final List<String> LANGUAGES =
            List.of("ar", "de", "es", "fr", "hi", "it", "ja", "ko", "pt", "ru", "zh");

    private static final Map<String, File> FILES = files();

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
                .handler(context -> serve(file, context)));
    }

    /** The files of the page, loaded from the class path, never from a directory of the same name. */
    private static Map<String, File> files() {
        var types = new HashMap<>(Map.of(
                "index.html", "text/html;charset=UTF-8",
                "page.css", "text/css;charset=UTF-8",
                "page.js", JAVASCRIPT,
                "licenses.txt", "text/plain;charset=UTF-8",
                "icon.svg", "image/svg+xml"));
        LANGUAGES.forEach(language -> types.put("language-" + language + ".js", JAVASCRIPT));
        var files = new HashMap<String, File>();
        types.forEach((name, type) -> files.put("/" + name, File.of(type, read(name))));
        files.put("/", Objects.requireNonNull(files.get("/index.html")));
        return files;
    }

    private static byte[] read(String name) {
        try (var in = WebPage.class.getResourceAsStream("/web/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compressed once at startup, not per request. */
    private static byte[] zip(byte[] content) {
        var zipped = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(zipped)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private static void serve(File file, RoutingContext context) {
        var request = context.request();
        var response = context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, file.type())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.ETAG, file.etag())
                .putHeader(HttpHeaders.VARY, "Accept-Encoding");
        if (file.etag().equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
            return;
        }
        var accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        if (accepted != null && accepted.contains("gzip")) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip").end(file.zipped());
        } else {
            response.end(file.content());
        }
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
                .end(Json.text(new Description(signIn.name().toLowerCase(Locale.ROOT), projectId)));
    }
}
