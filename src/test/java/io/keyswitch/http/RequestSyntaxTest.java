package io.keyswitch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.LogLines;
import io.keyswitch.testing.TestApp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that no well-meaning client sends are refused, and none of them is an error of the server. */
@Timeout(30)
class RequestSyntaxTest {
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

    /** What the server sends until it closes, or is asked to. */
    private static String send(String... pieces) throws IOException, InterruptedException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            socket.setSoTimeout(5000);
            for (var piece : pieces) {
                socket.getOutputStream().write(piece.getBytes(StandardCharsets.ISO_8859_1));
                Thread.sleep(20);
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String lines(String request) {
        return request.replace("|", "\r\n").replace("~", "\t") + "\r\n\r\n";
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            OPTIONS * HTTP/1.1|Host: localhost|Connection: close; 4\\d\\d
            CONNECT example.com:443 HTTP/1.1|Host: example.com:443|Connection: close; 405
            CONNECT localhost HTTP/1.1|Host: localhost|Connection: close; 405
            GET /healthz HTTP/1.1|Host: localhost|Expect: 200-ok|Connection: close; 417
            POST /v1/chat/completions HTTP/1.1|Host: localhost|Expect: the unexpected|Content-Length: 0|Connection: close; 417
            GET /healthz HTTP/1.1|Host: localhost|X-A: b|  folded|Connection: close; 400
            GET /healthz HTTP/1.1|Host: localhost|X-A: b|~folded|Connection: close; 400
            GET /healthz HTTP/1.1| X-A: b|Host: localhost|Connection: close; 400
            GET /healthz HTTP/1.1|Host: localhost|Host: localhost|Connection: close; 400
            GET /healthz HTTP/1.1|Host: localhost|Host: example.com|Connection: close; 400
            GET /healthz HTTP/1.1|Connection: close; 400
            GET /healthz HTTP/1.1|Host : localhost|Connection: close; 400
            GET /healthz HTTP/1.1|Host: localhost|Connection: close; 200
            GET * HTTP/1.1|Host: localhost|Connection: close; 4\\d\\d
            """)
    void refusedWithoutAnErrorOfTheServer(String request, String status) throws Exception {
        try (var log = LogLines.of("ROOT")) {
            assertThat(send(lines(request))).startsWith("HTTP/1.1 ").matches("(?s)HTTP/1.1 " + status + " .*");
            assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
        }
    }

    @Test
    void aFoldedHeaderIsFoundWhereverItIsCut() throws Exception {
        var request = lines("GET /healthz HTTP/1.1|Host: localhost|X-A: b| folded|Connection: close");
        for (int cut = 1; cut < request.length() - 1; cut += 3) {
            assertThat(send(request.substring(0, cut), request.substring(cut))).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void aFoldedHeaderIsFoundInALaterRequest() throws Exception {
        var body = "{\"data\":null}\n  folded: no\n";
        var first =
                "POST /listProviders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body;
        var second = lines("GET /healthz HTTP/1.1|Host: localhost|X-A: b| folded|Connection: close");
        assertThat(send(first, "", second)).startsWith("HTTP/1.1 4").contains("HTTP/1.1 400 Bad Request");
        assertThat(send(lines("GET /healthz HTTP/1.1|Host: localhost"), second))
                .startsWith("HTTP/1.1 200 ")
                .contains("HTTP/1.1 400 ");
        // Nothing of a request that came along with it is answered by the refusal.
        assertThat(send(lines("GET /healthz HTTP/1.1|Host: localhost") + second))
                .doesNotContain("folded");
    }

    @Test
    void aBodyMayHaveLinesThatBeginWithBlanks() throws Exception {
        var body = """
                {
                  "data":
                \t null
                }""";
        var request =
                "POST /listProviders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\nConnection: close\r\n\r\n";
        assertThat(send(request, body)).startsWith("HTTP/1.1 401 ");
        assertThat(send(request + body)).startsWith("HTTP/1.1 401 ");
        var chunked = lines(
                        "POST /listProviders HTTP/1.1|Host: localhost|Content-Type: application/json|Transfer-Encoding: chunked|Connection: close")
                + "%x\r\n%s\r\n0\r\n\r\n".formatted(body.length(), body);
        assertThat(send(chunked)).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void aClientMayWaitToBeToldToContinue() throws Exception {
        var request = lines(
                "POST /listProviders HTTP/1.1|Host: localhost|Content-Type: application/json|Expect: 100-continue|Content-Length: 13|Connection: close");
        assertThat(send(request, "{\"data\":null}")).startsWith("HTTP/1.1 100 ").contains("HTTP/1.1 401 ");
    }
}
