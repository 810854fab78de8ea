package io.keyswitch.llm.transport;

import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.wire.Refusals;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One completion, until it is answered or has failed for good. A request is retried only if nothing of it can have been
 * billed: without a field the model refuses, or after a while if the provider turned it away. State is touched on one event
 * loop only; {@link #cancel} and {@link #resume} may be called from any thread.
 */
final class Attempts implements RunningCall, Attempt {
    private static final int MAX_RETRIES = 2;
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(500);
    /** Jitter, as a fraction of the delay, so that requests rejected together are not retried together. */
    private static final double JITTER = 0.25;

    /**
     * What to send and whom to tell.
     *
     * @param encode writes the request without what was refused
     * @param optional the fields that may be left out when the model rejects them
     * @param listener reads an answer
     * @param gaveUp receives the final failure
     * @param learned receives the fields that the model was found to reject
     */
    record Plan(
            Function<Refusals, ProviderRequest> encode,
            Predicate<String> optional,
            BiFunction<ProviderCall, Attempt, CallListener> listener,
            Consumer<LlmFailure> gaveUp,
            Consumer<Refusals> learned) {}

    /** How a completion came to its end. */
    sealed interface Ending {
        record Answered() implements Ending {}

        /** The client went away, or the user stopped it. */
        record Cancelled() implements Ending {}

        record GivenUp(LlmFailure failure) implements Ending {}
    }

    /** Called exactly once when a completion ends. */
    interface EndListener {
        void ended(Attempts attempts, Ending ending, Duration took);
    }

    private final Vertx vertx;
    private final Context context;
    private final Transport transport;
    private final Deadlines deadlines;
    private final ProviderHealth health;
    private final Plan plan;
    private final EndListener listener;
    private final long started = System.nanoTime();
    private Refusals refusals;
    private ProviderRequest request;
    private volatile @Nullable ProviderCall call;
    private long timer = -1;
    private int retries;
    private boolean over;

    /**
     * A completion that is still to {@link #begin}.
     *
     * @param refusals what the model is known to refuse
     * @param listener called when the completion ends
     * @throws io.keyswitch.llm.LlmException if the request cannot be said to the provider
     */
    Attempts(
            Vertx vertx,
            Transport transport,
            Deadlines deadlines,
            ProviderHealth health,
            Plan plan,
            Refusals refusals,
            EndListener listener) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.transport = transport;
        this.deadlines = deadlines;
        this.health = health;
        this.plan = plan;
        this.refusals = refusals;
        this.listener = listener;
        this.request = plan.encode().apply(refusals);
    }

    /** Begins, and returns at once. */
    void begin() {
        context.runOnContext(_ -> send());
    }

    private void send() {
        if (over) {
            return;
        }
        if (!health.admits()) {
            giveUp(LlmFailure.waiting(Reason.PAUSED, ProviderHealth.PAUSE));
            return;
        }
        var left = deadlines.atMost(deadlines.total().minus(elapsed()));
        call = transport.start(
                context, request, left, started -> plan.listener().apply(started, this));
    }

    @Override
    public void succeeded() {
        if (over) {
            return;
        }
        health.answered();
        finish(new Ending.Answered());
    }

    @Override
    public void failed(LlmFailure reported, boolean begun) {
        if (over) {
            return;
        }
        var failure = withoutForeignField(reported);
        call = null;
        // What is tried again counts once, however often it is tried.
        if (!begun && fallBackOrRetry(failure)) {
            return;
        }
        health.failed(failure);
        giveUp(failure);
    }

    private boolean fallBackOrRetry(LlmFailure failure) {
        var more = refusals.after(failure, plan.optional());
        if (more != null) {
            health.cancelled();
            refusals = more;
            plan.learned().accept(more);
            request = plan.encode().apply(more);
            send();
            return true;
        }
        var wait = waitAfter(failure);
        if (wait == null || !health.takeRetry()) {
            return false;
        }
        health.cancelled();
        retries++;
        timer = vertx.setTimer(Math.max(1, wait.toMillis()), _ -> send());
        return true;
    }

    /** How long to wait before the next try; null if it would not be in time, or is not to be. */
    private @Nullable Duration waitAfter(LlmFailure failure) {
        if (!failure.unbilled() || retries >= MAX_RETRIES) {
            return null;
        }
        var asked = failure.retryAfter();
        double chance = JITTER * ThreadLocalRandom.current().nextDouble();
        var least = asked == null ? FIRST_BACK_OFF.multipliedBy(1L << retries) : asked;
        var wait = Duration.ofMillis((long) (least.toMillis() * (1 + chance)));
        return elapsed().plus(wait).compareTo(deadlines.retries()) <= 0 ? wait : null;
    }

    /** A field that was not sent is a provider's own words, which go no further. */
    private LlmFailure withoutForeignField(LlmFailure failure) {
        var body = request.body();
        var field = failure.field();
        boolean foreign = failure.is(Reason.REJECTED) && field != null && (body == null || !body.has(field));
        return foreign ? LlmFailure.rejected(null) : failure;
    }

    private void giveUp(LlmFailure failure) {
        finish(new Ending.GivenUp(failure));
        plan.gaveUp().accept(failure);
    }

    private void finish(Ending ending) {
        over = true;
        listener.ended(this, ending, elapsed());
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    @Override
    public void cancel() {
        context.runOnContext(_ -> {
            if (!over) {
                abandon();
                finish(new Ending.Cancelled());
            }
        });
    }

    /** Ends this with a failure, whatever it is waiting for. */
    void stop(LlmFailure failure) {
        context.runOnContext(_ -> {
            if (!over) {
                abandon();
                giveUp(failure);
            }
        });
    }

    private void abandon() {
        vertx.cancelTimer(timer);
        var abandoned = call;
        if (abandoned != null) {
            abandoned.cancel();
            health.cancelled();
        }
    }

    @Override
    public void pause() {
        var paused = call;
        if (paused != null) {
            paused.pause();
        }
    }

    @Override
    public void resume() {
        var resumed = call;
        if (resumed != null) {
            resumed.resume();
        }
    }
}
