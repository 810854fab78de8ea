package io.keyswitch.telemetry;

import io.keyswitch.core.UserId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request while it is handled, for log lines. The code that learns something sets it; every line logged
 * within {@link #run} gets the ID. Thread-safe.
 */
public final class CurrentRequest {
    /**
     * What answers a request.
     *
     * @param keySource the owner of the billed key
     */
    public record Answering(String provider, String model, String keySource) {}

    private static final String KEY = "keyswitch.request";
    private static final ScopedValue<CurrentRequest> CURRENT = ScopedValue.newInstance();

    private final String id;
    private volatile @Nullable String route;
    private volatile @Nullable UserId user;
    private volatile @Nullable Answering answering;
    private volatile @Nullable String failure;

    /**
     * Creates a request of which nothing else is known.
     *
     * @param id empty for none
     */
    public CurrentRequest(String id) {
        this.id = id;
    }

    /** The request that this thread handles; outside of any, one that nobody reads. */
    public static CurrentRequest current() {
        return CURRENT.isBound() ? CURRENT.get() : new CurrentRequest("");
    }

    /** The request that {@link #putIn} put there; without one, one that nobody reads. */
    public static CurrentRequest in(Map<String, Object> data) {
        return data.get(KEY) instanceof CurrentRequest request ? request : new CurrentRequest("");
    }

    /** Puts this request in the data of its routing context, where all handlers find it. */
    public void putIn(Map<String, Object> data) {
        data.put(KEY, this);
    }

    /** A step for another thread, as a part of the request that this thread handles. */
    public static Runnable continued(Runnable step) {
        var request = current();
        return () -> request.run(step);
    }

    /** Runs a step of this request. */
    public void run(Runnable step) {
        ScopedValue.where(CURRENT, this).run(step);
    }

    /** Empty for none. */
    public String id() {
        return id;
    }

    /** The function or the pattern of the path; null if there is none. */
    public @Nullable String route() {
        return route;
    }

    /**
     * Sets the function or the pattern of the path.
     *
     * @param route never the path of the request, which may contain anything
     */
    public void route(String route) {
        this.route = route;
    }

    /** Null until the request is authenticated. */
    public @Nullable UserId user() {
        return user;
    }

    public void user(UserId authenticated) {
        this.user = authenticated;
    }

    /** Null if no model is asked. */
    public @Nullable Answering answering() {
        return answering;
    }

    public void answering(Answering asked) {
        this.answering = asked;
    }

    /** The reason why the request failed; null if it did not. */
    public @Nullable String failure() {
        return failure;
    }

    public void failed(String reason) {
        this.failure = reason;
    }
}
