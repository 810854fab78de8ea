package io.keyswitch.http;

import io.keyswitch.secret.Pseudonyms;
import io.keyswitch.telemetry.CurrentRequest;
import io.keyswitch.telemetry.LogLevel;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Logs each request when it ends: what was asked of whom, and how it ended, but nothing that it contains. */
final class AccessLog implements Handler<RoutingContext> {
    /** The status that proxies log for a client that disconnected. */
    private static final int CLIENT_GONE = 499;

    private static final Logger LOG = LoggerFactory.getLogger(LogLevel.ACCESS);

    private final Pseudonyms pseudonyms;

    AccessLog(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    @Override
    public void handle(RoutingContext context) {
        long begun = System.nanoTime();
        context.addEndHandler(ended -> {
            var request = CurrentRequest.in(context.data());
            int status = ended.failed() ? CLIENT_GONE : context.response().getStatusCode();
            request.run(() -> line(request, route(request, context))
                    .addKeyValue("status", status)
                    .addKeyValue(
                            "millis",
                            Duration.ofNanos(System.nanoTime() - begun).toMillis())
                    .log("request ended"));
        });
        context.next();
    }

    /** The route's own name, or the pattern of a route that has only one path. */
    private static String route(CurrentRequest request, RoutingContext context) {
        if (request.route() != null) {
            return request.route();
        }
        var pattern =
                context.currentRoute() == null ? null : context.currentRoute().getPath();
        return pattern == null ? "none" : pattern;
    }

    private LoggingEventBuilder line(CurrentRequest request, String route) {
        var line = LOG.atInfo().addKeyValue("route", route);
        if (request.user() != null) {
            line = line.addKeyValue("user", pseudonyms.of(request.user().value()));
        }
        if (request.answering() != null) {
            line = line.addKeyValue("provider", request.answering().provider())
                    .addKeyValue("model", request.answering().model())
                    .addKeyValue("keySource", request.answering().keySource());
        }
        if (request.failure() != null) {
            line = line.addKeyValue("reason", request.failure());
        }
        return line;
    }
}
