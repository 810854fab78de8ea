package io.keyswitch.llm.transport;

import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.provider.AuthScheme;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ModelId;
import io.keyswitch.secret.ApiKey;
import io.netty.handler.codec.http.HttpMethod;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls plugin workers: {@code POST {worker}/invoke} with the parameters as the body. Never repeated once a worker may
 * have processed a call. Thread-safe.
 */
public final class WorkerClient implements AutoCloseable {
    /**
     * The arguments of a call.
     *
     * @param owner the calling user; see {@link io.keyswitch.llm.Target#owner}
     * @param internalToken authenticates Keyswitch to the worker
     * @param headers additional headers, without secrets
     * @param ownKey the user's key for the model behind the worker; null to use the worker's own
     */
    public record Invocation(
            Endpoint worker,
            String owner,
            ApiKey internalToken,
            Map<String, String> headers,
            ObjectNode params,
            @Nullable ApiKey ownKey) {
        public Invocation {
            headers = Map.copyOf(headers);
        }
    }

    /** The result of a call. */
    public sealed interface Outcome {
        /**
         * The worker returned JSON, from which echoed secrets were removed.
         *
         * @param status the HTTP status
         */
        record Answered(int status, JsonNode body) implements Outcome {}

        /**
         * The response was not JSON or was incomplete.
         *
         * @param status the HTTP status
         */
        record NotReadable(int status) implements Outcome {}

        /** No response arrived: no connection, a timeout or an open circuit breaker. */
        record Unavailable(LlmFailure why) implements Outcome {}
    }

    /** The body field that carries the user's key to a worker. */
    private static final String OWN_KEY = "_apiKeyOverride";

    private static final String INVOKE = "/invoke";

    private final Transport transport;
    private final Deadlines deadlines;
    private final Set<ReplyCollector> waiting = ConcurrentHashMap.newKeySet();
    private final ProviderHealth.Registry health = new ProviderHealth.Registry();

    /**
     * A client for all workers.
     *
     * @param wholeCall the time limit of a call, response included
     */
    public WorkerClient(Vertx vertx, Duration connect, Duration wholeCall) {
        this.transport = new Transport(vertx, connect);
        this.deadlines = new Deadlines(connect, wholeCall, wholeCall, wholeCall, Duration.ZERO);
    }

    /**
     * Calls a worker and waits for the complete response.
     *
     * @param started receives a callback that cancels the call
     */
    public Outcome invoke(Invocation invocation, Consumer<Runnable> started) {
        var worker = health.of(
                invocation.worker(),
                new ModelId(INVOKE),
                invocation.internalToken().fingerprint());
        if (!worker.admits()) {
            return new Outcome.Unavailable(LlmFailure.waiting(Reason.PAUSED, ProviderHealth.PAUSE));
        }
        var collector = new ReplyCollector();
        waiting.add(collector);
        try {
            var call = transport.start(request(invocation), deadlines, collector::follow);
            started.accept(collector::cancel);
            var reply = collector.await(call);
            // Any status counts as success: the caller's parameters may cause it and must not open the circuit breaker
            // for others.
            worker.answered();
            return reply.body().isMissingNode()
                    ? new Outcome.NotReadable(reply.status())
                    : new Outcome.Answered(reply.status(), WorkerSecrets.removedFrom(reply.body(), invocation));
        } catch (LlmException e) {
            worker.failed(e.failure());
            boolean half = collector.hasBegun() && !e.failure().is(Reason.STOPPED);
            return half ? new Outcome.NotReadable(collector.status()) : new Outcome.Unavailable(e.failure());
        } finally {
            waiting.remove(collector);
        }
    }

    /** Ends every in-flight call, so that its caller is notified. */
    public void stopCalls() {
        waiting.forEach(ReplyCollector::cancel);
    }

    private static ProviderRequest request(Invocation invocation) {
        var body = invocation.params().deepCopy();
        if (invocation.ownKey() != null) {
            body.put(OWN_KEY, invocation.ownKey().reveal());
        }
        return new ProviderRequest(
                HttpMethod.POST,
                invocation.worker().resolve(INVOKE),
                invocation.headers(),
                AuthScheme.BEARER,
                invocation.internalToken(),
                invocation.owner(),
                body);
    }

    @Override
    public void close() {
        transport.close();
    }
}
