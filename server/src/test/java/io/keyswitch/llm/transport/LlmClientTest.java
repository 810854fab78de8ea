package io.keyswitch.llm.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.keyswitch.core.Reason;
import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.ChatMessage;
import io.keyswitch.llm.ChatMessage.Role;
import io.keyswitch.llm.ChatRequest;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.LlmFailure.Phase;
import io.keyswitch.llm.Target;
import io.keyswitch.provider.AuthScheme;
import io.keyswitch.provider.Quirks;
import io.keyswitch.provider.WireName;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.Targets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LlmClientTest {
    private static final String KEY = "sk-canary-7f3a9c-wxyz";
    private static final ChatRequest REQUEST = new ChatRequest("", List.of(new ChatMessage(Role.USER, "hi")));
    private static final String HELLO = "data: {\"choices\":[{\"delta\":{\"content\":\"hello\"}}]}\n\n";
    private static final String END =
            "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private final Vertx vertx = Vertx.vertx();
    private final LlmClient llm = new LlmClient(
            vertx,
            new Deadlines(
                    Duration.ofSeconds(1),
                    Duration.ofMillis(700),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(6),
                    Duration.ZERO),
            new SimpleMeterRegistry(),
            CompletionListener.NONE);

    @AfterEach
    void close() {
        llm.close();
        vertx.close().await();
    }

    private static Target target(String url) {
        return target(url, WireName.OPENAI, AuthScheme.BEARER);
    }

    private static Target target(String url, WireName wire, AuthScheme auth) {
        return Targets.of(
                url,
                KEY,
                wire,
                auth,
                Quirks.NONE
                        .bound("max_tokens", 50)
                        .fields(new Quirks.Fields(Set.of(), Set.of("temperature"), Map.of(), Set.of())));
    }

    private String read(Target target) {
        var text = new StringBuilder();
        try (var completion = llm.complete(target, REQUEST)) {
            for (var events = completion.next(); events != null; events = completion.next()) {
                for (var event : events) {
                    if (event instanceof ChatEvent.Text(var piece)) {
                        text.append(piece);
                    }
                }
            }
        }
        return text.toString();
    }

    private void assertFails(FakeProvider provider, LlmFailure failure) {
        assertThatThrownBy(() -> read(target(provider.baseUrl())))
                .asInstanceOf(type(LlmException.class))
                .extracting(LlmException::failure)
                .isEqualTo(failure);
    }

    @Test
    void readsAStream() {
        try (var provider =
                FakeProvider.answering((_, out) -> out.stream().write(HELLO).write(END))) {
            assertThat(read(target(provider.baseUrl()))).isEqualTo("hello");
        }
    }

    @Test
    void readsAWholeAnswerWhenTheProviderDoesNotStream() {
        try (var provider = FakeProvider.answering((_, out) ->
                out.json(200, "{\"choices\":[{\"message\":{\"content\":\"whole\"},\"finish_reason\":\"stop\"}]}"))) {
            assertThat(read(target(provider.baseUrl()))).isEqualTo("whole");
        }
    }

    @Test
    void theKeyIsSentOnlyInTheAuthenticationHeader() {
        for (var scheme : AuthScheme.values()) {
            try (var provider =
                    FakeProvider.answering((_, out) -> out.stream().write(HELLO).write(END))) {
                var _ = read(target(provider.baseUrl(), WireName.OPENAI, scheme));
                var seen = provider.seen().getFirst();
                assertThat(seen.headers())
                        .containsEntry(scheme.header().toLowerCase(java.util.Locale.ROOT), scheme.prefix() + KEY);
                assertThat(seen.headers()).containsEntry("x-version", "7");
                assertThat(seen.path()).isEqualTo("/chat/completions");
                assertThat(seen.body()).doesNotContain(KEY);
                assertThat(seen.headers().values().stream().filter(value -> value.contains(KEY)))
                        .hasSize(1);
            }
        }
    }

    @Test
    void noRedirectIsFollowed() {
        try (var elsewhere = FakeProvider.answering(
                        (_, out) -> out.stream().write(HELLO).write(END));
                var provider =
                        FakeProvider.answering((_, out) -> out.json(307, "{}", "Location: " + elsewhere.baseUrl()))) {
            assertFails(provider, LlmFailure.rejected(null));
            assertThat(elsewhere.seen()).isEmpty();
        }
    }

    @Test
    void aProviderThatNeverAnswersTimesOut() {
        try (var provider = FakeProvider.answering((_, out) -> out.awaitHangUp())) {
            assertFails(provider, LlmFailure.timedOut(Phase.FIRST_BYTE));
        }
    }

    @Test
    void aStalledStreamTimesOut() {
        try (var provider =
                FakeProvider.answering((_, out) -> out.stream().write(HELLO).awaitHangUp())) {
            assertFails(provider, LlmFailure.timedOut(Phase.NEXT_BYTE));
        }
    }

    @Test
    void anEndlessStreamTimesOut() {
        try (var provider = FakeProvider.answering((_, out) -> {
            out.stream();
            while (true) {
                out.write(": ping\n\n");
                Thread.sleep(100);
            }
        })) {
            assertFails(provider, LlmFailure.timedOut(Phase.LAST_BYTE));
        }
    }

    @Test
    void aRefusedConnectionIsReportedAsUnreachable() {
        String url;
        try (var provider = FakeProvider.answering((_, _) -> {})) {
            url = provider.baseUrl();
        }
        assertThatThrownBy(() -> read(target(url)))
                .isInstanceOfSatisfying(
                        LlmException.class, e -> assertThat(e.failure()).isEqualTo(LlmFailure.of(Reason.UNREACHABLE)));
    }

    @Test
    void aConnectionClosedAfterTheRequestWasSentIsABrokenAnswer() {
        try (var provider = FakeProvider.answering((_, out) -> out.reset())) {
            assertFails(provider, LlmFailure.of(Reason.BROKEN_ANSWER));
        }
    }

    @Test
    void aTruncatedOrNonJsonAnswerIsReportedAsBroken() {
        try (var provider = FakeProvider.answering((_, out) -> out.stream().write(HELLO))) {
            assertFails(provider, LlmFailure.of(Reason.BROKEN_ANSWER));
        }
        try (var provider = FakeProvider.answering((_, out) -> out.json(200, "{\"choices\":["))) {
            assertFails(provider, LlmFailure.of(Reason.BROKEN_ANSWER));
        }
        try (var provider = FakeProvider.answering((_, out) -> out.json(200, "<html>"))) {
            assertFails(provider, LlmFailure.of(Reason.BROKEN_ANSWER));
        }
    }

    @Test
    void aJsonErrorWithoutSseFramingInAStreamIsMappedToItsFailure() {
        try (var provider = FakeProvider.answering((_, out) ->
                out.stream().write(HELLO).write("{\"error\":{\"code\":503,\n\"status\":\"UNAVAILABLE\"}}"))) {
            assertFails(provider, LlmFailure.waiting(Reason.OVERLOADED, null));
        }
    }

    @Test
    void anAnswerWithAnOutOfRangeNumberIsReportedAsBroken() {
        try (var provider =
                FakeProvider.answering((_, out) -> out.json(200, "{\"choices\":[],\"created\":1e99999999999}"))) {
            assertFails(provider, LlmFailure.of(Reason.BROKEN_ANSWER));
            assertThat(llm.get(target(provider.baseUrl()), "/models").body().isMissingNode())
                    .isTrue();
        }
    }

    @Test
    void compressedResponsesAreNeitherRequestedNorDecoded() throws Exception {
        var bomb = new java.io.ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(bomb)) {
            for (int i = 0; i < 200; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        try (var provider = FakeProvider.answering((_, out) ->
                out.head(200, "application/json", "Content-Encoding: gzip").write(bomb.toByteArray()))) {
            assertFails(provider, LlmFailure.of(Reason.BROKEN_ANSWER));
            assertThat(provider.seen().getFirst().headers()).doesNotContainKey("accept-encoding");
        }
    }

    @Test
    void anEndlessLineIsABrokenAnswer() {
        try (var provider = FakeProvider.answering((_, out) -> {
            out.stream().write("data: ");
            while (true) {
                out.write("x".repeat(64 << 10));
            }
        })) {
            assertFails(provider, LlmFailure.of(Reason.BROKEN_ANSWER));
        }
    }

    @Test
    void eventsBeforeAFailureAreDelivered() {
        try (var provider = FakeProvider.answering((_, out) -> out.stream().write(HELLO));
                var completion = llm.complete(target(provider.baseUrl()), REQUEST)) {
            assertThat(completion.next()).containsExactly(new ChatEvent.Text("hello"));
            assertThatThrownBy(completion::next).isInstanceOf(LlmException.class);
        }
    }

    @Test
    void closingACompletionClosesTheProviderConnection() throws Exception {
        try (var provider =
                FakeProvider.answering((_, out) -> out.stream().write(HELLO).awaitHangUp())) {
            var completion = llm.complete(target(provider.baseUrl()), REQUEST);
            var _ = completion.next();
            completion.close();
            assertThat(provider.hangUps().await(1, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(completion::next).isInstanceOf(Completion.CancelledException.class);
        }
    }

    @Test
    void rejectedParametersAreOmittedOnRetryAndInLaterRequests() {
        try (var provider = FakeProvider.answering((request, out) -> {
            if (request.body().contains("\"max_tokens\"")) {
                out.json(400, "{\"error\":{\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}}");
            } else if (request.body().contains("\"stream\"")) {
                out.json(400, "{\"error\":{\"param\":\"stream\",\"code\":\"unsupported_value\"}}");
            } else {
                out.json(200, "{\"choices\":[{\"message\":{\"content\":\"ok\"},\"finish_reason\":\"stop\"}]}");
            }
        })) {
            assertThat(read(target(provider.baseUrl()))).isEqualTo("ok");
            assertThat(provider.seen()).hasSize(3);
            assertThat(read(target(provider.baseUrl()))).isEqualTo("ok");
            assertThat(provider.seen()).hasSize(4);
        }
    }

    @Test
    void aParameterRejectedTwiceIsAFailure() {
        try (var provider =
                FakeProvider.answering((_, out) -> out.json(400, "{\"error\":{\"param\":\"max_tokens\"}}"))) {
            assertFails(provider, LlmFailure.rejected(null));
            assertThat(provider.seen()).hasSize(2);
        }
    }

    @Test
    void aSlowReaderAppliesBackpressureAndLosesNothing() throws Exception {
        var piece = "data: {\"choices\":[{\"delta\":{\"content\":\"" + "x".repeat(1000) + "\"}}]}\n\n";
        var written = new AtomicInteger();
        try (var provider = FakeProvider.answering((_, out) -> {
                    out.stream();
                    while (written.getAndIncrement() < 20_000) {
                        out.write(piece);
                    }
                    out.write(END);
                });
                var completion = llm.complete(target(provider.baseUrl()), REQUEST)) {
            awaitStandstill(written);
            assertThat(written.get()).isLessThan(20_000);
            long characters = 0;
            for (var events = completion.next(); events != null; events = completion.next()) {
                for (var event : events) {
                    characters += event instanceof ChatEvent.Text(var text) ? text.length() : 0;
                }
            }
            assertThat(characters).isEqualTo(20_000_000L);
        }
    }

    /** Waits until nothing was written for 600 ms, which is longer than the timeout between chunks. */
    private static void awaitStandstill(AtomicInteger written) throws InterruptedException {
        for (int before = -1; before != written.get(); ) {
            before = written.get();
            TimeUnit.MILLISECONDS.sleep(600);
        }
    }

    @Test
    void theRetryAfterHeaderIsReportedAndCappedAtOneDay() {
        try (var provider = FakeProvider.answering((_, out) -> out.json(429, "{}", "Retry-After: 20"))) {
            assertFails(provider, LlmFailure.waiting(Reason.RATE_LIMITED, Duration.ofSeconds(20)));
        }
        try (var provider = FakeProvider.answering((_, out) -> out.json(429, "{}", "Retry-After: 999999999"))) {
            assertFails(provider, LlmFailure.waiting(Reason.RATE_LIMITED, Duration.ofHours(24)));
        }
        try (var provider = FakeProvider.answering((_, out) -> out.json(429, "{}", "Retry-After: nonsense"))) {
            assertFails(provider, LlmFailure.waiting(Reason.RATE_LIMITED, null));
        }
    }
}
