package io.keyswitch.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Version;
import io.keyswitch.testing.TestApp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the server serves the web components to pages of other origins. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComponentsTest {
    private static final String ALLOWED = "https://app.example";

    @SuppressWarnings("NullAway.Init")
    private TestApp app;

    @BeforeAll
    void start() {
        app = TestApp.start("", Map.of("KEYSWITCH_SERVER_ALLOWED_ORIGINS", ALLOWED));
    }

    @AfterAll
    void stop() {
        app.close();
    }

    private HttpResponse<String> get(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(app.url() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return TestApp.send(request.build());
    }

    private static String header(HttpResponse<String> response, String name) {
        return String.join(", ", response.headers().allValues(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/keyswitch.js", "/language-de.js"})
    void pagesOfEveryOriginMayLoadTheComponents(String path) {
        for (var origin : new String[] {"https://elsewhere.example", ALLOWED}) {
            var response = get(path, "Origin", origin);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(header(response, "Content-Type")).isEqualTo("text/javascript;charset=UTF-8");
            assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    @Test
    void pagesOfOtherOriginsMayNotReadTheDemosPage() {
        assertThat(header(get("/page.js", "Origin", "https://elsewhere.example"), "Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void theFileOfThisVersionIsCachedForever() {
        assertThat(header(get("/keyswitch.js?v=" + Version.CURRENT), "Cache-Control"))
                .isEqualTo("public, max-age=31536000, immutable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/keyswitch.js", "/keyswitch.js?v=0.0.9", "/keyswitch.js?v="})
    void theFileOfAnyOtherVersionIsRevalidated(String path) {
        var response = get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
        var cached = get(path, "Origin", "https://elsewhere.example", "If-None-Match", header(response, "ETag"));
        assertThat(cached.statusCode()).isEqualTo(304);
        assertThat(cached.body()).isEmpty();
        assertThat(header(cached, "Access-Control-Allow-Origin")).isEqualTo("*");
    }

    @Test
    void cachesKeepCompressedAndPlainFilesApart() {
        assertThat(header(get("/keyswitch.js"), "Vary")).isEqualTo("Origin, Accept-Encoding");
        assertThat(header(get("/keyswitch.js", "Accept-Encoding", "gzip"), "Content-Encoding"))
                .isEqualTo("gzip");
    }
}
