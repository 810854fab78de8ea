package io.keyswitch.llm.transport;

import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.wire.Refusals;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One completion with its retries. A request is retried only if it cannot have been billed: without a field that the
 * model rejects, or after a delay if the provider could not be reached or rejected the request. State is confined to
 * one event loop; {@link #cancel} and {@link #resume} may be called from any thread.
 */
final class Attempts implements RunningCall, Attempt {
    private static final int MAX_RETRIES = 2;
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(500);
    /** Jitter, as a fraction of the delay, so that requests rejected together are not retried together. */
    private static final double JITTER = 0.25;

    /**
     * A request and its callbacks.
     *
     * @param encode encodes the request without the rejected fields
     * @param optional selects the fields that may be left out when the model rejects them
     * @param listener creates the listener that reads a response
     * @param gaveUp receives the final failure
     * @param learned receives the fields that the model was found to reject
     */
    record Plan(
            Function<Refusals, ProviderRequest> encode,
            Predicate<String> optional,
            BiFunction<ProviderCall, Attempt, CallListener> listener,
            Consumer<LlmFailure> gaveUp,
            Consumer<Refusals> learned) {
        /** What is left of it when nothing can be sent again: a long stream does not hold its request. */
        private Plan afterBegin() {
            return new Plan(
                    _ -> {
                        throw new IllegalStateException("the answer has begun");
                    },
                    _ -> false,
                    listener,
                    gaveUp,
                    learned);
        }
    }

    /** The result of a completion. */
    sealed interface Ending {
        /** The response is complete. */
        record Answered() implements Ending {}

        /** The client disconnected, or the user stopped the completion. */
        record Cancelled() implements Ending {}

        /** The completion failed and is not retried. */
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
    private Plan plan;
    private final EndListener listener;
    private final long started = System.nanoTime();
    private Refusals refusals;
    private @Nullable ProviderRequest request;
    private volatile @Nullable ProviderCall call;
    private long timer = -1;
    private int retries;
    private boolean over;

    /**
     * A completion that starts with {@link #begin}.
     *
     * @param refusals the fields that the model is known to reject
     * @param listener called when the completion ends
     * @throws io.keyswitch.llm.LlmException if the provider's wire format cannot express the request
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

    /** Starts the first attempt; does not block. */
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
        var listener = plan.listener();
        call = transport.start(
                context, Objects.requireNonNull(request), left, started -> listener.apply(started, this));
    }

    @Override
    public void begun() {
        plan = plan.afterBegin();
        request = null;
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
        // The provider's health counts a retried request once, by its final result.
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
            // In another request, the model may take a field that it does not take beside another one.
            if (failure.fault() != LlmFailure.Fault.COMBINATION) {
                plan.learned().accept(more);
            }
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

    /** The delay before the next attempt; null if the request must not be retried or the retry deadline would pass. */
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

    /** Removes the field name if the request has no such field: it is provider text, which must not be passed on. */
    private LlmFailure withoutForeignField(LlmFailure failure) {
        var body = request == null ? null : request.body();
        var field = failure.field();
        boolean foreign = failure.is(Reason.REJECTED) && field != null && (body == null || !body.has(topLevel(field)));
        return foreign ? LlmFailure.rejected(null) : failure;
    }

    private static String topLevel(String field) {
        return field.replaceFirst("\\..*", "");
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

    /** Ends the completion with a failure, also while it waits for a retry. May be called from any thread. */
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
