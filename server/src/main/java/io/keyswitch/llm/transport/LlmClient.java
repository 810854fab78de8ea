package io.keyswitch.llm.transport;

import com.github.benmanes.caffeine.cache.Cache;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.ChatRequest;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.Target;
import io.keyswitch.llm.wire.Refusals;
import io.keyswitch.llm.wire.WireFormat;
import io.keyswitch.llm.wire.WireRequest;
import io.keyswitch.llm.wire.anthropic.AnthropicWire;
import io.keyswitch.llm.wire.gemini.GeminiWire;
import io.keyswitch.llm.wire.openai.ForwardedRequest;
import io.keyswitch.llm.wire.openai.OpenAiWire;
import io.keyswitch.process.HeapShare;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.WireName;
import io.keyswitch.telemetry.CurrentRequest;
import io.keyswitch.telemetry.LimitedLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.HttpMethod;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends requests to providers. Each call is defined by its {@link Target}; only rejected fields and provider health are
 * kept, per endpoint, model and key. Thread-safe.
 */
public final class LlmClient implements AutoCloseable {
    private record UsedModel(Endpoint endpoint, ModelId model, String keyFingerprint) {}

    private static final int LINES_A_MINUTE = 60;
    /** The deadline of requests that run no model, such as key checks and model lists. */
    private static final Duration QUESTION = Duration.ofSeconds(15);

    private static final Duration REMEMBERED = Duration.ofHours(1);

    /** Fields that are renamed when the model rejects them. */
    private static final Set<String> OPTIONAL = Set.of(Refusals.MAX_TOKENS, Refusals.MAX_COMPLETION_TOKENS);
    /** Fields that Keyswitch adds itself and leaves out when the model rejects them. */
    private static final Set<String> UNASKED =
            Set.of(Refusals.STREAM, Refusals.STREAM_OPTIONS, Refusals.THINKING, Refusals.SIGNATURES);

    private final LimitedLog log = new LimitedLog(LoggerFactory.getLogger(LlmClient.class), LINES_A_MINUTE);
    private final Vertx vertx;
    private final Transport transport;
    private final Deadlines forCompletions;
    private final Deadlines forQuestions;
    private final Set<Attempts> running = ConcurrentHashMap.newKeySet();
    private final CompletionMetrics metrics;
    private final CompletionListener listener;
    private final ProviderHealth.Registry health = new ProviderHealth.Registry();
    private final Cache<UsedModel, Refusals> refusals = HeapShare.REFUSED_PARAMETERS
            .cache((UsedModel used, Refusals _) ->
                    HeapShare.bytes(400, used.endpoint().baseUrl(), used.model().value(), used.keyFingerprint()))
            .expireAfterWrite(REMEMBERED)
            .build();

    /**
     * Creates a client for all providers.
     *
     * @param listener notified when a completion ends
     */
    public LlmClient(Vertx vertx, Deadlines deadlines, MeterRegistry registry, CompletionListener listener) {
        this.vertx = vertx;
        this.transport = new Transport(vertx, deadlines.connect());
        this.forCompletions = deadlines;
        this.forQuestions = deadlines.atMost(QUESTION);
        this.metrics = new CompletionMetrics(registry, running);
        this.listener = listener;
    }

    /**
     * Starts a completion.
     *
     * @throws io.keyswitch.llm.LlmException if the provider's wire format cannot express the request
     */
    public Completion complete(Target target, ChatRequest request) {
        var completion = new Completion();
        completion.follow(start(target, request, completion, forCompletions));
        return completion;
    }

    /** Starts a completion that is not retried if the provider rejects it. */
    public Completion completeOnce(Target target, ChatRequest request) {
        var completion = new Completion();
        completion.follow(start(target, request, completion, forCompletions.once()));
        return completion;
    }

    /**
     * Starts a completion without blocking.
     *
     * @throws io.keyswitch.llm.LlmException if the provider's wire format cannot express the request
     */
    public RunningCall start(Target target, ChatRequest request, CompletionSink sink) {
        return start(target, request, sink, forCompletions);
    }

    private RunningCall start(Target target, ChatRequest request, CompletionSink sink, Deadlines deadlines) {
        var provider = target.provider();
        var wire = wireFormat(provider.wire());
        var caller = CurrentRequest.current();
        var plan = new Attempts.Plan(
                refused -> {
                    var message = wire.encode(
                            provider.wireModel(target.model()),
                            request.without(refused.fields()),
                            provider.quirks(),
                            refused);
                    sink.leftOut(leftOut(message, request, refused));
                    return post(target, message.path(), message.body());
                },
                field -> OPTIONAL.contains(field)
                        || UNASKED.contains(field)
                        || provider.quirks().dropIfRefused().contains(field),
                (call, attempt) ->
                        new AnswerReader(wire.decoder(), new ScrubbedEvents(target.key()), sink, call, attempt),
                failure -> gaveUp(caller, target, inOpenAisWords(failure, wire), sink::failed),
                refused -> refusals.put(used(target), refused));
        return begin(target, deadlines, plan);
    }

