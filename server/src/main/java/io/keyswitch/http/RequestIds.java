package io.keyswitch.http;

import io.keyswitch.secret.ScannedText;
import io.keyswitch.telemetry.CurrentRequest;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Names every request, for its log lines and in the header {@code X-Request-Id} of its response: by the name a proxy gave it,
 * or a new one.
 */
final class RequestIds implements Handler<RoutingContext> {
    private static final String HEADER = "X-Request-Id";
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._:+/=@-]{1,128}");

    @Override
    public void handle(RoutingContext context) {
        var given = context.request().getHeader(HEADER);
        var id = given != null && isLoggable(given) ? given : newId();
        new CurrentRequest(id).putIn(context.data());
        context.response().putHeader(HEADER, id);
        context.next();
    }

    /** A client may put anything in the header, and it goes into the log. */
    private static boolean isLoggable(String given) {
        return VALID.matcher(given).matches() && !ScannedText.of(given).hasSecrets();
    }

    /** Unique, not secret: a random number that costs no lock. */
    private static String newId() {
        var random = ThreadLocalRandom.current();
        var hex = HexFormat.of();
        return "req_" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
