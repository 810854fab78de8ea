package io.keyswitch.http.callable;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.NativeSdk;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams of callables as the SDKs of iOS and Android read them. */
@Timeout(180)
class NativeSdkTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static FakeProvider.Script script = (_, out) -> out.json(500, "{}");

    private static final FakeProvider FAKE = FakeProvider.answering((request, out) -> {
        if (request.method().equals("GET")) {
            out.json(200, "{\"data\":[]}");
        } else {
            script.answer(request, out);
        }
    });

    @SuppressWarnings("NullAway.Init")
    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.startImpatient(
                "  fake: {baseUrl: '%s/v1', defaultModel: fake-1, check: {get: /models}}\n".formatted(FAKE.baseUrl()));
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "fake", "modelId", "fake-1", "apiKey", "fake-own-key-000-1a2b"),
                "alice");
    }

    @AfterAll
    static void stop() {
        app.close();
        FAKE.close();
    }

    private static NativeSdk.Received call(NativeSdk sdk, String function, Object data, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(app.url() + "/" + function))
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(Map.of("data", data))))
                .build();
        var response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        // The iOS SDK reads no body of another status.
        assertThat(response.statusCode()).isEqualTo(200);
        return sdk.read(response.body());
    }

    private static NativeSdk.Received chat(NativeSdk sdk, String thread) throws Exception {
        return call(sdk, "sendChatMessage", Map.of("threadId", thread, "message", "hi"), Tokens.emulator("alice"));
    }

    private static String deltas(NativeSdk.Received received) {
        return received.messages().stream()
                .map(message -> message.path("delta").asString(""))
                .collect(Collectors.joining());
    }

    private static String chunk(String text) {
        return "data: {\"choices\":[{\"delta\":{\"content\":%s}}]}\n\n".formatted(Json.text(text));
    }

    private static void answering(String... pieces) {
        script = (_, out) -> {
            out.stream();
            for (var piece : pieces) {
                out.write(chunk(piece));
            }
            out.write("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
        };
    }

    /** Every character that ends a line for some reader, and others that are easily broken. */
    @ParameterizedTest
    @EnumSource
    void anAnswerArrivesAsTheModelWroteIt(NativeSdk sdk) throws Exception {
        var pieces = new String[] {
            "a\nb\r\nc", "\u2028\u2029\u0085\u000b\u000c", "data: x\n\n", "日本語 😀", " ", "\u0000", "\\u2028"
        };
        answering(pieces);
        var received = chat(sdk, "unicode-" + sdk);
        // U+0000 is the only character that no PostgreSQL stores.
        var expected = String.join("", pieces).replace('\0', '\uFFFD');
        assertThat(deltas(received)).isEqualTo(expected);
        assertThat(received.last().at("/message/content").asString("")).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void aLongSilenceIsFilledWithMessagesThatSayNothing(NativeSdk sdk) throws Exception {
        script = (_, out) -> {
            TimeUnit.MILLISECONDS.sleep(1_000);
            out.stream().write(chunk("Hel"));
            TimeUnit.MILLISECONDS.sleep(1_000);
            out.write(chunk("lo")).write("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
        };
        var received = chat(sdk, "silence-" + sdk);
        assertThat(deltas(received)).isEqualTo("Hello");
        assertThat(received.messages().stream()
                        .filter(message -> message.path("delta").asString("x").isEmpty()))
                .hasSizeGreaterThanOrEqualTo(4);
        assertThat(received.last().at("/message/content").asString("")).isEqualTo("Hello");
    }

    static Stream<Arguments> failures() {
        var alice = Tokens.emulator("alice");
        return Arrays.stream(NativeSdk.values())
                .flatMap(sdk -> Stream.of(
                        Arguments.of(sdk, "sendChatMessage", Map.of("message", "hi"), "x", "UNAUTHENTICATED"),
                        Arguments.of(sdk, "sendChatMessage", Map.of("message", 7), alice, "INVALID_ARGUMENT"),
                        Arguments.of(sdk, "noSuchFunction", Map.of(), alice, "NOT_FOUND"),
                        Arguments.of(sdk, "getThread", Map.of("threadId", "none"), alice, "NOT_FOUND"),
                        Arguments.of(
                                sdk, "updateUserModelConfig", Map.of("provider", "none"), alice, "INVALID_ARGUMENT")));
    }

    @ParameterizedTest(name = "{0} {1} {4}")
    @MethodSource("failures")
    void everyFailureIsAnErrorOfTheServer(
            NativeSdk sdk, String function, Map<String, Object> data, String token, String status) throws Exception {
        assertThat(call(sdk, function, data, token).last().path("status").asString(""))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource
    void aProviderThatFailsInTheMiddleEndsTheStreamWithAnError(NativeSdk sdk) throws Exception {
        script = (_, out) -> {
            out.stream().write(chunk("Hel"));
            out.reset();
        };
        var received = chat(sdk, "broken-" + sdk);
        assertThat(deltas(received)).isEqualTo("Hel");
        assertThat(received.last().path("status").asString("")).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void functionsThatDoNotStreamAnswerWithTheirResult(NativeSdk sdk) throws Exception {
        for (var function :
                new String[] {"listProviders", "getUserModelConfig", "listThreads", "listApiKeys", "listPersonalTokens"
                }) {
            var received = call(sdk, function, Map.of(), Tokens.emulator("alice"));
            assertThat(received.messages()).as(function).isEmpty();
            assertThat(received.last().isMissingNode()).as(function).isFalse();
        }
    }
}
