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
 * Calls plugin workers: {@code POST {worker}/invoke} with the parameters as the body. Never tried again, for a worker may have
 * done its work before it failed. Thread-safe.
 */
public final class WorkerClient implements AutoCloseable {
    /**
     * A call.
     *
     * @param owner whose call it is; see {@link io.keyswitch.llm.Target#owner}
     * @param internalToken shows the worker that Keyswitch calls
     * @param headers more headers, without a secret
     * @param ownKey the user's key for a model behind the worker; null for the worker's own
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

    /** What came of a call. */
    public sealed interface Outcome {
        /**
         * The worker answered. Keys it echoes are taken out.
         *
         * @param status of HTTP
         */
        record Answered(int status, JsonNode body) implements Outcome {}

        /**
         * It answered with something else than JSON, or the answer broke off.
         *
         * @param status of HTTP
         */
        record NotReadable(int status) implements Outcome {}

        /** Nothing came: no connection, no head in time, or too many failures shortly before. */
        record Unavailable(LlmFailure why) implements Outcome {}
    }

    /** How the field is called that carries the user's key to a worker. */
    private static final String OWN_KEY = "_apiKeyOverride";

    private static final String INVOKE = "/invoke";

    private final Transport transport;
    private final Deadlines deadlines;
    private final Set<ReplyCollector> waiting = ConcurrentHashMap.newKeySet();
    private final ProviderHealth.Registry health = new ProviderHealth.Registry();

    /**
     * A client of all workers.
     *
     * @param wholeCall how long a call may take, answer included
     */
    public WorkerClient(Vertx vertx, Duration connect, Duration wholeCall) {
        this.transport = new Transport(vertx, connect);
        this.deadlines = new Deadlines(connect, wholeCall, wholeCall, wholeCall, Duration.ZERO);
    }

    /**
     * Calls a worker and waits for the whole answer.
     *
     * @param started is given what ends the call
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
            // Whatever it says: a status may come from what this caller sent, and must not close the worker to others.
            worker.answered();
            return reply.body().isMissingNode()
                    ? new Outcome.NotReadable(reply.status())
                    : new Outcome.Answered(reply.status(), EchoedKeys.removedFrom(reply.body(), invocation));
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
