package io.keyswitch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Web views, proxies, names and methods as networks have them. */
@Timeout(180)
class NetworksTest {
    private static final TestApp APP = TestApp.start(
            "",
            Map.of(
                    "KEYSWITCH_SERVER_ALLOWED_ORIGINS",
                    "capacitor://localhost,ionic://localhost,tauri://localhost,chrome-extension://abcdefghijklmnop,https://[2001:db8::1]:8443",
                    "KEYSWITCH_SERVER_HOSTS",
                    "Chat.Example,2001:db8::7",
                    "KEYSWITCH_SERVER_TRUSTED_PROXIES",
                    "127.0.0.0/8,::1",
                    "KEYSWITCH_LIMITS_REQUESTS_PER_MINUTE_PER_ADDRESS",
                    "3"));

    @AfterAll
    static void close() {
        APP.close();
    }

    private static HttpResponse<String> send(String method, String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(APP.url() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + Tokens.emulator("alice"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return TestApp.send(request.build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "capacitor://localhost",
                "ionic://localhost",
                "tauri://localhost",
                "chrome-extension://abcdefghijklmnop",
                "https://[2001:db8::1]:8443"
            })
    void originsOfWebViewsAndExtensionsMayBeAllowed(String origin) {
        var answer = send("GET", "/healthz", "Origin", origin);
        assertThat(answer.headers().firstValue("access-control-allow-origin")).hasValue(origin);
        assertThat(answer.headers().firstValue("access-control-expose-headers").orElse(""))
                .contains("X-Request-Id");
    }

    private static String status(String host) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), APP.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /page.json HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).substring(9, 12);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat.example",
                "CHAT.example:443",
                "chat.example.",
                "[2001:db8::7]",
                "[2001:DB8:0:0:0:0:0:7]:8443",
                "LocalHost",
                "[::1]:9"
            })
    void aHostIsKnownInAllItsSpellings(String host) throws IOException {
        assertThat(status(host)).isEqualTo("200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "chat.example.evil.example", "[2001:db8::8]"})
    void anotherHostIsRejected(String host) throws IOException {
        assertThat(status(host)).isEqualTo("403");
    }

    private static int from(String forwarded) {
        return send("GET", "/page.json", "X-Forwarded-For", forwarded).statusCode();
    }

    @Test
    void oneCallerIsCountedOnceInAllSpellingsOfItsAddress() {
        assertThat(from("203.0.113.7")).isEqualTo(200);
        assertThat(from("198.51.100.9, 203.0.113.7:40123")).isEqualTo(200);
        assertThat(from("::ffff:203.0.113.7, 127.0.0.9")).isEqualTo(200);
        assertThat(from("203.0.113.7")).isEqualTo(429);
        assertThat(from("203.0.113.8")).isEqualTo(200);
        assertThat(from("\"[2001:db8:9:9::1]:443\"")).isEqualTo(200);
        assertThat(from("2001:db8:9:9:aaaa::2")).isEqualTo(200);
        assertThat(from("2001:0DB8:9:9::3")).isEqualTo(200);
        assertThat(from("2001:db8:9:9::4")).isEqualTo(429);
        assertThat(from("2001:db8:9:8::1")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/", "/page.json", "/v1/models"})
    void headIsAnsweredWhereGetIs(String path) {
        var get = send("GET", path);
        var head = send("HEAD", path);
        assertThat(head.statusCode()).isEqualTo(get.statusCode());
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("content-type"))
                .isEqualTo(get.headers().firstValue("content-type"));
    }

    @Test
    void everyResponseNamesItsRequest() {
        for (var path : new String[] {"/healthz", "/", "/v1/models", "/v1/nothing", "/listProviders"}) {
            assertThat(send("GET", path).headers().firstValue("x-request-id"))
                    .as(path)
                    .hasValueSatisfying(id -> assertThat(id).matches("req_[0-9a-f]{32}"));
        }
        assertThat(send("GET", "/", "X-Request-Id", "proxy-1").headers().firstValue("x-request-id"))
                .hasValue("proxy-1");
        for (var kept : new String[] {
            "0f8fad5b-d9cb-469f-a165-70867728950e", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        }) {
            assertThat(send("GET", "/", "X-Request-Id", kept).headers().firstValue("x-request-id"))
                    .contains(kept);
        }
        var key = "sk-ant-api03-0123456789abcdefghijklmnopqrstuv";
        assertThat(send("GET", "/", "X-Request-Id", key).headers().firstValue("x-request-id"))
                .isPresent()
                .isNotEqualTo(Optional.of(key));
        assertThat(send("GET", "/", "X-Request-Id", "a b").headers().firstValue("x-request-id"))
                .hasValueSatisfying(id -> assertThat(id).startsWith("req_"));
    }

    @Test
    void oneModelIsReadByItsId() {
        try (var app = TestApp.start()) {
            app.call(
                    "updateUserModelConfig",
                    Map.of("provider", "groq", "modelId", "openai/gpt-oss-120b", "apiKey", "gsk_abcdefghijklmnop1234"),
                    "alice");
            var list = TestApp.parse(get(app, "/v1/models").body()).path("data");
            for (var model : list) {
                var id = model.path("id").stringValue();
                for (var path : new String[] {id, id.replace("/", "%2F")}) {
                    var one = get(app, "/v1/models/" + path);
                    assertThat(one.statusCode()).as(path).isEqualTo(200);
                    assertThat(TestApp.parse(one.body())).as(path).isEqualTo(model);
                }
            }
            var none = get(app, "/v1/models/no/such-model");
            assertThat(none.statusCode()).isEqualTo(404);
            assertThat(TestApp.parse(none.body()).at("/error/code").stringValue())
                    .isEqualTo("model_not_found");
        }
    }

    private static HttpResponse<String> get(TestApp app, String path) {
        return TestApp.send(HttpRequest.newBuilder(URI.create(app.url() + path))
                .header("Authorization", "Bearer " + Tokens.emulator("alice"))
                .build());
    }
}
