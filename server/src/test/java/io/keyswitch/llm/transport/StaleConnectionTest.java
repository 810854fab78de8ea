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
import io.keyswitch.testing.FakeProvider;
import io.netty.handler.codec.http.HttpMethod;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pooled connections that the provider closed before they are reused. */
@Timeout(60)
class StaleConnectionTest {
    private static final Deadlines DEADLINES = new Deadlines(
            Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ZERO);
    /** Pause before a connection is reused. */
    private static final Duration REST = Duration.ofMillis(80);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Transport transport = new Transport(vertx, Duration.ofSeconds(2));

    @AfterEach
    void close() {
        transport.close();
        vertx.close().await();
    }

    private int send(HttpMethod method, FakeProvider provider, String owner) throws InterruptedException {
        var collector = new ReplyCollector();
        var request = new ProviderRequest(
                method,
                provider.baseUrl(),
                Map.of(),
                AuthScheme.BEARER,
                ApiKey.of("the-key-of-everybody"),
                owner,
                method.equals(HttpMethod.GET) ? null : Json.object().put("a", 1));
        var status = collector
                .await(transport.start(request, DEADLINES, collector::follow))
                .status();
        Thread.sleep(REST);
        return status;
    }

    /** Answers every request except those with the given numbers (from 1), where it closes the connection instead. */
    private static FakeProvider closingAt(Integer... numbers) {
        var seen = new AtomicInteger();
        return FakeProvider.answering((_, out) -> {
                    if (Set.of(numbers).contains(seen.incrementAndGet())) {
                        out.close();
                    } else {
                        out.respond(200, "application/json", "{}");
                    }
                })
                .unchecked()
                .keepsAlive();
    }

    private void assertBreaks(HttpMethod method, FakeProvider provider) {
        assertThatThrownBy(() -> send(method, provider, "alice"))
                .asInstanceOf(type(LlmException.class))
                .extracting(LlmException::failure)
                .isEqualTo(LlmFailure.of(Reason.BROKEN_ANSWER));
    }

    @Test
    void aConnectionIsReusedOnlyForItsOwner() throws Exception {
        try (var provider = closingAt()) {
            for (int i = 0; i < 3; i++) {
                assertThat(send(HttpMethod.POST, provider, "alice")).isEqualTo(200);
            }
            assertThat(provider.connections()).isEqualTo(1);
            assertThat(send(HttpMethod.POST, provider, "bob")).isEqualTo(200);
            assertThat(provider.connections()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionThatWasClosedWhileIdleIsReplaced() throws Exception {
        var first = new AtomicBoolean(true);
        try (var provider = FakeProvider.answering((_, out) -> {
                    out.respond(200, "application/json", "{}");
                    if (first.getAndSet(false)) {
                        out.close();
                    }
                })
                .unchecked()
                .keepsAlive()) {
            assertThat(send(HttpMethod.POST, provider, "alice")).isEqualTo(200);
            assertThat(send(HttpMethod.POST, provider, "alice")).isEqualTo(200);
            assertThat(provider.connections()).isEqualTo(2);
        }
    }

    @Test
    void anUnbilledRequestIsRetriedWhenItsConnectionWasClosed() throws Exception {
        try (var provider = closingAt(2)) {
            assertThat(send(HttpMethod.GET, provider, "alice")).isEqualTo(200);
            assertThat(send(HttpMethod.GET, provider, "alice")).isEqualTo(200);
            assertThat(provider.seen()).hasSize(3);
        }
    }

    @Test
    void aRequestIsRetriedAtMostOnceAfterItsConnectionClosed() throws Exception {
        try (var provider = closingAt(2, 3)) {
            assertThat(send(HttpMethod.GET, provider, "alice")).isEqualTo(200);
            assertBreaks(HttpMethod.GET, provider);
            assertThat(provider.seen()).hasSize(3);
        }
    }

    @Test
    void aPossiblyBilledRequestIsNotRetriedWhenItsConnectionCloses() throws Exception {
        try (var provider = closingAt(2)) {
            assertThat(send(HttpMethod.POST, provider, "alice")).isEqualTo(200);
            assertBreaks(HttpMethod.POST, provider);
            assertThat(provider.seen()).hasSize(2);
        }
    }
}
