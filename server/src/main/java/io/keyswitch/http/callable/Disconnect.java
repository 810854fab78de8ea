package io.keyswitch.http.callable;

import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/** The disconnect of a client before its response has ended. Thread-safe; its state is changed on the event loop only. */
final class Disconnect {
    private final Context context;
    private final List<Runnable> callbacks = new ArrayList<>();
    private volatile boolean happened;

    private Disconnect(Context context) {
        this.context = context;
    }

    /** The disconnect of a request's client. Call on the request's event loop. */
    static Disconnect of(RoutingContext request, Context context) {
        var disconnect = new Disconnect(context);
        // Not a handler of the response: it has only one of each kind, which other code may set.
        request.addEndHandler(ended -> {
            if (ended.failed()) {
                disconnect.happen();
            }
        });
        return disconnect;
    }

    private void happen() {
        happened = true;
        callbacks.forEach(Runnable::run);
    }

    boolean hasHappened() {
        return happened;
    }

    /** Registers a callback, which runs on the event loop, at once if the client has disconnected already. */
    void then(Runnable callback) {
        context.runOnContext(_ -> {
            if (happened) {
                callback.run();
            } else {
                callbacks.add(callback);
            }
        });
    }
}
