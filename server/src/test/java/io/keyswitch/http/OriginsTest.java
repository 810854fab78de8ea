package io.keyswitch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CORS, Host and Content-Type checks: only JSON requests to an accepted host, and CORS headers for configured origins only. */
class OriginsTest {
    private static final String ALLOWED = "https://app.example";
    private static final List<String> ORIGINS = List.of(
            "", ALLOWED, "https://evil.example", "https://app.example.evil.example", "http://app.example", "null");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json; charset=utf-8",
            "",
            "text/plain",
            "text/plain; application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "application/jsonp");
    private static final List<String> NAMES =
            List.of("localhost", "127.0.0.1", "[::1]", "evil.example", "localhost.evil.example", "");

    private static final TestApp APP = TestApp.start(
            "",
            Map.of(
                    "GROQ_API_KEY",
                    "project-key-groq",
                    "KEYSWITCH_SERVER_ALLOWED_ORIGINS",
                    ALLOWED,
                    "KEYSWITCH_LIMITS_REQUESTS_PER_MINUTE",
                    "100000",
                    "KEYSWITCH_LIMITS_PROJECT_KEY_MESSAGES_PER_DAY",
                    "100000"));

    @AfterAll
    static void close() {
        APP.close();
    }

    private static Stream<Arguments> matrix() {
        return ORIGINS.stream()
                .flatMap(origin ->
                        TYPES.stream().flatMap(type -> NAMES.stream().map(name -> Arguments.of(origin, type, name))));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void everyOriginTypeAndHostGetsTheExpectedStatus(String origin, String type, String name) throws IOException {
        boolean named = NAMES.indexOf(name) < 3;
        boolean json = TYPES.indexOf(type) < 2;
        for (var route : List.of("/getUserModelConfig", "/project/region/listProviders", "/v1/chat/completions")) {
            boolean completion = route.startsWith("/v1");
            var body = completion
                    ? "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":5}"
                    : "{\"data\":{}}";
            var answer = send("POST", route, origin, type, name, body);
            int expected = name.isEmpty() ? 400 : !named ? 403 : json ? 200 : completion ? 415 : 400;
            assertThat(answer).as(route).startsWith("HTTP/1.1 " + expected + " ");
            if (origin.equals(ALLOWED)) {
                assertThat(answer.contains("access-control-allow-origin: " + ALLOWED))
                        .isEqualTo(!name.isEmpty());
            } else {
                assertThat(answer).as(route).doesNotContain("access-control-allow-origin");
            }
            assertThat(answer).doesNotContain("access-control-allow-credentials");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", ""})
    void aPreflightFromAnotherOriginGetsNoCorsHeaders(String origin) throws IOException {
        for (var route : List.of("/getUserModelConfig", "/v1/chat/completions")) {
            assertThat(send("OPTIONS", route, origin, "", "localhost", ""))
                    .doesNotContain("access-control-allow-origin");
        }
    }

    @Test
    void aPreflightFromAConfiguredOriginIsAllowed() throws IOException {
        for (var route : List.of("/getUserModelConfig", "/v1/chat/completions")) {
            assertThat(send("OPTIONS", route, ALLOWED, "", "localhost", ""))
                    .contains("access-control-allow-origin: " + ALLOWED);
        }
    }

    private static String send(String method, String route, String origin, String type, String name, String body)
            throws IOException {
        var head = new StringBuilder(method + " " + route + " HTTP/1.1\r\nConnection: close\r\n");
        header(head, "Host", name.isEmpty() ? "" : name + ":" + APP.port());
        header(head, "Origin", origin);
        header(head, "Content-Type", type);
        header(head, "Authorization", "Bearer " + Tokens.emulator("alice"));
        header(head, "Content-Length", Integer.toString(body.length()));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), APP.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((head + "\r\n" + body).getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void header(StringBuilder head, String name, String value) {
        if (!value.isEmpty()) {
            head.append(name).append(": ").append(value).append("\r\n");
        }
    }
}
