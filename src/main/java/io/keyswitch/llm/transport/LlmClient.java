package io.keyswitch.llm.transport;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.ChatRequest;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.Target;
import io.keyswitch.llm.wire.Adjustment;
import io.keyswitch.llm.wire.WireFormat;
import io.keyswitch.llm.wire.anthropic.AnthropicWire;
import io.keyswitch.llm.wire.gemini.GeminiWire;
import io.keyswitch.llm.wire.openai.ForwardedRequest;
import io.keyswitch.llm.wire.openai.OpenAiWire;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.WireName;
import io.keyswitch.secret.ApiKey;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks providers. Everything a call needs is in its {@link Target}; nothing of one user's request is kept for another's.
 * Thread-safe.
 */
public final class LlmClient implements AutoCloseable {
    private record AdjustedModel(Endpoint endpoint, ModelId model, ApiKey key) {}

    private static final int MAX_ADJUSTED_MODELS = 10_000;
    /** Somebody waits for a check or a list, and no model has to think for it. */
    private static final Duration QUESTION = Duration.ofSeconds(15);

    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Transport transport;
    private final Deadlines forCompletions;
    private final Deadlines forQuestions;
    private final Cache<AdjustedModel, Set<Adjustment>> adjustments = Caffeine.newBuilder()
            .maximumSize(MAX_ADJUSTED_MODELS)
            .expireAfterWrite(REMEMBERED)
            .build();

    public LlmClient(Vertx vertx, Deadlines deadlines) {
        this.transport = new Transport(vertx, deadlines.connect());
        this.forCompletions = deadlines;
        this.forQuestions = deadlines.atMost(QUESTION);
    }

    /**
     * Starts a completion.
     *
     * @throws io.keyswitch.llm.LlmException if the request cannot be said in the provider's wire format
     */
    public Completion complete(Target target, ChatRequest request) {
        var completion = new Completion();
        start(target, request, completion);
        return completion;
    }

    /**
     * Starts a completion without blocking.
     *
     * @throws io.keyswitch.llm.LlmException if the request cannot be said in the provider's wire format
     */
    public void start(Target target, ChatRequest request, CompletionSink sink) {
        var known = adjustments.getIfPresent(new AdjustedModel(target.endpoint(), target.model(), target.key()));
        attempt(target, request, sink, known == null ? Set.of() : known);
    }

    /** Sends a client's own request to a provider of wire format {@code openai}, and its answer back as it comes. */
    public RunningCall forward(Target target, ObjectNode body, ForwardSink sink) {
        var provider = target.provider();
        var adapted = ForwardedRequest.adapt(body, provider.wireModel(target.model()), provider.quirks());
        var request = new ProviderRequest(
                HttpMethod.POST,
                target.endpoint().resolve(OpenAiWire.CHAT_COMPLETIONS),
                provider.headers(),
                provider.auth(),
                target.key(),
                adapted);
        var scrub = new KeyScrub(target.key());
        return transport.start(request, forCompletions, call -> new ForwardReader(sink, call, scrub));
    }

    private void attempt(Target target, ChatRequest request, CompletionSink sink, Set<Adjustment> adjusted) {
        var provider = target.provider();
        var wire = wireFormat(provider.wire());
        var message = wire.encode(provider.wireModel(target.model()), request, provider.quirks(), adjusted);
        var sent = new ProviderRequest(
                HttpMethod.POST,
                target.endpoint().resolve(message.path()),
                provider.headers(),
                provider.auth(),
                target.key(),
                message.body());
        var adjusting = new AdjustingSink(target, request, sink, adjusted);
        sink.following(
                transport.start(sent, forCompletions, call -> new AnswerReader(wire.decoder(), adjusting, call)));
    }

    private static WireFormat wireFormat(WireName name) {
        return switch (name) {
            case OPENAI -> OpenAiWire.INSTANCE;
            case ANTHROPIC -> AnthropicWire.INSTANCE;
            case GEMINI -> GeminiWire.INSTANCE;
        };
    }

    /** Hands an answer on, unless it is the refusal of a parameter: then the request is sent again without it. */
    private final class AdjustingSink implements CompletionSink {
        private final Target target;
        private final ChatRequest request;
        private final CompletionSink sink;
        private final Set<Adjustment> tried;
        private boolean begun;

        AdjustingSink(Target target, ChatRequest request, CompletionSink sink, Set<Adjustment> tried) {
            this.target = target;
            this.request = request;
            this.sink = sink;
            this.tried = tried;
        }

        @Override
        public void following(RunningCall call) {
            sink.following(call);
        }

        @Override
        public void events(List<ChatEvent> events) {
            begun = true;
            sink.events(events);
        }

        @Override
        public void end() {
            sink.end();
        }

        @Override
        public void failed(LlmFailure failure) {
            var next = begun ? null : Adjustment.after(failure, tried);
            if (next == null) {
                sink.failed(failure);
            } else {
                adjustments.put(new AdjustedModel(target.endpoint(), target.model(), target.key()), next);
                attempt(target, request, sink, next);
            }
        }
    }

    /**
     * Asks a provider something that is not a completion, and waits for the answer.
     *
     * @param path below the endpoint, from the registry
     * @throws io.keyswitch.llm.LlmException if no answer came
     */
    public Reply get(Target target, String path) {
        var provider = target.provider();
        var collector = new ReplyCollector();
        var request = new ProviderRequest(
                HttpMethod.GET,
                target.endpoint().resolve(path),
                provider.headers(),
                provider.auth(),
                target.key(),
                null);
        return collector.await(transport.start(request, forQuestions, collector::follow));
    }

    @Override
    public void close() {
        transport.close();
    }
}
