package io.keyswitch.http.callable;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.TestData;
import io.keyswitch.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Firebase callable protocol over HTTP, compared with recorded responses of firebase-functions. */
@Tag("database")
@Timeout(180)
class CallableProtocolTest {
    private static final String JSON = "application/json";

    @SuppressWarnings("NullAway.Init")
    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.start();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static HttpResponse<String> send(
            String method, String path, String contentType, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(app.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return TestApp.send(request.build());
    }

    private static HttpResponse<String> post(String body, String... headers) {
        return send("POST", "/getUserModelConfig", JSON, body, headers);
    }

    private static String[] asAlice(String... headers) {
        var all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Authorization", "Bearer " + Tokens.emulator("alice")));
        return all.toArray(String[]::new);
    }

    /** Status line, headers and body of a recording. */
    private record Recorded(int status, Map<String, String> headers, String body) {
        static Recorded read(String name) throws IOException {
            var text = Files.readString(TestData.path("wire/fixtures/firebase-callable/" + name))
                    .replace("\r\n", "\n");
            var parts = text.split("\n\n", 2);
            var lines = parts[0].lines().toList();
            var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            for (var line : lines.subList(1, lines.size())) {
                headers.put(line.split(": ", 2)[0], line.split(": ", 2)[1]);
            }
            return new Recorded(
                    Integer.parseInt(lines.getFirst().split(" ", 3)[1]), headers, parts.length > 1 ? parts[1] : "");
        }
    }

    private static void assertLike(Recorded recorded, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(recorded.status());
        assertThat(answer.body())
                .isEqualTo(
                        recorded.body().stripTrailing().isEmpty()
                                ? ""
                                : recorded.body().stripTrailing());
        recorded.headers()
                .forEach((name, value) ->
                        assertThat(answer.headers().firstValue(name)).as(name).contains(value));
    }

    @Test
    void anExtraFieldIsABadRequestAsRecorded() throws Exception {
        assertLike(Recorded.read("bad-request-extra-field.txt"), post("{\"data\":1,\"x\":2}"));
    }

    @Test
    void aResultOfNullIsReturnedAsRecorded() throws Exception {
        assertLike(Recorded.read("void-result.txt"), post("{\"data\":null}", asAlice()));
    }

    @Test
    void aWrongTokenIsUnauthenticatedAsRecorded() throws Exception {
        var recorded = Recorded.read("unauthenticated.txt");
        for (var authorization : new String[] {"Basic YTpi", "Bearer", "Bearer nonsense", "Bearer a.b.c", "x"}) {
            assertLike(recorded, post("{\"data\":null}", "Authorization", authorization));
        }
    }

    @Test
    void theAuthorizationSchemeIsCaseInsensitive() {
        assertThat(post("{\"data\":null}", "Authorization", "bearer " + Tokens.emulator("alice"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aPreflightIsAnsweredAsRecorded() throws Exception {
        var recorded = Recorded.read("preflight.txt");
        var answer = send(
                "OPTIONS",
                "/sendChatMessage",
                "",
                "",
                "Origin",
                "https://app.example",
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization,content-type,x-firebase-appcheck");
        recorded.headers().remove("Content-Length");
        assertLike(recorded, answer);
    }

    @Test
    void corsHeadersAreSentOnEveryPathForAllowedOriginsOnly() {
        for (var path : new String[] {"/getUserModelConfig", "/noSuchFunction", "/healthz"}) {
            var allowed = send("POST", path, JSON, "{\"data\":null}", "Origin", "https://app.example");
            assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("https://app.example");
            assertThat(allowed.headers().firstValue("Vary")).contains("Origin");
            var foreign = send("POST", path, JSON, "{\"data\":null}", "Origin", "https://evil.example");
            assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            assertThat(foreign.headers().firstValue("Vary")).contains("Origin");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "1", "{}", "{\"data\":1} x", "{\"data\":1,\"data\":2}", "{\"data\"", "\u0000"})
    void aMalformedCallableBodyIsABadRequest(String body) {
        var answer = post(body, asAlice());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"error\":{\"message\":\"Bad Request\",\"status\":\"INVALID_ARGUMENT\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, application/json",
        "PUT, application/json",
        "DELETE, application/json",
        "POST, text/plain",
        "POST, application/jsonx",
        "POST, ''"
    })
    void otherMethodsAndMediaTypesAreBadRequests(String method, String type) {
        assertThat(send(method, "/getUserModelConfig", type, "{\"data\":null}", asAlice())
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "APPLICATION/JSON", "application/json ;charset=UTF-8"})
    void jsonMediaTypesInAnyCaseAndWithParametersAreAccepted(String type) {
        assertThat(send("POST", "/getUserModelConfig", type, "{\"data\":null}", asAlice())
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/getUserModelConfig",
                "//getUserModelConfig",
                "/demo-keyswitch/us-central1/getUserModelConfig",
                "/base//getUserModelConfig"
            })
    void functionUrlsWithAPrefixOrADoubleSlashAreServed(String path) {
        assertThat(send("POST", path, JSON, "{\"data\":null}", asAlice()).body())
                .isEqualTo("{\"result\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/getusermodelconfig",
                "/getUserModelConfig2",
                "/a/b/c/d/getUserModelConfig",
                "/",
                "/%67etUserModelConfig"
            })
    void anUnknownPathReturnsANotFoundErrorInJson(String path) {
        var answer = send("POST", path, JSON, "{\"data\":null}", asAlice());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(TestApp.parse(answer.body()).path("error").path("status").stringValue())
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void anOversizedBodyIsRejectedInTheCallableEnvelope() {
        var answer = post("{\"data\":\"" + "x".repeat(2 << 20) + "\"}", asAlice());
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(TestApp.parse(answer.body()).path("error").path("status").stringValue())
                .isEqualTo("INVALID_ARGUMENT");
        assertThat(answer.body()).contains("\"maxBytes\":1048576").contains("Please shorten it");
    }

    @Test
    void deeplyNestedJsonIsABadRequest() {
        assertThat(post("{\"data\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", asAlice())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void int64WrappersAreAcceptedAndUnknownWrappersAreInternalErrors() {
        var wrapped =
                "{\"data\":{\"threadId\":{\"@type\":\"type.googleapis.com/google.protobuf.%s\",\"value\":\"9007199254740993\"}}}";
        for (var type : new String[] {"Int64Value", "UInt64Value"}) {
            var answer = send("POST", "/getThread", JSON, wrapped.formatted(type), asAlice());
            assertThat(answer.body()).contains("threadId must be a string.");
        }
        var unknown = send("POST", "/getThread", JSON, wrapped.formatted("BytesValue"), asAlice());
        assertThat(unknown.statusCode()).isEqualTo(500);
        assertThat(unknown.body()).isEqualTo("{\"error\":{\"message\":\"INTERNAL\",\"status\":\"INTERNAL\"}}");
    }

    @Test
    void streamingCallsAreAnsweredWithAnEventStreamEvenOnErrors() throws Exception {
        var recorded = Recorded.read("stream-unauthenticated.txt");
        var answer = post("{\"data\":null}", "Accept", "text/event-stream", "Authorization", "Bearer x");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(recorded.body().stripTrailing() + "\n\n");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream; charset=utf-8");
        for (var body : new String[] {"{\"data\":1,\"x\":2}", "nonsense", ""}) {
            assertThat(post(body, "Accept", "text/event-stream").body())
                    .isEqualTo("data: {\"error\":{\"message\":\"Bad Request\",\"status\":\"INVALID_ARGUMENT\"}}\n\n");
        }
        assertThat(send("POST", "/nothing", JSON, "{\"data\":1}", "Accept", "text/event-stream")
                        .body())
                .startsWith("data: {\"error\":{")
                .contains("NOT_FOUND");
        assertThat(post("{\"data\":\"" + "x".repeat(2 << 20) + "\"}", "Accept", "text/event-stream")
                        .body())
                .startsWith("data: {\"error\":{");
        assertThat(post("{\"data\":null}", asAlice("Accept", "text/event-stream"))
                        .body())
                .isEqualTo("data: {\"result\":null}\n\n");
    }

    @Test
    void onlyAnAcceptHeaderOfExactlyTextEventStreamEnablesStreaming() {
        for (var accept : new String[] {"text/event-stream, */*", "text/event-stream;q=1", "*/*"}) {
            assertThat(post("{\"data\":null}", asAlice("Accept", accept)).body())
                    .isEqualTo("{\"result\":null}");
        }
    }

    @Test
    void aQuietStreamIsKeptAliveWithEmptyDeltas() throws Exception {
        try (var provider = FakeProvider.answering((request, out) -> {
                    if (request.method().equals("GET")) {
                        out.json(200, "{\"data\":[]}");
                    } else {
                        TimeUnit.MILLISECONDS.sleep(1000);
                        out.json(
                                200,
                                "{\"choices\":[{\"message\":{\"content\":\"at last\"},\"finish_reason\":\"stop\"}]}");
                    }
                });
                var keyswitch =
                        TestApp.startImpatient("  fake: {baseUrl: \"%s\", defaultModel: m-1, check: {get: /models}}\n"
                                .formatted(provider.baseUrl()))) {
            keyswitch.call(
                    "updateUserModelConfig",
                    Map.of("provider", "fake", "modelId", "m-1", "apiKey", "own-key-1234"),
                    "alice");
            var body = keyswitch
                    .post(
                            "sendChatMessage",
                            Map.of("threadId", "t", "message", "hi"),
                            "alice",
                            Map.of("Accept", "text/event-stream"))
                    .body();
            assertThat(body)
                    .startsWith("data: {\"message\":{\"delta\":\"\"}}\n\ndata: {\"message\":{\"delta\":\"\"}}\n\n")
                    .contains("data: {\"message\":{\"delta\":\"at last\"}}\n\ndata: {\"result\":{");
        }
    }

    @Test
    void invalidArgumentsAreRejectedWithAnActionableMessage() {
        record Case(Map<String, Object> data, String says) {}
        for (var bad : List.of(
                new Case(
                        Map.of("provider", "openai", "modelId", "gpt-5.5", "useProjectKey", true),
                        "has no default key here. Please use your own API key"),
                new Case(
                        Map.of("provider", "cloudflare", "modelId", "@cf/x", "apiKey", "good-key-1234"),
                        "needs your Account ID"),
                new Case(Map.of("provider", "groq", "modelId", "x", "useProjectKey", true), "2 to 128 characters"),
                new Case(
                        Map.of("provider", "groq", "modelId", "x".repeat(129), "useProjectKey", true),
                        "2 to 128 characters"),
                new Case(
                        Map.of("provider", "nobody", "modelId", "m-1", "apiKey", "good-key-1234"),
                        "Choose one of: groq, openai"),
                new Case(Map.of("modelId", "m-1"), "provider is required"),
                new Case(Map.of("provider", "groq"), "modelId is required"),
                new Case(Map.of("provider", "groq", "modelId", "m-1"), "No key of yours for Groq can be used here"),
                new Case(Map.of("provider", "openai", "modelId", "m-1"), "No key of yours for OpenAI can be used here"),
                new Case(
                        Map.of(
                                "provider",
                                "openai",
                                "modelId",
                                "m-1",
                                "apiKey",
                                "sk-\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"),
                        "8 to 512 characters"),
                new Case(Map.of("provider", "openai", "modelId", "m-1", "apiKey", "k".repeat(600)), "8 to 512"),
                new Case(Map.of("provider", 7, "modelId", "m-1"), "provider must be a string"))) {
            var error = app.fail("updateUserModelConfig", bad.data(), "args");
            assertThat(error.path("status").stringValue()).isEqualTo("INVALID_ARGUMENT");
            assertThat(error.path("message").stringValue()).contains(bad.says());
        }
        assertThat(app.fail("sendChatMessage", Map.of("threadId", "t"), "args")
                        .path("message")
                        .stringValue())
                .isEqualTo("message is required.");
        assertThat(app.fail("sendChatMessage", Map.of("message", "x"), "args")
                        .path("message")
                        .stringValue())
                .startsWith("threadId is required");
        assertThat(app.fail("sendChatMessage", Map.of("message", "x", "threadId", "t".repeat(129)), "args")
                        .path("message")
                        .stringValue())
                .startsWith("threadId is required");
    }

    private static String refusal(Map<String, String> headers) {
        var choice = Map.of("provider", "openai", "modelId", "gpt-5.5", "apiKey", "invalid-key-1234");
        var answer = app.post("updateUserModelConfig", choice, "alice", headers);
        return TestApp.parse(answer.body()).path("error").path("message").stringValue();
    }

    @Test
    void anErrorIsInTheLanguageThatTheClientAccepts() {
        assertThat(refusal(Map.of())).startsWith("OpenAI does not accept this API key.");
        assertThat(refusal(Map.of("Accept-Language", "de-DE,de;q=0.9,en;q=0.8")))
                .startsWith("OpenAI akzeptiert diesen");
        assertThat(refusal(Map.of("Accept-Language", "ja"))).contains("APIキー");
        assertThat(refusal(Map.of("Accept-Language", "nl"))).startsWith("OpenAI does not accept this API key.");
    }

    @Test
    void theFlowAnswersInTheLanguageOfTheAppUntilARequestWasMadeInAnother() {
        var headers = Map.of("Accept-Language", "fr");
        var key = Map.of("threadId", "fr", "message", "gsk_abcdefghijklmnop1234");
        assertThat(app.post("sendChatMessage", key, "alice", headers).body()).contains("Veux-tu l'utiliser ici");
        var request = Map.of("threadId", "fr", "message", "change my model");
        assertThat(app.post("sendChatMessage", request, "alice", headers).body())
                .contains("Which provider");
        assertThat(app.post("sendChatMessage", key, "alice", headers).body()).contains("Should your chat use it?");
    }
}
