package io.keyswitch.http;

import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.limits.AddressLimits;
import io.keyswitch.settings.Settings;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rejects requests for a host name that is not this server's, against DNS rebinding, and enforces the rate limit per
 * address.
 */
final class Callers implements Handler<RoutingContext> {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> hosts;
    private final Addresses.Networks trustedProxies;
    private final AddressLimits limits;

    Callers(Settings settings, AddressLimits limits) {
        this.hosts = hosts(settings);
        this.trustedProxies = new Addresses.Networks(settings.server().trustedProxies());
        this.limits = limits;
    }

    /** The accepted host names; empty for any. Never empty with emulator tokens, which anybody can create. */
    private static Set<String> hosts(Settings settings) {
        var firebase = settings.auth().firebase();
        var hosts = new HashSet<String>();
        settings.server().hosts().forEach(host -> hosts.add(Addresses.host(host)));
        if (!hosts.isEmpty() || (firebase != null && firebase.emulatorTokens())) {
            hosts.addAll(LOOPBACK);
        }
        return hosts;
    }

    @Override
    public void handle(RoutingContext context) {
        var request = context.request();
        if (!hosts.isEmpty() && !isForThisServer(request)) {
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
            if (address != null && !address.isLoopbackAddress()) {
                limits.countRequest(Addresses.caller(address));
            }
            context.next();
        } catch (Failure e) {
            context.fail(e);
        }
    }

    private boolean isForThisServer(HttpServerRequest request) {
        var authority = request.authority();
        return request.uri().startsWith("/") && authority != null && hosts.contains(Addresses.host(authority.host()));
    }

    /**
     * The client's address: the peer's or, behind a trusted proxy, the last one in X-Forwarded-For that is not trusted. Null if
     * there is none, as for a connection that is closed by now.
     */
    private @Nullable InetAddress address(HttpServerRequest request) {
        var remote = request.remoteAddress();
        var peer = remote == null ? null : Addresses.parse(String.valueOf(remote.hostAddress()));
        if (peer == null || !trustedProxies.contain(peer)) {
            return peer;
        }
        // A proxy may append a header line of its own to the client's.
        return request.headers().getAll("X-Forwarded-For").stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .flatMap(hop -> Stream.ofNullable(Addresses.parse(hop)))
                .filter(hop -> !trustedProxies.contain(hop))
                .reduce((_, last) -> last)
                .orElse(peer);
    }
}
