package io.keyswitch.http.openai;

import io.keyswitch.auth.Credentials;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.limits.UserLimits;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.transport.ForwardSink;
import io.keyswitch.llm.transport.LlmClient;
import io.keyswitch.llm.wire.openai.PlainMessages;
import io.keyswitch.modelconfig.KeyInUse;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.Route;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirks;
import io.keyswitch.provider.WireName;
import io.keyswitch.secret.KeyPlace;
import io.keyswitch.secret.ScannedText;
import io.keyswitch.telemetry.CurrentRequest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/chat/completions}: runs a client's request with the user's model and key. */
final class ChatCompletions {
    private static final Pattern JSON = Pattern.compile("(?i)application/json\\s*(;|$)");
    /** The fields allowed with the project key; others may raise the price of an answer. */
    private static final Set<String> USUAL = Set.of(
            "model",
            "messages",
            "stream",
            "stream_options",
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "max_tokens",
            "max_completion_tokens",
            "stop",
            "seed",
            "presence_penalty",
            "frequency_penalty",
            "repetition_penalty",
            "logit_bias",
            "logprobs",
            "top_logprobs",
            "response_format",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "functions",
            "function_call",
            "reasoning_effort",
            "reasoning_format",
            "include_reasoning",
            "verbosity",
            "user",
            "safety_identifier",
            "prompt_cache_key",
            "metadata",
            "store");

    private final Vertx vertx;
    private final Clients clients;
    private final UserLimits limits;
    private final LlmClient llm;
    private final ExecutorService virtualThreads;
    private final Duration heartbeat;
    private final SignedCalls signedCalls;

    ChatCompletions(
            Vertx vertx,
            Clients clients,
            UserLimits limits,
            LlmClient llm,
            SignedCalls signedCalls,
            ExecutorService virtualThreads,
            Duration heartbeat) {
        this.vertx = vertx;
        this.clients = clients;
        this.limits = limits;
        this.llm = llm;
        this.signedCalls = signedCalls;
        this.virtualThreads = virtualThreads;
        this.heartbeat = heartbeat;
    }

    void handle(RoutingContext context) {
        var answer = new ClientResponse(vertx.getOrCreateContext(), context);
        if (!isJson(context.request())) {
            answer.error(OpenAiError.NOT_JSON);
            return;
        }
        var buffer = context.body().buffer();
        var body = buffer == null ? null : PlainMessages.read(bytes(buffer));
        if (!(body instanceof ObjectNode request)) {
            answer.error(OpenAiError.invalid(null, "The body must be one JSON object, without duplicate keys."));
            return;
        }
        var credentials = Credentials.of(context.request().headers()::getAll);
        clients.identify(credentials, answer, known -> route(known, request, answer));
    }

    private void route(Clients.Known known, ObjectNode request, ClientResponse answer) {
        switch (known.routed().route()) {
            case Route.NothingConfigured _ -> answer.error(OpenAiError.noModel());
            case Route.Unusable(var failure) -> answer.error(OpenAiError.of(failure));
            case Route.Ready ready -> begin(known, ready, request, answer);
        }
    }

    private void begin(Clients.Known known, Route.Ready route, ObjectNode request, ClientResponse answer) {
        var model = request.path("model");
        if (!model.isMissingNode() && !model.isNull() && !(model.isString() && ModelId.isValid(model.stringValue()))) {
            answer.error(
                    OpenAiError.invalid("model", "model must be a string of 2 to 128 characters, or \"default\"."));
            return;
        }
        // The model of the config was looked at when it was saved.
        boolean configured = model.asString("").equals(route.target().model().value());
        if (model.isString() && !configured && isKey(model.stringValue(), known, route)) {
            answer.error(OpenAiError.invalid("model", "model looks like an API key. Never send a key in this field."));
            return;
        }
        if (answer.isOver()) {
            return;
        }
        var chosen = Clients.withModel(route, model.isString() ? model.stringValue() : null);
        CurrentRequest.current().answering(chosen.answering());
        try {
            if (route.keySource() == KeySource.PROJECT) {
                refuseExtras(request);
            }
            boolean onProjectKey = route.keySource() == KeySource.PROJECT;
            var permit = limits.tryBeginCompletion(known.user(), onProjectKey);
            if (permit != null) {
                complete(known, chosen, request, answer, permit);
            } else {
                virtualThreads.execute(CurrentRequest.continued(() -> awaitPermit(known, chosen, request, answer)));
            }
        } catch (RuntimeException | Error e) {
            answer.error(OpenAiError.of(e, chosen));
        }
    }

    /** Counts a message on the project key in the database. */
    private void awaitPermit(Clients.Known known, Route.Ready chosen, ObjectNode request, ClientResponse answer) {
        try {
            var permit = limits.beginCompletion(known.user(), chosen.keySource() == KeySource.PROJECT);
            answer.onEventLoop(() -> complete(known, chosen, request, answer, permit));
        } catch (RuntimeException | Error e) {
            answer.onEventLoop(() -> answer.error(OpenAiError.of(e, chosen)));
        }
    }

