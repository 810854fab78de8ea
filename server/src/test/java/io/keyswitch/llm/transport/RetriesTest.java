package io.keyswitch.llm.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyswitch.core.Json;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.ChatMessage;
import io.keyswitch.llm.ChatMessage.Role;
import io.keyswitch.llm.ChatRequest;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.Target;
import io.keyswitch.provider.AuthScheme;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirks;
import io.keyswitch.provider.WireName;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.Targets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests are retried only when nothing can have been billed, and a limited number of times. */
@Timeout(60)
class RetriesTest {
    private static final ChatRequest REQUEST = new ChatRequest("", List.of(new ChatMessage(Role.USER, "hi")));
    private static final String HELLO =
            "{\"choices\":[{\"message\":{\"content\":\"hello\"},\"finish_reason\":\"stop\"}]}";

    private final Vertx vertx = Vertx.vertx();
    private final LlmClient llm = new LlmClient(
            vertx,
            new Deadlines(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(3)),
            new SimpleMeterRegistry(),
            CompletionListener.NONE);

    @AfterEach
    void close() {
        llm.close();
        vertx.close().await();
    }

    private static Target target(String url, String key) {
        return Targets.of(url, key, WireName.OPENAI, AuthScheme.BEARER, Quirks.NONE);
    }

    private static Target target(FakeProvider provider) {
        return target(provider.baseUrl(), "the-key-of-this-test");
    }

    /** Reads an answer to its end. @return the failure; null if there was none */
    private static @org.jspecify.annotations.Nullable LlmFailure failure(Completion completion) {
        try (completion) {
            while (completion.next() != null) {
                Thread.onSpinWait();
            }
            return null;
        } catch (LlmException e) {
            return e.failure();
        }
    }

    private @org.jspecify.annotations.Nullable LlmFailure ask(FakeProvider provider) {
        return failure(llm.complete(target(provider), REQUEST));
    }

