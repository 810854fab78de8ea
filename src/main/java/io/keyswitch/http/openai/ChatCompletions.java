package io.keyswitch.http.openai;

import io.keyswitch.auth.Credentials;
import io.keyswitch.json.Json;
import io.keyswitch.limits.UserLimits;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.transport.ForwardSink;
import io.keyswitch.llm.transport.LlmClient;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.Route;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.WireName;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/chat/completions}: a client's request with the user's model and key. */
final class ChatCompletions {
    private static final Pattern JSON = Pattern.compile("(?i)application/json\\s*(;|$)");
    /** What costs more than an answer does. */
    private static final List<String> EXTRAS = List.of("service_tier", "models", "plugins", "web_search_options");

    private final Vertx vertx;
    private final Clients clients;
    private final UserLimits limits;
    private final LlmClient llm;
    private final CallSignatures signatures = new CallSignatures();

    ChatCompletions(Vertx vertx, Clients clients, UserLimits limits, LlmClient llm) {
        this.vertx = vertx;
        this.clients = clients;
        this.limits = limits;
        this.llm = llm;
    }

    void handle(RoutingContext context) {
        var answer = new ClientResponse(vertx.getOrCreateContext(), context.response());
        if (!isJson(context.request())) {
            answer.error(OpenAiError.NOT_JSON);
            return;
        }
        var buffer = context.body().buffer();
        var body = buffer == null ? null : Json.readFromClient(buffer.getBytes());
        if (!(body instanceof ObjectNode request)) {
            answer.error(OpenAiError.invalid(null, "The body must be one JSON object, without duplicate keys."));
            return;
        }
        var credentials = Credentials.of(context.request().headers()::getAll);
        clients.identify(credentials, answer, known -> route(known, request, answer));
    }

    private void route(Clients.Known known, ObjectNode request, ClientResponse answer) {
        switch (known.route()) {
            case Route.NothingConfigured _ -> answer.error(OpenAiError.nothingConfigured());
            case Route.Unusable unusable -> answer.error(OpenAiError.of(unusable));
            case Route.Ready ready -> begin(known, ready, request, answer);
        }
    }

    private void begin(Clients.Known known, Route.Ready route, ObjectNode request, ClientResponse answer) {
        var model = request.path("model");
        if (!model.isMissingNode() && !model.isNull() && !(model.isString() && ModelId.isValid(model.stringValue()))) {
            answer.error(OpenAiError.invalid("model", "model must be a text of 2 to 128 characters, or “default”."));
            return;
        }
        if (answer.isOver()) {
            return;
        }
        var chosen = Clients.withModel(route, model.isString() ? model.stringValue() : null);
        try {
            if (route.keySource() == KeySource.PROJECT) {
                refuseExtras(request);
            }
            var permit = limits.beginCompletion(known.user(), route.keySource() == KeySource.PROJECT);
            answer.holds(permit::close);
            complete(chosen, request, answer);
            if (route.keySource() == KeySource.OWN) {
                known.keyUse().endsBy(() -> answer.onEventLoop(() -> answer.error(OpenAiError.keyDeleted())));
            }
        } catch (RuntimeException | Error e) {
            answer.error(OpenAiError.of(e, chosen));
        }
    }

    /** A browser sends other types across origins without asking. */
    private static boolean isJson(HttpServerRequest request) {
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && JSON.matcher(type).lookingAt();
    }

    /** One message of the allowance is one answer at the usual price. */
    private static void refuseExtras(ObjectNode request) {
        if (request.path("n").asInt(1) > 1) {
            throw extra("n");
        }
        EXTRAS.stream().filter(request::hasNonNull).findFirst().ifPresent(field -> {
            throw extra(field);
        });
    }

    private static InvalidRequestException extra(String field) {
        return new InvalidRequestException(
                field, "“%s” is for your own key alone, not for the default key. Leave it out.".formatted(field));
    }

    private void complete(Route.Ready route, ObjectNode request, ClientResponse answer) {
        if (route.target().provider().wire() == WireName.OPENAI) {
            answer.feedsFrom(llm.forward(route.target(), request, new Forwarded(route, answer)));
            return;
        }
        var asked = ChatRequestReader.read(
                request, route.target().provider().quirks(), call -> signatures.find(route.target(), call));
        answer.feedsFrom(llm.start(
                route.target(),
                asked.request(),
                asked.stream()
                        ? new TranslatedStream(route, answer, signatures, asked.includeUsage())
                        : new TranslatedWhole(route, answer, signatures)));
    }

    /** The provider's bytes as they come. */
    private record Forwarded(Route.Ready route, ClientResponse answer) implements ForwardSink {
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
