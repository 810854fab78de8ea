package io.keyswitch.llm.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.keyswitch.core.Json;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.provider.AuthScheme;
import io.keyswitch.secret.ApiKey;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 providers over TLS with a self-signed certificate. */
@Timeout(90)
class Http2Test {
    private static final Deadlines DEADLINES = new Deadlines(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(50),
            Duration.ZERO);

    private static final String PASSWORD = "password";

    @TempDir
    private static Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final Transport transport = new Transport(
            vertx,
            Duration.ofSeconds(20),
            new PemTrustOptions().addCertPath(certificate().toString()));
    private final Set<Object> connections = ConcurrentHashMap.newKeySet();
    private final List<AutoCloseable> opened = new ArrayList<>();

    private static Path keyStore() {
        return directory.resolve("server.p12");
    }

    private static Path certificate() {
        return directory.resolve("server.pem");
    }

    @BeforeAll
    static void makeCertificate() throws Exception {
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost");
        keytool("-exportcert", "-rfc", "-file", certificate().toString());
    }

    private static void keytool(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-keystore",
                keyStore().toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                "server"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    @AfterEach
    void close() throws Exception {
        transport.close();
        vertx.close().await();
        for (var server : opened) {
            server.close();
        }
    }

    private static HttpServerOptions options(boolean http2) {
        return new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(
                        new PfxOptions().setPath(keyStore().toString()).setPassword(PASSWORD))
                .setUseAlpn(http2)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1));
    }

    private HttpServer server(boolean http2) {
        return vertx.createHttpServer(options(http2))
                .connectionHandler(connections::add)
                .requestHandler(Http2Test::echo)
                .listen(0, "localhost")
                .await();
    }

    /** Echoes the key, HTTP version, path and authority of the request. */
    private static void echo(HttpServerRequest request) {
        request.body().onSuccess(_ -> {
            var answer = "{\"key\":\"%s\",\"version\":\"%s\",\"path\":\"%s\",\"host\":\"%s\"}"
                    .formatted(
                            request.getHeader("Authorization"), request.version(), request.path(), request.authority());
            request.response().putHeader("Content-Type", "application/json").end(answer);
        });
    }

    private Reply get(int port, String owner, String path) {
        var collector = new ReplyCollector();
        var request = new ProviderRequest(
                HttpMethod.GET,
                "https://localhost:" + port + path,
                Map.of("X-Fixed", "1"),
                AuthScheme.BEARER,
                ApiKey.of("the-key-of-" + owner),
                owner,
                null);
        return collector.await(transport.start(request, DEADLINES, collector::follow));
    }

    private static void assertFails(ThrowableAssert.ThrowingCallable call, LlmFailure failure) {
        assertThatThrownBy(call)
                .asInstanceOf(type(LlmException.class))
                .extracting(LlmException::failure)
                .isEqualTo(failure);
    }

    private void askAtOnce(int port, int requests) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < requests; i++) {
                var owner = "user-" + i % 7;
                var path = "/r-" + i;
                running.add(threads.submit(() -> {
                    var body = get(port, owner, path).body();
                    assertThat(body.path("key").stringValue()).isEqualTo("Bearer the-key-of-" + owner);
                    assertThat(body.path("path").stringValue()).isEqualTo(path);
                }));
            }
            for (var one : running) {
                one.get();
            }
        }
    }

    @Test
    void requestsOfAllUsersShareHttp2Connections() throws Exception {
        int port = server(true).actualPort();
        assertThat(get(port, "alice", "/").body().path("version").stringValue()).isEqualTo("HTTP_2");
        assertThat(get(port, "alice", "/").body().path("host").stringValue()).isEqualTo("localhost:" + port);
        askAtOnce(port, 200);
        // At most 100 streams each, on each of the event loops.
        assertThat(connections).hasSizeLessThan(4 * Runtime.getRuntime().availableProcessors() + 1);
    }

    /** Each is many times the stream's flow-control window, and together they exceed the connection's. */
    @Test
    void bodiesLargerThanTheFlowControlWindowAreTransferred() throws Exception {
        var large = "x".repeat(3 << 20);
        var server = vertx.createHttpServer(options(true))
                .requestHandler(request -> request.body()
                        .onSuccess(body -> request.response()
                                .putHeader("Content-Type", "application/json")
                                .end("{\"length\":%d,\"text\":\"%s\"}".formatted(body.length(), large))))
                .listen(0, "localhost")
                .await();
        for (int i = 0; i < 8; i++) {
            var collector = new ReplyCollector();
            var request = new ProviderRequest(
                    HttpMethod.POST,
                    "https://localhost:" + server.actualPort(),
                    Map.of(),
                    AuthScheme.BEARER,
                    ApiKey.of("the-key-of-alice"),
                    "alice",
                    Json.object().put("text", large));
            var body = collector
                    .await(transport.start(request, DEADLINES, collector::follow))
                    .body();
            assertThat(body.path("length").asInt()).isEqualTo(large.length() + "{\"text\":\"\"}".length());
            assertThat(body.path("text").stringValue()).isEqualTo(large);
        }
    }

    @Test
    void withoutAlpnEachUserHasSeparateHttp1Connections() throws Exception {
        int port = server(false).actualPort();
        assertThat(get(port, "alice", "/").body().path("version").stringValue()).isEqualTo("HTTP_1_1");
        askAtOnce(port, 100);
        assertThat(connections).hasSizeGreaterThan(7);
    }

    @Test
    void aCertificateFromAnUntrustedAuthorityIsRejected() {
        int port = server(true).actualPort();
        try (var distrusting = new Transport(vertx, Duration.ofSeconds(2))) {
            var collector = new ReplyCollector();
            var request = new ProviderRequest(
                    HttpMethod.GET,
                    "https://localhost:" + port,
                    Map.of(),
                    AuthScheme.BEARER,
                    ApiKey.of("the-key-of-alice"),
                    "alice",
                    null);
            assertFails(
                    () -> collector.await(distrusting.start(request, DEADLINES, collector::follow)),
                    LlmFailure.of(Reason.UNREACHABLE));
        }
    }

    /** How a scripted server answers a stream; streams are numbered from 1 across all connections. */
    private interface Script {
        void answer(ChannelHandlerContext stream, int number);
    }

    private int scripted(Script script) throws Exception {
        var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        opened.add(() -> group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync());
        var numbers = new AtomicInteger();
        var tls = tls();
        var server = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connections.add(channel);
                        channel.pipeline()
                                .addLast(tls.newHandler(channel.alloc()))
                                .addLast(Http2FrameCodecBuilder.forServer().build())
                                .addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel stream) {
                                        stream.pipeline().addLast(new Streams(script, numbers));
                                    }
                                }));
                    }
                })
                .bind(new InetSocketAddress("localhost", 0))
                .sync()
                .channel();
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    private static SslContext tls() throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(keyStore().toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        return SslContextBuilder.forServer(keys)
                .sslProvider(SslProvider.JDK)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        "h2"))
                .build();
    }

    private static final class Streams extends ChannelInboundHandlerAdapter {
        private final Script script;
        private final AtomicInteger numbers;

        private Streams(Script script, AtomicInteger numbers) {
            this.script = script;
            this.numbers = numbers;
        }

        @Override
        public void channelRead(ChannelHandlerContext stream, Object frame) {
            if (frame instanceof Http2HeadersFrame headers && headers.isEndStream()) {
                script.answer(stream, numbers.incrementAndGet());
            }
            ReferenceCountUtil.release(frame);
        }
    }

    private static void status(ChannelHandlerContext stream, int status) {
        var _ = stream.write(
                new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status(String.valueOf(status)), false));
    }

    private static void body(ChannelHandlerContext stream, int number) {
        var bytes = Unpooled.copiedBuffer("{\"n\":%d}".formatted(number), StandardCharsets.UTF_8);
        var _ = stream.writeAndFlush(new DefaultHttp2DataFrame(bytes, true));
    }

    @Test
    void interimResponsesAreSkippedUntilTheFinalOne() throws Exception {
        int port = scripted((stream, number) -> {
            for (int interim : new int[] {100, 102, 103, 150, 199}) {
                status(stream, interim);
            }
            status(stream, 200);
            body(stream, number);
        });
        for (int i = 1; i < 5; i++) {
            var reply = get(port, "alice", "/");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body().path("n").asInt()).isEqualTo(i);
        }
    }

    @Test
    void aRefusedHttp2StreamIsRetriedOnce() throws Exception {
        var refused = new AtomicInteger();
        int port = scripted((stream, number) -> {
            if (number == 2 || number >= 4) {
                refused.incrementAndGet();
                var _ = stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
            } else {
                status(stream, 200);
                body(stream, number);
            }
        });
        assertThat(get(port, "alice", "/").body().path("n").asInt()).isEqualTo(1);
        assertThat(get(port, "alice", "/").body().path("n").asInt()).isEqualTo(3);
        assertFails(() -> get(port, "alice", "/"), LlmFailure.of(Reason.UNREACHABLE));
        assertThat(refused).hasValue(3);
    }

    @Test
    void aStreamAfterGoAwayIsRetriedOnAnotherConnection() throws Exception {
        int port = scripted((stream, number) -> {
            if (number == 1) {
                var pipeline = stream.channel().parent().pipeline();
                var codec = pipeline.context(Http2FrameCodec.class);
                int none = 0;
                var _ = pipeline.get(Http2FrameCodec.class)
                        .goAway(codec, none, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, codec.newPromise());
                codec.flush();
            } else {
                status(stream, 200);
                body(stream, number);
            }
        });
        assertThat(get(port, "alice", "/").body().path("n").asInt()).isEqualTo(2);
        assertThat(connections).hasSize(2);
    }

    @Test
    void aResetStreamFailsOnlyItsOwnRequest() throws Exception {
        int port = scripted((stream, number) -> {
            status(stream, 200);
            if (number == 2) {
                var _ = stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
            } else {
                body(stream, number);
            }
        });
        assertThat(get(port, "alice", "/").body().path("n").asInt()).isEqualTo(1);
        assertFails(() -> get(port, "alice", "/"), LlmFailure.of(Reason.BROKEN_ANSWER));
        assertThat(get(port, "alice", "/").body().path("n").asInt()).isEqualTo(3);
    }
}