    private static Set<String> leftOut(WireRequest message, ChatRequest request, Refusals refused) {
        var leftOut = new HashSet<>(message.lost());
        refused.fields().stream().filter(request.options()::hasSampling).forEach(leftOut::add);
        return leftOut;
    }

    /** Forwards a client's request to a provider of wire format {@code openai} and streams its response back. */
    public RunningCall forward(Target target, ObjectNode body, ForwardSink sink) {
        var provider = target.provider();
        var asked = ForwardReader.Asked.by(body);
        ForwardedRequest.adapt(body, provider.wireModel(target.model()), provider.quirks());
        var scrub = new KeyScrub(target.key());
        var caller = CurrentRequest.current();
        var plan = new Attempts.Plan(
                refused -> {
                    sink.leftOut(ForwardedRequest.leftOut(refused, body, provider.quirks()));
                    var fewer = ForwardedRequest.without(refused, body, provider.quirks());
                    return post(target, OpenAiWire.CHAT_COMPLETIONS, fewer);
                },
                field -> ForwardedRequest.isOptional(field, body, provider.quirks()),
                (call, attempt) -> new ForwardReader(asked, sink, scrub, provider.quirks(), call, attempt),
                failure -> gaveUp(caller, target, scrubbed(failure, scrub), sink::failed),
                refused -> refusals.put(used(target), refused));
        return begin(target, forCompletions, plan);
    }

    /** The one text of a provider that clients get with a failure may quote the key. */
    private static LlmFailure scrubbed(LlmFailure failure, KeyScrub scrub) {
        var shown = failure.failedGeneration();
        return shown == null
                ? failure
                : LlmFailure.toolCall(
                        new String(scrub.scrub(shown.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8));
    }

    private RunningCall begin(Target target, Deadlines deadlines, Attempts.Plan plan) {
        var known = refusals.getIfPresent(used(target));
        var attempts = new Attempts(
                vertx,
                transport,
                deadlines,
                health.of(target),
                plan,
                known == null ? Refusals.NONE : known,
                (ended, how, took) -> {
                    running.remove(ended);
                    metrics.ended(target.provider().id(), how, took);
                    tell(target, how);
                });
        running.add(attempts);
        attempts.begin();
        return attempts;
    }

    private void tell(Target target, Attempts.Ending ending) {
        switch (ending) {
            case Attempts.Ending.Answered _ -> listener.answered(target);
            case Attempts.Ending.GivenUp(var failure) -> listener.failed(target, failure);
            case Attempts.Ending.Cancelled _ -> {}
        }
    }

    /** Logs the failure without any text of the provider. */
    private void gaveUp(CurrentRequest caller, Target target, LlmFailure failure, Consumer<LlmFailure> sink) {
        caller.run(() -> log.info(
                "completion failed: provider {}, model {}: {}",
                target.provider().id(),
                target.model(),
                failure));
        sink.accept(failure);
    }

    private static UsedModel used(Target target) {
        return new UsedModel(target.endpoint(), target.model(), target.key().fingerprint());
    }

    private static LlmFailure inOpenAisWords(LlmFailure failure, WireFormat wire) {
        var field = failure.field();
        return failure.is(Reason.REJECTED) && field != null
                ? LlmFailure.rejected(wire.openAiName(field), failure.fault())
                : failure;
    }

    private static WireFormat wireFormat(WireName name) {
        return switch (name) {
            case OPENAI -> OpenAiWire.INSTANCE;
            case ANTHROPIC -> AnthropicWire.INSTANCE;
            case GEMINI -> GeminiWire.INSTANCE;
        };
    }

    private static ProviderRequest post(Target target, String path, JsonNode body) {
        return request(HttpMethod.POST, target, path, body);
    }

    private static ProviderRequest request(HttpMethod method, Target target, String path, @Nullable JsonNode body) {
        var provider = target.provider();
        return new ProviderRequest(
                method,
                target.endpoint().resolve(path),
                provider.api().headers(),
                provider.api().auth(),
                target.key(),
                target.owner(),
                body);
    }

    /**
     * Sends a GET request and waits for the response.
     *
     * @param path below the endpoint, from the registry
     * @throws io.keyswitch.llm.LlmException if no complete response arrived
     */
    public Reply get(Target target, String path) {
        var collector = new ReplyCollector();
        var request = request(HttpMethod.GET, target, path, null);
        return collector.await(transport.start(request, forQuestions, collector::follow));
    }

    /** Ends every in-flight completion with {@link Reason#STOPPED}, so that its caller is notified. */
    public void stopCompletions() {
        running.forEach(attempts -> attempts.stop(LlmFailure.stopped()));
    }

    @Override
    public void close() {
        transport.close();
    }
}
