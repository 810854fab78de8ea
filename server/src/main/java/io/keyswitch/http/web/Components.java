package io.keyswitch.http.web;

import io.keyswitch.core.Version;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Serves the web components, which pages of every origin may load as a module. */
public final class Components {
    /** Languages that the components load on demand; English is part of keyswitch.js. */
    private static final List<String> LANGUAGES =
            List.of("ar", "de", "es", "fr", "hi", "it", "ja", "ko", "pt", "ru", "zh");

    private static final String KEEP = "public, max-age=31536000, immutable";
    private static final String THIS_VERSION = "v=" + Version.CURRENT;

    private static final Map<String, StaticFile> FILES = files();

    private Components() {}

    private static Map<String, StaticFile> files() {
        return Stream.concat(Stream.of("keyswitch"), LANGUAGES.stream().map("language-"::concat))
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