    /** Answers the first requests with an error status and the rest with 200. */
    private static FakeProvider refusing(int times, int status, String... headers) {
        var asked = new AtomicInteger();
        return FakeProvider.answering((_, out) -> {
            if (asked.incrementAndGet() <= times) {
                out.json(status, "{}", headers);
            } else {
                out.json(200, HELLO);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"429, 1", "503, 1", "529, 2", "498, 2"})
    void aRequestRejectedBeforeBillingIsRetried(int status, int times) {
        try (var provider = refusing(times, status)) {
            assertThat(ask(provider)).isNull();
            assertThat(provider.seen()).hasSize(times + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 404, 408, 409, 413, 422, 500, 502, 504})
    void possiblyBilledOrPermanentFailuresAreNotRetried(int status) {
        try (var provider = refusing(1, status)) {
            assertThat(ask(provider)).isNotNull();
            assertThat(provider.seen()).hasSize(1);
        }
    }

    @Test
    void aRequestIsNotRetriedWhenItsConnectionClosesAfterItWasSent() {
        try (var provider = FakeProvider.answering((_, out) -> out.reset())) {
            assertThat(ask(provider)).isEqualTo(LlmFailure.of(Reason.BROKEN_ANSWER));
            assertThat(provider.seen()).hasSize(1);
        }
    }

    private static final String OVERLOADED = "data: {\"error\":{\"code\":503,\"status\":\"UNAVAILABLE\"}}\n\n";
    private static final String WORD = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hello\"}}]}\n\n";

    private static final String END =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    @Test
    void anErrorMidStreamIsNotRetried() {
        try (var provider = FakeProvider.answering((_, out) -> out.stream().write(WORD + OVERLOADED))) {
            assertThat(ask(provider)).isEqualTo(LlmFailure.waiting(Reason.OVERLOADED, null));
            assertThat(provider.seen()).hasSize(1);
        }
    }

    /** Some providers answer 200 before they know that they are overloaded. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            OPENAI    | data: {"error":{"code":503,"status":"UNAVAILABLE"}}
            OPENAI    | : processing/data: {"error":{"type":"server_is_overloaded","code":"rate_limit_exceeded"}}
            ANTHROPIC | event: message_start/data: {"type":"message_start","message":{"usage":{"input_tokens":9}}}/event: error/data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}
            GEMINI    | data: {"error":{"code":429,"status":"RESOURCE_EXHAUSTED"}}
            """)
    void anErrorBeforeTheFirstWordOfAStreamIsRetried(WireName wire, String frames) {
        var asked = new AtomicInteger();
        try (var provider = FakeProvider.answering((_, out) -> {
            if (asked.incrementAndGet() == 1) {
                out.stream().write(frames.replace("/event", "\n\nevent").replace("/data", "\ndata") + "\n\n");
            } else {
                out.json(503, "{}");
            }
        })) {
            var target = Targets.of(provider.baseUrl(), "the-key-of-this-test", wire, AuthScheme.BEARER, Quirks.NONE);
            assertThat(failure(llm.complete(target, REQUEST))).isEqualTo(LlmFailure.waiting(Reason.OVERLOADED, null));
            assertThat(provider.seen()).hasSize(3);
        }
    }

    @Test
    void aForwardedStreamThatBeginsWithAnErrorIsRepeatedUnseen() {
        var asked = new AtomicInteger();
        try (var provider = FakeProvider.answering(
                (_, out) -> out.stream().write(asked.incrementAndGet() == 1 ? OVERLOADED : WORD + END))) {
            var frames = new StringBuilder();
            var ended = new CompletableFuture<Boolean>();
            var body = Json.object().put("model", "m-1").put("stream", true);
            body.putArray("messages").addObject().put("role", "user").put("content", "hi");
            var _ = llm.forward(target(provider), body, new ForwardSink() {
                @Override
                public void leftOut(Set<String> fields) {}

                @Override
                public void frames(byte[] bytes) {
                    frames.append(new String(bytes, StandardCharsets.UTF_8));
                }

                @Override
                public void whole(byte[] bytes) {
                    ended.completeExceptionally(new AssertionError("not asked for"));
                }

                @Override
                public void end(boolean marked) {
                    ended.complete(marked);
                }

                @Override
                public void failed(LlmFailure failure) {
                    ended.completeExceptionally(new LlmException(failure));
                }
            });
            assertThat(ended).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(true);
            assertThat(frames.toString()).contains("hello").doesNotContain("error");
            assertThat(provider.seen()).hasSize(2);
        }
    }

    @Test
    void aRequestFailsAfterTwoRetries() {
        try (var provider = refusing(9, 503)) {
            assertThat(ask(provider)).isEqualTo(LlmFailure.waiting(Reason.OVERLOADED, null));
            assertThat(provider.seen()).hasSize(3);
        }
    }

    @Test
    void retryAfterIsObeyedWithinTheRetryTimeout() {
        // HTTP dates have whole seconds: a date two seconds ahead means a wait of more than one second.
        var soon = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2));
        try (var provider = refusing(1, 429, "Retry-After: " + soon)) {
            long begun = System.nanoTime();
            assertThat(ask(provider)).isNull();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(900));
        }
        try (var provider = refusing(1, 429, "Retry-After: 1")) {
            long begun = System.nanoTime();
            assertThat(ask(provider)).isNull();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
        for (var wait : List.of("60", "999999999")) {
            try (var provider = refusing(1, 429, "Retry-After: " + wait)) {
                assertThat(ask(provider)).extracting(LlmFailure::reason).isEqualTo(Reason.RATE_LIMITED);
                assertThat(provider.seen()).hasSize(1);
            }
        }
    }

    @Test
    void aRequestIsRetriedAfterItsConnectionWasRefused() throws Exception {
        int port;
        try (var socket = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var completion = llm.complete(target("http://127.0.0.1:" + port, "the-key-of-this-test"), REQUEST);
        try (var provider = FakeProvider.answering(port, (_, out) -> out.json(200, HELLO))) {
            assertThat(failure(completion)).isNull();
            assertThat(provider.seen()).hasSize(1);
        }
    }

    @Test
    void cancellingDuringARetryWaitSendsNothingMore() throws Exception {
        try (var provider = refusing(9, 503)) {
            var completion = llm.complete(target(provider), REQUEST);
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> !provider.seen().isEmpty());
            completion.close();
            TimeUnit.MILLISECONDS.sleep(1200);
            assertThat(provider.seen()).hasSize(1);
        }
    }

    @Test
    void aKeyCheckIsNotRetried() {
        try (var provider = refusing(9, 503)) {
            assertThat(failure(llm.completeOnce(target(provider), REQUEST)))
                    .isEqualTo(LlmFailure.waiting(Reason.OVERLOADED, null));
            assertThat(provider.seen()).hasSize(1);
        }
    }

    @Test
    void aKeyThatIsAlwaysRateLimitedExhaustsItsRetryBudget() throws Exception {
        try (var provider = refusing(1000, 429);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = IntStream.range(0, 40)
                    .mapToObj(_ -> threads.submit(() -> ask(provider)))
                    .toList();
            for (var one : asked) {
                assertThat(one.get()).isEqualTo(LlmFailure.waiting(Reason.RATE_LIMITED, null));
            }
            // Without a budget it would be 120.
            assertThat(provider.seen().size()).isBetween(41, 70);
        }
    }

    @Test
    void theCircuitBreakerPausesOneKeyAfterManyRejections() throws IOException {
        try (var provider = refusing(1000, 503)) {
            for (int i = 0; i < 5; i++) {
                assertThat(failure(llm.completeOnce(target(provider), REQUEST)))
                        .isEqualTo(LlmFailure.waiting(Reason.OVERLOADED, null));
            }
            assertThat(ask(provider)).isEqualTo(LlmFailure.waiting(Reason.PAUSED, ProviderHealth.PAUSE));
            assertThat(provider.seen()).hasSize(5);
            assertThat(failure(llm.completeOnce(target(provider.baseUrl(), "the-key-of-another"), REQUEST)))
                    .isEqualTo(LlmFailure.waiting(Reason.OVERLOADED, null));
            assertThat(provider.seen()).hasSize(6);
        }
    }

    @Test
    void anOverloadedModelDoesNotPauseOthersOnTheSameKey() {
        try (var provider = refusing(5, 503)) {
            for (int i = 0; i < 5; i++) {
                failure(llm.completeOnce(target(provider), REQUEST));
            }
            assertThat(ask(provider)).isEqualTo(LlmFailure.waiting(Reason.PAUSED, ProviderHealth.PAUSE));
            var one = target(provider);
            var other = one.withModel(new ModelId("m-2"));
            assertThat(failure(llm.complete(other, REQUEST))).isNull();
        }
    }

    @Test
    void httpErrorsOtherThanOverloadDoNotOpenTheCircuitBreaker() {
        for (int status : new int[] {400, 401, 404, 429, 500}) {
            try (var provider = refusing(1000, status)) {
                for (int i = 0; i < 12; i++) {
                    assertThat(failure(llm.completeOnce(target(provider), REQUEST)))
                            .extracting(LlmFailure::reason)
                            .isNotEqualTo(Reason.PAUSED);
                }
            }
        }
    }
}
