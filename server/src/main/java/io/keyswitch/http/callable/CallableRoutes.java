package io.keyswitch.http.callable;

import io.keyswitch.auth.Authentication;
import io.keyswitch.auth.Authenticator;
import io.keyswitch.auth.Credentials;
import io.keyswitch.core.Json;
import io.keyswitch.language.Language;
import io.keyswitch.limits.UserLimits;
import io.keyswitch.modelconfig.StoredKeys;
import io.keyswitch.telemetry.CurrentRequest;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Serves callable functions under both forms of URL, {@code /name} and {@code /project/region/name}, with or without a base
 * path before them. Order of checks as in firebase-functions: shape, token, data, function.
 */
public final class CallableRoutes {
    /**
     * The limits of requests and streams.
     *
     * @param bodyLimit the maximum size of a request body, in bytes
     * @param heartbeat the longest silence in a stream
     */
    public record Wire(long bodyLimit, Duration heartbeat) {}

    /** The exact {@code Accept} header of {@code .stream()}; any other call does not stream. */
    private static final String STREAM = "text/event-stream";

    private static final int MAX_SEGMENTS = 4;

    private final Vertx vertx;
    private final Map<String, CallableFunction> functions;
    private final Authenticator authenticator;
    private final UserLimits limits;
    private final StoredKeys storedKeys;
    private final ExecutorService virtualThreads;
    private final Wire wire;

    public CallableRoutes(
            Vertx vertx,
            Map<String, CallableFunction> functions,
            Authenticator authenticator,
            UserLimits limits,
            StoredKeys storedKeys,
            ExecutorService virtualThreads,
            Wire wire) {
        this.vertx = vertx;
        this.functions = Map.copyOf(functions);
        this.authenticator = authenticator;
        this.limits = limits;
        this.storedKeys = storedKeys;
        this.virtualThreads = virtualThreads;
        this.wire = wire;
    }

    /** Adds the functions to a router, after all other routes: handles every remaining request. */
    public void mount(Router router) {
        router.route().handler(this::handle).failureHandler(this::fail);
        router.errorHandler(413, this::fail);
        router.errorHandler(400, this::fail);
        router.errorHandler(500, this::fail);
    }

    private void fail(RoutingContext context) {
        var answer = answer(context);
        switch (context.statusCode()) {
            case 413 -> answer.error(CallableError.tooLarge(wire.bodyLimit(), language(context)));
            case 400 -> answer.error(CallableError.BAD_REQUEST);
            default ->
                answer.error(
                        context.failure() == null
                                ? CallableError.INTERNAL
                                : CallableError.of(context.failure(), language(context)));
        }
    }

    private void handle(RoutingContext context) {
        var answer = answer(context);
        var name = functionName(context.request());
        var function = functions.get(name);
        if (function == null) {
            answer.error(CallableError.unknownFunction());
            return;
        }
        var request = CurrentRequest.in(context.data());
        request.route(name);
        JsonNode data;
        try {
            data = data(context);
        } catch (CallableData.BadRequestException _) {
            answer.error(CallableError.BAD_REQUEST);
            return;
        }
        var credentials = Credentials.of(context.request().headers()::getAll);
        var language = language(context);
        virtualThreads.execute(() -> request.run(() -> call(function, credentials, data, language, answer)));
    }

    private static @Nullable Language language(RoutingContext context) {
        return Language.acceptedIn(context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    }

    /**
     * The last segment of the path. A double slash before it comes from a custom domain configured with a trailing
     * slash.
     */
    private static String functionName(HttpServerRequest request) {
        var path = request.path();
        List<String> segments = Arrays.stream((path == null ? "" : path).split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
        return segments.isEmpty() || segments.size() > MAX_SEGMENTS ? "" : segments.getLast();
    }

    private static JsonNode data(RoutingContext context) {
        var type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        boolean json = type != null
                && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
        if (!HttpMethod.POST.equals(context.request().method()) || !json) {
            throw new CallableData.BadRequestException();
        }
        var body = context.body().buffer();
        return CallableData.of(body == null ? null : body.getBytes());
    }

    private void call(
            CallableFunction function,
            Credentials credentials,
            JsonNode data,
            @Nullable Language language,
            Answer answer) {
        try {
            switch (authenticator.authenticate(credentials)) {
                case Authentication.Rejected _ -> answer.error(CallableError.UNAUTHENTICATED);
                case Authentication.Unavailable unavailable ->
                    answer.error(CallableError.of(unavailable.failure(), language));
                case Authentication.Anonymous _ -> answer.error(CallableError.SIGN_IN);
                case Authentication.Verified(var user, var plan) -> {
                    CurrentRequest.current().user(user);
                    limits.countRequest(user);
                    storedKeys.renew(user);
                    var arguments = new Arguments(CallableData.decode(data), text -> storedKeys.isIn(user, text));
                    var call = new CallableFunction.Call(user, plan, arguments, language, answer.chunks());
                    answer.result(function.call(call));
                }
            }
        } catch (Throwable e) {
            // Errors too, such as StackOverflowError: without a response the client would wait forever.
            answer.error(CallableError.of(e, language));
        }
    }

    private Answer answer(RoutingContext context) {
        var request = CurrentRequest.in(context.data());
        if (STREAM.equals(context.request().getHeader(HttpHeaders.ACCEPT))) {
            return new Streamed(request, EventStream.begin(vertx, context, wire.heartbeat()));
        }
        var eventLoop = vertx.getOrCreateContext();
        return new Plain(request, eventLoop, context.response(), Disconnect.of(context, eventLoop));
    }

    /** Sends the result of a call. Thread-safe. */
    private sealed interface Answer {
        CallableFunction.Chunks chunks();

        void result(@Nullable Object result);

        void error(CallableError error);
    }

    private record Streamed(CurrentRequest request, EventStream stream) implements Answer {
        @Override
        public CallableFunction.Chunks chunks() {
            return stream;
        }

        @Override
        public void result(@Nullable Object result) {
            stream.result(result);
        }

        @Override
        public void error(CallableError error) {
            request.failed(error.reason());
            stream.error(error);
        }
    }

    private record Plain(CurrentRequest request, Context context, HttpServerResponse response, Disconnect disconnect)
            implements Answer {
        @Override
        public CallableFunction.Chunks chunks() {
            return new NoChunks(disconnect);
        }

        @Override
        public void result(@Nullable Object result) {
            var envelope = new HashMap<String, @Nullable Object>();
            envelope.put("result", result);
            send(200, Json.bytes(envelope));
        }

        @Override
        public void error(CallableError error) {
            request.failed(error.reason());
            if (error.details().get("retryAfterSeconds") instanceof Number seconds) {
                context.runOnContext(_ -> response.putHeader("Retry-After", seconds.toString()));
            }
            send(error.httpStatus(), Json.bytes(error.envelope()));
        }

        private void send(int status, byte[] body) {
            context.runOnContext(_ -> {
                if (!response.ended() && !response.closed()) {
                    var _ = response.setStatusCode(status)
                            .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
                            .end(Buffer.buffer(body));
                }
            });
        }
    }

    private record NoChunks(Disconnect disconnect) implements CallableFunction.Chunks {
        @Override
        public void send(Object chunk) {}

        @Override
        public boolean isGone() {
            return disconnect.hasHappened();
        }

        @Override
        public void onGone(Runnable callback) {
            disconnect.then(callback);
        }
    }
}
