package io.keyswitch.http.openai;

import io.keyswitch.limits.UserLimits;
import io.keyswitch.llm.transport.LlmClient;
import io.keyswitch.modelconfig.ModelListCache;
import io.keyswitch.telemetry.CurrentRequest;
import io.keyswitch.toolcall.CallSignatures;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/** Serves the OpenAI-compatible API below {@code /v1}. */
public final class OpenAiRoutes {
    /**
     * The limits of requests and streams.
     *
     * @param bodyLimit the maximum size of a request body, in bytes
     * @param heartbeat the longest silence in a stream
     */
    public record Wire(int bodyLimit, Duration heartbeat) {}

    /** What is asked of providers, and what is known of them. */
    public record Providers(LlmClient llm, ModelListCache listings, CallSignatures signatures) {}

    private final Vertx vertx;
    private final ChatCompletions completions;
    private final Models models;
    private final int bodyLimit;

    public OpenAiRoutes(
            Vertx vertx,
            Clients clients,
            UserLimits limits,
            Providers providers,
            ExecutorService virtualThreads,
            Wire wire) {
        this.vertx = vertx;
        this.completions = new ChatCompletions(
                vertx,
                clients,
                limits,
                providers.llm(),
                new SignedCalls(providers.signatures()),
                virtualThreads,
                wire.heartbeat());
        this.models = new Models(vertx, clients, providers.listings(), virtualThreads);
        this.bodyLimit = wire.bodyLimit();
    }

    /** Adds the routes to a router; everything below {@code /v1} is answered here. */
    public void mount(io.vertx.ext.web.Router router) {
        mount(router, "/v1");
        // Groq's own client prefixes every path with /openai.
        mount(router, "/openai/v1");
    }

    private void mount(io.vertx.ext.web.Router router, String base) {
        router.post(base + "/chat/completions").handler(this::requireCredentials);
        router.post(base + "/chat/completions")
                .handler(
                        BodyHandler.create(false).setPreallocateBodyBuffer(true).setBodyLimit(bodyLimit))
                .handler(named("/v1/chat/completions", completions::handle))
                .failureHandler(this::fail);
        router.route(base + "/models")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(named("/v1/models", models::list))
                .failureHandler(this::fail);
        // IDs of models contain slashes.
        router.routeWithRegex(base + "/models/(?<id>.+)")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(named(
                        "/v1/models/{id}", context -> models.get(String.valueOf(context.pathParam("id")), context)))
                .failureHandler(this::fail);
        router.route(base + "/*").handler(named("/v1/*", this::unknown));
    }

    /** Runs a handler as a part of its request, after the body was read; log lines have the route's name. */
    private static Handler<RoutingContext> named(String route, Handler<RoutingContext> handler) {
        return context -> {
            var request = CurrentRequest.in(context.data());
            request.route(route);
            request.run(() -> handler.handle(context));
        };
    }

    /** Rejects requests without credentials before their body is read. */
    private void requireCredentials(RoutingContext context) {
        if (context.request().headers().contains(HttpHeaders.AUTHORIZATION)) {
            context.next();
        } else {
            answer(context).error(OpenAiError.UNAUTHENTICATED);
        }
    }

    private void unknown(RoutingContext context) {
        answer(context)
                .error(OpenAiError.rejected(
                        404,
                        "unknown_url",
                        null,
                        "Unknown endpoint: %s %s. Available: POST /v1/chat/completions, GET /v1/models, GET /v1/models/{id}."
                                .formatted(
                                        context.request().method(),
                                        context.request().path())));
    }

    private void fail(RoutingContext context) {
        var error = switch (context.statusCode()) {
            case 413 -> OpenAiError.tooLarge(bodyLimit);
            case 400 -> OpenAiError.invalid(null, "The request is malformed.");
            default ->
                OpenAiError.of(context.failure() == null ? new IllegalStateException() : context.failure(), null);
        };
        answer(context).error(error);
    }

    private ClientResponse answer(RoutingContext context) {
        return new ClientResponse(vertx.getOrCreateContext(), context);
    }
}
