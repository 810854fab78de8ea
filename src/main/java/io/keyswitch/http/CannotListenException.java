package io.keyswitch.http;

/** The server could not listen where the settings say. */
public final class CannotListenException extends RuntimeException {
    CannotListenException(String host, int port, Throwable cause) {
        super(
                "port %d on %s cannot be used: another program may hold it; choose another (server.port; for the demo --port)"
                        .formatted(port, host),
                cause);
    }
}
