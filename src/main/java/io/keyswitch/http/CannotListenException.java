package io.keyswitch.http;

/** The server could not listen where the settings say. */
public final class CannotListenException extends RuntimeException {
    CannotListenException(String host, int port, Throwable cause) {
        super(
                "server.port %d on %s cannot be used: another program may hold it; choose another with KEYSWITCH_SERVER_PORT or --port"
                        .formatted(port, host),
                cause);
    }
}
