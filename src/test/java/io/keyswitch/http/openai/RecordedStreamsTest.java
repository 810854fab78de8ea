package io.keyswitch.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.Recordings;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every recorded stream through real sockets, cut short and split at every byte. */
class RecordedStreamsTest {
    private static final Pattern MODEL = Pattern.compile("(whole|split|short)-(\\d+)");
    private static final Pattern CHANGING = Pattern.compile("(\"id\":\"chatcmpl-)[0-9a-f]{32}\"|(\"created\":)\\d+");
    private static final int AT_ONCE = 16;

    private static final AtomicReference<byte[]> RECORDED = new AtomicReference<>(new byte[0]);

    @SuppressWarnings("NullAway.Init")
    private static FakeProvider provider;

    @SuppressWarnings("NullAway.Init")
    private static TestApp app;

    @SuppressWarnings("NullAway.Init")
    private static HttpClient http;

    @BeforeAll
    static void start() {
        provider = FakeProvider.answering(RecordedStreamsTest::answer).unchecked();
        app = TestApp.start("""
                  speaks-openai: {baseUrl: "%1$s/v1", defaultModel: whole-0, wire: openai}
                  speaks-anthropic: {baseUrl: "%1$s/v1", defaultModel: whole-0, wire: anthropic, auth: x-api-key}
                  speaks-gemini: {baseUrl: "%1$s/v1", defaultModel: whole-0, wire: gemini, auth: x-goog-api-key}
                """.formatted(provider.baseUrl()));
        http = HttpClient.newHttpClient();
        for (var wire : new String[] {"openai", "anthropic", "gemini"}) {
            app.call(
                    "updateUserModelConfig",
                    Map.of("provider", "speaks-" + wire, "modelId", "whole-0", "apiKey", "my-own-key-000-1a2b"),
                    wire);
        }
    }

    @AfterAll
    static void stop() {
        http.close();
        app.close();
        provider.close();
    }

    private static void answer(FakeProvider.Seen request, FakeProvider.Connection out) throws IOException {
        var asked = MODEL.matcher(request.path() + request.body());
        if (request.method().equals("GET") || !asked.find()) {
            out.json(200, "{\"data\":[],\"models\":[]}");
            return;
        }
        var bytes = RECORDED.get();
        int at = Integer.parseInt(asked.group(2));
        out.stream();
        switch (asked.group(1)) {
            case "split" -> out.write(Arrays.copyOf(bytes, at)).write(Arrays.copyOfRange(bytes, at, bytes.length));
            case "short" -> out.write(Arrays.copyOf(bytes, at));
            default -> out.write(bytes);
        }
    }

    private static String ask(String wire, String how, int at) throws IOException, InterruptedException {
        var body = "{\"model\":\"%s-%d\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                .formatted(how, at);
        var request = HttpRequest.newBuilder(URI.create(app.url() + "/v1/chat/completions"))
                .header("Authorization", "Bearer " + Tokens.emulator(wire))
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return CHANGING.matcher(answer)
                .replaceAll(match -> match.group(1) == null ? match.group(2) + "0" : match.group(1) + "x\"")
                .replace("\"%s-%d\"".formatted(how, at), "\"model\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai/chat-text.excerpt.chunks.txt",
                "groq/text-include_usage.sse",
                "groq/text.excerpt.chunks.txt",
                "groq/reasoning.excerpt.chunks.txt",
                "mistral/text.chunks.txt",
                "cloudflare/tool-call.excerpt.sse",
                "anthropic/basic_response.sse",
                "anthropic/text-padded-json.sse",
                "anthropic/text.chunks.txt",
                "anthropic/thinking.chunks.txt",
                "anthropic/tool_use_response.sse",
                "anthropic/refusal.chunks.txt",
                "gemini/text.chunks.txt"
            })
    void everyCutGivesTheSameAnswerOrAnErrorThatSaysSo(String file) throws Exception {
        RECORDED.set(Recordings.framed(file));
        var vendor = file.substring(0, file.indexOf('/'));
        var wire = vendor.equals("anthropic") || vendor.equals("gemini") ? vendor : "openai";
        var whole = ask(wire, "whole", 0);
        assertThat(whole).endsWith("data: [DONE]\n\n").doesNotContain("\"error\"");
        var permits = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var checks = IntStream.range(0, RECORDED.get().length)
                    .mapToObj(at -> threads.submit(() -> {
                        permits.acquire();
                        try {
                            assertThat(ask(wire, "split", at))
                                    .as("split at %d", at)
                                    .isEqualTo(whole);
                            requireWholeOrError(ask(wire, "short", at), whole, at);
                        } finally {
                            permits.release();
                        }
                        return true;
                    }))
                    .toList();
            for (var check : checks) {
                assertThat(check.get()).isTrue();
            }
        }
    }

    /** Only an answer that had come to its end may look complete: then nothing but usage and the end mark may be missing. */
    private static void requireWholeOrError(String answer, String whole, int at) {
        boolean said = answer.endsWith("\n\n")
                && answer.substring(answer.lastIndexOf("data: ")).contains("\"error\"");
        boolean broken = answer.startsWith("{\"error\"");
        if (!said && !broken) {
            assertThat(answer).as("cut at %d", at).endsWith("data: [DONE]\n\n");
            assertThat(text(answer)).as("cut at %d", at).isEqualTo(text(whole));
        }
    }

    /** What is said, and how it ends; some vendors say the end twice. */
    private static String text(String stream) {
        var text = new StringBuilder();
        var finish = "";
        for (var line :
                stream.lines().filter(line -> line.startsWith("data: {")).toList()) {
            var choice = TestApp.parse(line.substring("data: ".length()))
                    .path("choices")
                    .path(0);
            text.append(choice.path("delta").path("content").asString(""))
                    .append(choice.path("delta").path("tool_calls"));
            finish = choice.path("finish_reason").asString(finish);
        }
        return text + finish;
    }
}
