package io.keyswitch.http.web;

import io.keyswitch.core.Json;
import io.keyswitch.testing.BrowserScript;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.FakeProvider.Connection;
import io.keyswitch.testing.TestApp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The chat page in a real browser, with a scripted provider. */
@Timeout(300)
class ChatPageTest {
    private static final Path SCREENSHOTS = Path.of("target/keyswitch/screenshots");

    private static final String MARKDOWN = """
            # A heading

            Some **bold & <b>** words and [a page](https://example.org/), ![a picture](https://evil.example/x.png).

            - one
            - two
            - three
            - [x] done
            - اثنان

            *a **b)**. c* README.md

            | a | b |
            |---|--:|
            | 1 | 2 |
            | 3 | 4<br>5 |

            ```js
            const a = 1 < 2 && "x"
            return a
            ```

            The end of it.
            """;

    private static final String END =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final AtomicReference<TestApp> running = new AtomicReference<>();

    @Test
    void theChatPageWorksInABrowser() throws Exception {
        Files.createDirectories(SCREENSHOTS);
        run("chat.mjs", BrowserScript.chromium(), SCREENSHOTS.toAbsolutePath().toString());
    }

    @Test
    void draftsKeysAndFailedMessagesSurviveWhatPeopleDo() throws Exception {
        run("composer.mjs", BrowserScript.chromium());
    }

    @Test
    void everydayTasksWorkInChromium() throws Exception {
        run("everyday.mjs", BrowserScript.chromium());
    }

    @Test
    void everydayTasksWorkInFirefox() throws Exception {
        run("everyday.mjs", BrowserScript.firefox());
    }

    /** Runs a script against a server whose provider does what the message says. */
    private void run(String script, Path browser, String... arguments) throws Exception {
        try (var provider = FakeProvider.answering((request, out) -> {
                            if (request.method().equals("GET")) {
                                out.json(200, "{\"data\":[]}");
                                return;
                            }
                            var messages = TestApp.parse(request.body()).path("messages");
                            answer(
                                    messages.get(messages.size() - 1)
                                            .path("content")
                                            .stringValue(),
                                    out);
                        })
                        .unchecked();
                var app = TestApp.start(
                        "",
                        Map.of(
                                "GROQ_API_KEY",
                                "project-key-groq",
                                "KEYSWITCH_SERVER_PORT",
                                Integer.toString(freePort()),
                                "KEYSWITCH_TIMEOUTS_DRAIN",
                                "100ms",
                                "KEYSWITCH_PROVIDERS_GROQ_BASE_URL",
                                provider.baseUrl() + "/v1"))) {
            running.set(app);
            var all = Stream.concat(Stream.of(app.url() + "/", browser.toString()), Stream.of(arguments));
            BrowserScript.run(script, all.toArray(String[]::new));
        }
    }

    private void answer(String said, Connection out) throws IOException, InterruptedException {
        boolean first = asked.add(said);
        switch (said) {
            case "stream" -> {
                out.stream();
                for (int i = 0; i < 10; i++) {
                    out.write(delta("word-" + i + " "));
                    Thread.sleep(150);
                }
                out.write(END);
            }
            case "slowly", "slowly, please", "slowly, once more" -> {
                out.stream();
                if (!first) {
                    out.write(delta("asked twice") + END);
                    return;
                }
                for (int i = 0; i < 6; i++) {
                    out.write(delta("step-" + i + " "));
                    Thread.sleep(400);
                }
                out.write(END);
            }
            case "hang" -> {
                out.stream().write(delta("begun"));
                out.awaitHangUp();
            }
            case "fail once" -> {
                if (first) {
                    out.json(500, "{}");
                } else {
                    out.stream().write(delta("better now") + END);
                }
            }
            case "refuse once", "refuse once more" -> {
                if (first) {
                    out.json(401, "{}");
                } else {
                    var better = said.endsWith("more") ? "better after a reload" : "better now";
                    out.stream().write(delta(better) + END);
                }
            }
            case "restart" -> {
                if (first) {
                    out.stream().write(delta("half an "));
                    var _ = CompletableFuture.runAsync(() -> running.get().restart());
                    out.awaitHangUp();
                } else {
                    out.stream().write(delta("a whole answer") + END);
                }
            }
            case "markdown, then nothing" -> {
                out.stream();
                for (int start = 0; start < MARKDOWN.length(); start += 7) {
                    out.write(delta(MARKDOWN.substring(start, Math.min(start + 7, MARKDOWN.length()))));
                }
                out.awaitHangUp();
            }
            case "markdown" -> out.stream().write(delta(MARKDOWN) + END);
            default -> out.stream().write(delta("heard: " + said) + END);
        }
    }

    private static String delta(String content) {
        var chunk = Json.object();
        var choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta").put("content", content);
        return "data: " + Json.text(chunk) + "\n\n";
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
