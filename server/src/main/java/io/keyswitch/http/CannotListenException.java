package io.keyswitch.http;

import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

/** The server cannot listen on the configured host and port. */
public final class CannotListenException extends RuntimeException {
    public CannotListenException(String host, int port, Throwable cause) {
        super(sentence(host, port, cause), cause);
    }

    private static String sentence(String host, int port, Throwable cause) {
        var reason = String.valueOf(cause.getMessage());
        boolean noSuchHost = cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException;
        if (noSuchHost || reason.contains("Cannot assign requested address")) {
            return "server.host is \"%s\", which is not an address of this machine: use 127.0.0.1, or 0.0.0.0 for all of them"
                    .formatted(host);
        }
        if (reason.contains("Permission denied")) {
            return "no permission to listen on port %d of %s: choose one above 1023 (server.port; for the demo --port)"
                    .formatted(port, host);
        }
        return cause instanceof BindException
                ? "port %d on %s is taken by another program: stop it, or choose another port (server.port; for the demo --port)"
                        .formatted(port, host)
                : "the server cannot listen on %s, port %d: %s".formatted(host, port, reason);
    }
}