    private void complete(
            Clients.Known known,
            Route.Ready chosen,
            ObjectNode request,
            ClientResponse answer,
            UserLimits.Permit permit) {
        answer.holds(permit::close);
        if (answer.isOver()) {
            return;
        }
        try {
            if (request.path("stream").asBoolean(false)) {
                answer.beatsAfter(vertx, heartbeat);
            }
            if (chosen.target().provider().wire() != WireName.OPENAI) {
                PlainMessages.expand(request);
            }
            var signed = chosen.target().provider().wire() == WireName.OPENAI
                    ? List.<KeyPlace.ToolCall>of()
                    : signedCalls.notInMemory(chosen.target(), request);
            if (signed.isEmpty()) {
                ask(known, chosen, request, answer);
            } else {
                virtualThreads.execute(CurrentRequest.continued(() -> {
                    signedCalls.read(signed);
                    answer.onEventLoop(() -> ask(known, chosen, request, answer));
                }));
            }
        } catch (RuntimeException | Error e) {
            answer.error(OpenAiError.of(e, chosen));
        }
    }

    private void ask(Clients.Known known, Route.Ready chosen, ObjectNode request, ClientResponse answer) {
        if (answer.isOver()) {
            return;
        }
        try {
            complete(chosen, request, answer);
            if (chosen.ownKey() != null) {
                known.keyUse().dependsOn(KeyInUse.of(chosen.ownKey()));
                known.keyUse()
                        .onCancel(() -> answer.onEventLoop(
                                () -> answer.error(OpenAiError.of(new Failure(Reason.KEY_DELETED)))));
            }
        } catch (RuntimeException | Error e) {
            answer.error(OpenAiError.of(e, chosen));
        }
    }

    /** Whether a model ID may be a key; model IDs go into logs and, with some providers, into the URL. */
    private boolean isKey(String model, Clients.Known known, Route.Ready route) {
        return ScannedText.isKeyForName(model)
                || clients.isUnusedKey(known, route, model)
                || ScannedText.of(model, List.of(route.target().key())).hasSecrets();
    }

    /** The bytes of a body, which only a body that has come in one piece has as an array of its own. */
    private static byte[] bytes(Buffer body) {
        var buffer = ((BufferInternal) body).getByteBuf();
        boolean whole = buffer.hasArray() && buffer.array().length == buffer.readableBytes();
        return whole ? buffer.array() : body.getBytes();
    }

    /** Required, because browsers send other types cross-origin without a preflight. */
    private static boolean isJson(HttpServerRequest request) {
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return "application/json".equals(type)
                || (type != null && JSON.matcher(type).lookingAt());
    }

    /** Rejects fields that may raise the price: a message of the daily limit is one answer at the usual price. */
    private static void refuseExtras(ObjectNode request) {
        request.properties().stream()
                .filter(field -> !field.getValue().isNull() && !isUsual(field.getKey(), field.getValue()))
                .findFirst()
                .ifPresent(field -> {
                    throw extra(field.getKey());
                });
    }

    private static boolean isUsual(String field, JsonNode value) {
        return switch (field) {
            case "n" -> value.isIntegralNumber() && value.asString("").equals("1");
            case "tools" -> value.valueStream().allMatch(ChatCompletions::isFunction);
            default -> USUAL.contains(field);
        };
    }

    /** Built-in tools of the provider, such as web search, are billed separately. */
    private static boolean isFunction(JsonNode tool) {
        return tool.path("type").stringValue("function").equals("function");
    }

    private static InvalidRequestException extra(String field) {
        return new InvalidRequestException(
                field, "\"%s\" is only available with your own key. Omit it to use the default key.".formatted(field));
    }

    private void complete(Route.Ready route, ObjectNode request, ClientResponse answer) {
        answer.leftOut(dropped(request, route.target().provider().quirks()));
        if (route.target().provider().wire() == WireName.OPENAI) {
            answer.feedsFrom(llm.forward(route.target(), request, new Forwarded(route, answer)));
            return;
        }
        var asked = ChatRequestReader.read(
                request, route.target().provider().quirks(), call -> signedCalls.find(route.target(), call));
        answer.feedsFrom(llm.start(
                route.target(),
                asked.request(),
                asked.stream()
                        ? new TranslatedStream(route, answer, signedCalls, asked.includeUsage())
                        : new TranslatedWhole(route, answer, signedCalls)));
    }

    /** The fields of a request that the provider's quirks leave out. */
    private static Set<String> dropped(ObjectNode request, Quirks quirks) {
        return quirks.drop().stream()
                .filter(field -> request.hasNonNull(field) || isInMessages(request, field) || isFormat(request, field))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isInMessages(ObjectNode request, String field) {
        var ofMessages = "messages.";
        return field.startsWith(ofMessages)
                && request.path("messages")
                        .valueStream()
                        .anyMatch(message -> message.hasNonNull(field.substring(ofMessages.length())));
    }

    private static boolean isFormat(ObjectNode request, String field) {
        return field.equals("response_format."
                + request.path("response_format").path("type").asString(""));
    }

    /** Passes the provider's bytes through. */
    private record Forwarded(Route.Ready route, ClientResponse answer) implements ForwardSink {
        @Override
        public void leftOut(Set<String> fields) {
            answer.leftOut(fields);
        }

        @Override
        public void whole(byte[] body) {
            answer.json(body);
        }

        @Override
        public void frames(byte[] frames) {
            answer.stream(frames);
        }

        @Override
        public void end(boolean marked) {
            answer.endStream(marked);
        }

        @Override
        public void failed(LlmFailure failure) {
            answer.error(OpenAiError.of(failure, route));
        }
    }
}
