package io.keyswitch.http.web;

import io.keyswitch.core.Version;
import io.keyswitch.language.Language;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Serves the web components, which pages of every origin may load as a module. */
public final class Components {
    private static final String KEEP = "public, max-age=31536000, immutable";
    private static final String THIS_VERSION = "v=" + Version.CURRENT;

    private static final Map<String, StaticFile> FILES = files();

    private Components() {}

    private static Map<String, StaticFile> files() {
        // English is part of keyswitch.js; the other languages are loaded on demand.
        var languages = Arrays.stream(Language.values())
                .filter(language -> language != Language.EN)
                .map(language -> "language-" + language.code());
        return Stream.concat(Stream.of("keyswitch"), languages)
                .map(name -> name + ".js")
                .collect(Collectors.toMap("/"::concat, name -> StaticFile.read(name, StaticFile.JAVASCRIPT)));
    }

    /** Adds the components to a router. */
    public static void mount(Router router) {
        FILES.forEach((path, file) -> router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> serve(file, context)));
    }

    private static void serve(StaticFile file, RoutingContext context) {
        context.response().putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        file.serve(context, caching(context));
    }

    /** With the version in the URL, the content never changes: the next version has another URL. */
    private static String caching(RoutingContext context) {
        return THIS_VERSION.equals(context.request().query()) ? KEEP : StaticFile.REVALIDATE;
    }
}
