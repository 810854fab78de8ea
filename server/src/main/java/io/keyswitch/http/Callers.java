package io.keyswitch.http;

import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.limits.AddressLimits;
import io.keyswitch.settings.Settings;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Rejects requests for a host name that is not this server's, against DNS rebinding, and enforces the rate limit per
 * address.
 */
final class Callers implements Handler<RoutingContext> {
    private static final Set<String> LOOPBACK_ADDRESSES = Set.of("127.0.0.1", "0:0:0:0:0:0:0:1", "::1");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> hosts;
    private final Set<String> trustedProxies;
    private final AddressLimits limits;

    Callers(Settings settings, AddressLimits limits) {
        this.hosts = hosts(settings);
        this.trustedProxies = Set.copyOf(settings.server().trustedProxies());
        this.limits = limits;
    }

    /** The accepted host names; empty for any. Never empty with emulator tokens, which anybody can create. */
    private static Set<String> hosts(Settings settings) {
        var firebase = settings.auth().firebase();
        var hosts = new HashSet<>(settings.server().hosts());
        if (!hosts.isEmpty() || (firebase != null && firebase.emulatorTokens())) {
            hosts.addAll(LOOPBACK);
        }
        return hosts;
    }

    @Override
    public void handle(RoutingContext context) {
        var request = context.request();
        var authority = request.authority();
        boolean absolute = !request.uri().startsWith("/");
        if (!hosts.isEmpty() && (absolute || authority == null || !hosts.contains(authority.host()))) {
            context.fail(new Failure(Reason.HOST));
            return;
        }
        if (HttpMethod.OPTIONS.equals(request.method())) {
            context.next();
            return;
        }
        try {
            var address = address(request);
            // Loopback has no limit: it is a local program, or an undeclared proxy with many clients behind it.
            if (!LOOPBACK_ADDRESSES.contains(address)) {
                limits.countRequest(address);
            }
            context.next();
        } catch (Failure e) {
            context.fail(e);
        }
    }

    /**
     * The client's address: the peer's or, behind a trusted proxy, the last one in X-Forwarded-For that is not trusted.
     */
    private String address(HttpServerRequest request) {
        var peer = request.remoteAddress();
        var address = peer == null ? "" : String.valueOf(peer.hostAddress());
        if (!trustedProxies.contains(address)) {
            return address;
        }
        // A proxy may append a header line of its own to the client's.
        return request.headers().getAll("X-Forwarded-For").stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .filter(hop -> !trustedProxies.contains(hop))
                .reduce((_, last) -> last)
                .orElse(address);
    }
}
