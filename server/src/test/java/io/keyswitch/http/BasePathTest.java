package io.keyswitch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.BrowserScript;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keyswitch below a path of a proxy, which passes the path on or strips it. */
@Timeout(300)
class BasePathTest {
    private static final TestApp APP = TestApp.start(
            "",
            Map.of(
                    "GROQ_API_KEY",
                    "project-key-groq",
                    "METRICS_TOKEN",
                    "metrics-token",
                    "KEYSWITCH_SERVER_BASE_PATH",
                    "/apps/chat"));

    @AfterAll
    static void close() {
        APP.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?lang=de",
                "/index.html",
                "/page.js",
                "/page.json",
                "/language-de.js",
                "/v1/models",
                "/openai/v1/models",
                "/v1/models/default",
                "/metrics",
                "/healthz"
            })
    void everyRouteIsServedBelowTheBasePathOnly(String path) {
        assertThat(get("/apps/chat" + path).statusCode()).isEqualTo(200);
        if (!path.equals("/healthz")) {
            assertThat(get(path).statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/listProviders",
                "//listProviders",
                "/project/region/listProviders",
                "/functions/project/region/listProviders"
            })
    void functionsAreServedBelowTheBasePathOnly(String path) {
        assertThat(post("/apps/chat" + path).statusCode()).isEqualTo(200);
        assertThat(post(path).statusCode()).isEqualTo(404);
    }

    @Test
    void completionsAreServedBelowTheBasePath() {
        assertThat(APP.post("apps/chat/sendChatMessage", Map.of("threadId", "t", "message", "hello"), "alice")
                        .body())
                .contains("\"groq\"");
        var completion = request("/apps/chat/v1/chat/completions")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"));
        assertThat(TestApp.send(completion.build()).body()).contains("chat.completion");
    }

    @Test
    void basePathItselfIsRedirectedToThePage() {
        var redirect = get("/apps/chat?lang=de");
        assertThat(redirect.statusCode()).isEqualTo(308);
        assertThat(redirect.headers().firstValue("Location")).contains("/apps/chat/?lang=de");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/apps", "/apps/chatter", "/apps/chatter/page.js", "/other/apps/chat/page.js"})
    void pathOutsideOfTheBasePathGetsAnErrorThatNamesIt(String path) {
        var answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(TestApp.parse(answer.body()).path("error").path("message").asString(""))
                .contains("/apps/chat/");
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
    }

    @Test
    void basePathIsStrippedOnce() {
        assertThat(get("/apps/chat/apps/chat/page.json").statusCode()).isEqualTo(404);
    }

    @Test
    void healthIsServedAtTheRootToo() {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void pageWorksBelowTheBasePath() throws Exception {
        BrowserScript.run(
                "base-path.mjs",
                APP.url() + "/apps/chat/",
                BrowserScript.chromium().toString());
    }

    @Test
    void pageWorksBehindAProxyThatStripsAPath() throws Exception {
        var chromium = BrowserScript.chromium();
        var vertx = Vertx.vertx();
        try (var app = TestApp.start()) {
            var proxy = strippingProxy(vertx, "/any/path", app.port());
            BrowserScript.run(
                    "base-path.mjs", "http://127.0.0.1:" + proxy.actualPort() + "/any/path/", chromium.toString());
        } finally {
            vertx.close().await();
        }
    }

    /** Serves everything below a path, and nothing else, from a port of this machine. */
    private static HttpServer strippingProxy(Vertx vertx, String path, int port) {
        var client = vertx.createHttpClient();
        return vertx.createHttpServer()
                .requestHandler(request -> {
                    if (!request.uri().startsWith(path + "/")) {
                        request.response().setStatusCode(404).end();
                        return;
                    }
                    request.body()
                            .compose(body -> client.request(
                                            request.method(),
                                            port,
                                            "127.0.0.1",
                                            request.uri().substring(path.length()))
                                    .compose(inner -> {
                                        inner.headers().setAll(request.headers());
                                        return inner.send(body);
                                    }))
                            .compose(answer -> {
                                request.response().setStatusCode(answer.statusCode());
                                request.response()
                                        .headers()
                                        .setAll(answer.headers())
                                        .remove("transfer-encoding");
                                return answer.body();
                            })
                            .onSuccess(body -> request.response().end(body))
                            .onFailure(
                                    _ -> request.response().setStatusCode(502).end());
                })
                .listen(0, "127.0.0.1")
                .await();
    }

    private static HttpResponse<String> get(String path) {
        var request = request(path);
        if (path.endsWith("/metrics")) {
            request.setHeader("Authorization", "Bearer metrics-token");
        }
        return TestApp.send(request.build());
    }

    private static HttpResponse<String> post(String path) {
        return TestApp.send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"data\":{}}"))
                .build());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(APP.url() + path))
                .header("Authorization", "Bearer " + Tokens.emulator("alice"));
    }
}
