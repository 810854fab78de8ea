package io.keyswitch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.LogLines;
import io.keyswitch.testing.TestApp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed and suspicious requests are rejected with a 4xx status and not logged as server errors. */
@Timeout(90)
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

    /** Sends the pieces in separate writes; returns what the server sends until it closes or is silent for a second. */
    private static String send(String... pieces) throws IOException, InterruptedException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            socket.setSoTimeout(1000);
            for (var piece : pieces) {
                socket.getOutputStream().write(piece.getBytes(StandardCharsets.ISO_8859_1));
                Thread.sleep(20);
            }
            return read(socket.getInputStream());
        }
    }

    /** Reads until the connection is closed or reset, or the read times out. */
    private static String read(InputStream in) throws IOException {
        var out = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                out.write(next);
            }
        } catch (SocketException | SocketTimeoutException _) {
            // Treated as the end of the response.
        }
        return out.toString(StandardCharsets.ISO_8859_1);
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
    void malformedRequestsAreRejectedWithoutAServerError(String request, String status) throws Exception {
        try (var log = LogLines.of("ROOT")) {
            assertThat(send(lines(request))).startsWith("HTTP/1.1 ").matches("(?s)HTTP/1.1 " + status + " .*");
            assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
        }
    }

    @Test
    void aFoldedHeaderIsRejectedWhenSplitAcrossReads() throws Exception {
        var request = lines("GET /healthz HTTP/1.1|Host: localhost|X-A: b| folded|Connection: close");
        for (int cut = 1; cut < request.length() - 1; cut += 3) {
            assertThat(send(request.substring(0, cut), request.substring(cut))).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void aFoldedHeaderIsRejectedInALaterRequestOnAConnection() throws Exception {
        var body = "{\"data\":null}\n  folded: no\n";
        var first =
                "POST /listProviders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body;
        var second = lines("GET /healthz HTTP/1.1|Host: localhost|X-A: b| folded|Connection: close");
        assertThat(send(first, "", second)).startsWith("HTTP/1.1 4").contains("HTTP/1.1 400 Bad Request");
        assertThat(send(lines("GET /healthz HTTP/1.1|Host: localhost"), second))
                .startsWith("HTTP/1.1 200 ")
                .contains("HTTP/1.1 400 ");
        // Both requests in one read: the response does not echo the folded line.
        assertThat(send(lines("GET /healthz HTTP/1.1|Host: localhost") + second))
                .doesNotContain("folded");
    }

    @Test
    void bodyLinesThatBeginWithWhitespaceAreNotRejected() throws Exception {
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
    void expect100ContinueIsAnsweredBeforeTheFinalResponse() throws Exception {
        var request = lines(
                "POST /listProviders HTTP/1.1|Host: localhost|Content-Type: application/json|Expect: 100-continue|Content-Length: 13|Connection: close");
        assertThat(send(request, "{\"data\":null}")).startsWith("HTTP/1.1 100 ").contains("HTTP/1.1 401 ");
    }

    private static String post(String more) {
        return lines("POST /listProviders HTTP/1.1|Host: localhost|Content-Type: application/json" + more);
    }

    private static final String BODY = "{\"data\":null}";
    private static final String CHUNKED = post("|Transfer-Encoding: chunked") + "d\r\n" + BODY + "\r\n0\r\n\r\n";
    private static final String FOLDED =
            lines("GET /healthz HTTP/1.1|Host: localhost|X-A: b| folded|Connection: close");

    /** After every kind of body, a request with a folded header is not answered with 200, also in the same read. */
    @Test
    void aFoldedHeaderIsRejectedAfterEveryKindOfBody() throws Exception {
        var trailers = CHUNKED.replace("0\r\n\r\n", "0\r\nX-T: u\r\n\r\n");
        var extension = CHUNKED.replace("\r\nd\r\n", "\r\nd;a=\"b\"\r\n");
        var counted = post("|Content-Length: 13") + BODY;
        for (var first : List.of(CHUNKED, trailers, extension, counted, CHUNKED + counted)) {
            assertThat(send(first + FOLDED)).doesNotContain("HTTP/1.1 200");
            assertThat(send(first, "", "", "", "", "", FOLDED))
                    .startsWith("HTTP/1.1 401")
                    .endsWith("""
                    HTTP/1.1 400 Bad Request\r
                    Content-Length: 0\r
                    Connection: close\r
                    \r
                    """);
        }
        assertThat(send(CHUNKED.replace("0\r\n\r\n", "0\r\nX-T: u\r\n folded\r\n\r\n")))
                .startsWith("HTTP/1.1 400");
    }

    /** A body with lines like folded headers is accepted, in the same read as its head or a later one. */
    @Test
    void theBodyOfALaterRequestIsNotCheckedForFoldedHeaders() throws Exception {
        var body = "{\n  \"data\":\n\t null\n}";
        var counted = lines(
                "POST /listProviders HTTP/1.1|Host: localhost|Content-Type: application/json|Connection: close|Content-Length: "
                        + body.length());
        assertThat(send(CHUNKED + counted, body)).startsWith("HTTP/1.1 401").doesNotContain("HTTP/1.1 400");
        assertThat(send(CHUNKED + counted, body).split("HTTP/1.1 401", -1)).hasSize(3);
        assertThat(send(CHUNKED + counted + body).split("HTTP/1.1 401", -1)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0x1f", "zz", "", "ffffffffffffffff", " d", "d\r\n{}"})
    void aMalformedChunkIsRejectedWithoutAServerError(String size) throws Exception {
        try (var log = LogLines.of("ROOT")) {
            assertThat(send(post("|Transfer-Encoding: chunked") + size + "\r\n" + BODY + BODY + "\r\n0\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ");
            assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
        }
    }

    /** After an interim response the final one is still due: a client would take a 400 for that response. */
    @Test
    void aRejectionIsNotSentWhileAnEarlierResponseIsPending() throws Exception {
        var waiting = post("|Expect: 100-continue|Content-Length: 13");
        assertThat(send(waiting, FOLDED)).doesNotContain("HTTP/1.1 400 Bad Request\r\nContent-Length: 0");
        assertThat(send(waiting, BODY, "", "", "", FOLDED))
                .startsWith("HTTP/1.1 100")
                .contains("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /healthz HTTP/1.1|Host: localhost|Host: localhost",
                "GET /healthz HTTP/1.1|Host: localhost|Expect: other",
                "CONNECT example.com:443 HTTP/1.1|Host: example.com:443",
                "OPTIONS * HTTP/1.1|Host: localhost"
            })
    void requestsPipelinedAfterARejectedOneAreNotAnswered(String refused) throws Exception {
        var next = lines("GET /healthz HTTP/1.1|Host: localhost");
        assertThat(send(lines(refused) + next)).startsWith("HTTP/1.1 4").doesNotContain("HTTP/1.1 200");
        assertThat(send(lines(refused), next)).startsWith("HTTP/1.1 4").doesNotContain("HTTP/1.1 200");
    }

    @Test
    void aClientDisconnectIsNotLoggedAsAServerError() throws Exception {
        try (var log = LogLines.of("ROOT")) {
            for (var path : List.of("/x", "/listThreads", "/v1/chat/completions")) {
                try (var socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
                    socket.getOutputStream()
                            .write(lines(
                                            "POST " + path
                                                    + " HTTP/1.1|Host: localhost|Content-Type: application/json|Content-Length: 900")
                                    .getBytes(StandardCharsets.ISO_8859_1));
                    socket.getOutputStream().write('{');
                    socket.getOutputStream().flush();
                    Thread.sleep(50);
                    socket.setSoLinger(true, 0);
                }
            }
            Thread.sleep(200);
            assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
        }
    }
}
