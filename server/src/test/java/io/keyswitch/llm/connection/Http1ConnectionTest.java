package io.keyswitch.llm.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing of provider responses, and when a connection is reused. Runs in memory. */
class Http1ConnectionTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final List<String> reported = new ArrayList<>();
    private final List<String> pool = new ArrayList<>();
    private Runnable atBody = () -> {};
    private final Http1ResponseDecoder decoder = new Http1ResponseDecoder();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Http1Connection connection = new Http1Connection(
            channel, new Lane(new Origin(false, "localhost", 80), "alice", ""), decoder, new Http1Connection.Owner() {
                @Override
                public void idle(Http1Connection idle) {
                    pool.add("idle");
                }

                @Override
                public void closed(Http1Connection closed) {
                    pool.add("closed");
                }

                @Override
                public void sentSurplus(Origin origin) {
                    pool.add("surplus");
                }
            });

    @BeforeEach
    void connect() {
        channel.pipeline().addLast(new HttpRequestEncoder(), decoder, connection);
    }

    private Exchange send() {
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.EMPTY_BUFFER);
        return connection.send(request, new ExchangeListener() {
            @Override
            public void head(int status, HttpHeaders headers) {
                reported.add(String.valueOf(status));
            }

            @Override
            public void body(byte[] bytes) {
                reported.add(new String(bytes, StandardCharsets.US_ASCII));
                atBody.run();
            }

            @Override
            public void end() {
                reported.add("end");
            }

            @Override
            public void failed(Throwable cause, boolean unprocessed) {
                reported.add(unprocessed ? "unprocessed" : "failed");
            }
        });
    }

    private void receive(String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
    }

    @Test
    void aConnectionIsReusedAfterACompleteResponse() {
        send();
        receive(OK);
        assertThat(reported).containsExactly("200", "ok", "end");
        assertThat(pool).containsExactly("idle");
        send();
        receive(OK);
        assertThat(reported).containsExactly("200", "ok", "end", "200", "ok", "end");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 102, 103, 104, 110, 150, 199})
    void interimResponsesAreSkippedUntilTheFinalOne(int status) {
        send();
        receive("HTTP/1.1 %1$d X\r\nA: b\r\n\r\nHTTP/1.1 %1$d X\r\n\r\n".formatted(status));
        assertThat(reported).isEmpty();
        assertThat(pool).isEmpty();
        receive("HTTP/1.1 %d X\r\n\r\n".formatted(status) + OK);
        assertThat(reported).containsExactly("200", "ok", "end");
        assertThat(pool).containsExactly("idle");
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 101, 204, 205, 304})
    void anUnexpectedStatusFailsTheRequestAndClosesTheConnection(int status) {
        send();
        receive("HTTP/1.1 %d X\r\nContent-Length: 2\r\n\r\nok".formatted(status));
        assertThat(reported).containsExactly("failed");
        assertThat(pool).contains("closed").doesNotContain("idle");
        assertThat(channel.isActive()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            HTTP/1.1 200 OK|Content-Length: 2|Transfer-Encoding: chunked||2|ok|0||
            HTTP/1.1 200 OK|Content-Length: 2|Content-Length: 3||okk
            HTTP/1.1 200 OK|Content-Length: x||ok
            HTTP/1.1 200 OK|Transfer-Encoding: chunked||zz|ok
            HTTP/2.0 200 OK|Content-Length: 2||ok
            hello||
            HTTP/1.1 2x0 OK|Content-Length: 2||ok
            """)
    void aMalformedResponseFailsTheRequestAndClosesTheConnection(String response) {
        send();
        receive(response.replace("|", "\r\n"));
        assertThat(reported).last().isEqualTo("failed");
        assertThat(reported).doesNotContain("end");
        assertThat(channel.isActive()).isFalse();
        assertThat(pool).doesNotContain("idle");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "\r\n", "H", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno", "HTTP/1.1 102 X\r\n\r\n"})
    void bytesAfterAResponseCloseTheConnection(String surplus) {
        send();
        receive(OK + surplus);
        assertThat(reported).containsExactly("200", "ok", "end");
        assertThat(pool).contains("surplus", "closed").doesNotContain("idle");
        assertThat(channel.isActive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno"})
    void bytesOnAnIdleConnectionCloseIt(String surplus) {
        send();
        receive(OK);
        receive(surplus);
        assertThat(reported).containsExactly("200", "ok", "end");
        assertThat(pool).startsWith("idle", "surplus", "closed");
        assertThat(connection.isExpired()).isTrue();
    }

    @Test
    void bytesBeforeTheFirstRequestCloseTheConnection() {
        receive("HTTP/1.1 200 OK\r\nContent-Len");
        assertThat(pool).startsWith("surplus", "closed");
        assertThat(channel.isActive()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok', false",
        "'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok', false",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nContent-Length: 2\r\n\r\nok', false",
        "'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok', false",
        "'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok', false",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n', true"
    })
    void onlyAPersistentConnectionBecomesIdle(String response, boolean idle) {
        send();
        receive(response);
        assertThat(reported).containsExactly("200", "ok", "end");
        assertThat(pool.contains("idle")).isEqualTo(idle);
        assertThat(channel.isActive()).isEqualTo(idle);
    }

    @Test
    void aResponseWithoutALengthEndsWhenTheConnectionCloses() {
        send();
        receive("HTTP/1.1 200 OK\r\n\r\nok");
        assertThat(reported).containsExactly("200", "ok");
        var _ = channel.close();
        assertThat(reported).containsExactly("200", "ok", "end");
        assertThat(pool).doesNotContain("idle");
    }

    @Test
    void aConnectionClosedMidResponseFailsItsRequestOnce() {
        send();
        receive("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok");
        var _ = channel.close();
        assertThat(reported).containsExactly("200", "ok", "failed");
    }

    @Test
    void cancellingARequestClosesTheConnectionWithoutACallback() {
        var exchange = send();
        receive("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok");
        exchange.abort();
        assertThat(channel.isActive()).isFalse();
        assertThat(reported).containsExactly("200", "ok");
        assertThat(pool).doesNotContain("idle");
    }

    /** A caller that cannot parse a chunk cancels while later chunks are already buffered. */
    @Test
    void theRestOfACancelledResponseIsDiscarded() {
        var exchange = send();
        atBody = exchange::abort;
        receive("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n2\r\nok\r\n0\r\n\r\n" + OK);
        assertThat(reported).containsExactly("200", "ok");
        assertThat(pool).contains("closed").doesNotContain("surplus", "idle");
    }

    @Test
    void aRequestOnAClosedConnectionIsReportedAsUnprocessed() {
        var _ = channel.close();
        send();
        channel.runPendingTasks();
        assertThat(reported).containsExactly("unprocessed");
    }

    @ParameterizedTest
    @CsvSource({"timeout=1, true", "'max=5, timeout=1', true", "timeout=60, false", "max=5, false"})
    void aConnectionIsNotReusedBeyondTheProvidersIdleTimeout(String keepAlive, boolean expired) {
        send();
        receive("HTTP/1.1 200 OK\r\nKeep-Alive: %s\r\nContent-Length: 2\r\n\r\nok".formatted(keepAlive));
        assertThat(connection.isExpired()).isEqualTo(expired);
    }
}
