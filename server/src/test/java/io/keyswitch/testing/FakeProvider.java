package io.keyswitch.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A scripted provider with one thread per connection. Closes each connection after one response, unless {@link #keepsAlive} was
 * called.
 */
public final class FakeProvider implements AutoCloseable {
    /** A received request. */
    public record Seen(String method, String path, Map<String, String> headers, String body) {}

    /** Writes the response to a request. */
    @FunctionalInterface
    public interface Script {
        void answer(Seen request, Connection connection) throws IOException, InterruptedException;
    }

    /** The connection to which a response is written. */
    public static final class Connection {
        private final Socket socket;
        private final OutputStream out;

        private Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
        }

        public Connection write(String text) throws IOException {
            return write(text.getBytes(StandardCharsets.UTF_8));
        }

        public Connection write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            return this;
        }

        /** Writes the head of a response whose body ends when the connection closes. */
        public Connection head(int status, String contentType, String... headers) throws IOException {
            write("HTTP/1.1 " + status + " X\r\nContent-Type: " + contentType + "\r\nConnection: close\r\n");
            for (var header : headers) {
                write(header + "\r\n");
            }
            return write("\r\n");
        }

        /** Writes a JSON response. */
        public void json(int status, String body, String... headers) throws IOException {
            head(status, "application/json", headers).write(body);
        }

        /** Writes the head of an event stream. */
        public Connection stream() throws IOException {
            return head(200, "text/event-stream");
        }

        /** Writes a response with a Content-Length, after which the connection can be reused. */
        public Connection respond(int status, String contentType, String body) throws IOException {
            return write("HTTP/1.1 %d X\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(status, contentType, body.getBytes(StandardCharsets.UTF_8).length, body));
        }

        public void close() throws IOException {
            socket.close();
        }

        /** Waits until the client closes the connection. */
        public void awaitHangUp() throws IOException {
            while (socket.getInputStream().read() >= 0) {
                Thread.onSpinWait();
            }
        }

        /** Closes the connection with a TCP reset. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    private final ServerSocket server;
    private final Script script;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch hangUps = new CountDownLatch(1);

    private volatile boolean keepsAlive;
    private @Nullable RequestSchemas schemas = new RequestSchemas();

    private FakeProvider(int port, Script script) {
        this.script = script;
        try {
            this.server = new ServerSocket(port, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public static FakeProvider answering(Script script) {
        return answering(0, script);
    }

    /** Listens on the given port; 0 for any free port. */
    public static FakeProvider answering(int port, Script script) {
        return new FakeProvider(port, script);
    }

    /** Disables schema validation, for tests with invalid or very many requests. */
    public FakeProvider unchecked() {
        schemas = null;
        return this;
    }

    /** Keeps each connection open for further requests. */
    public FakeProvider keepsAlive() {
        keepsAlive = true;
        return this;
    }

    /** The number of accepted connections. */
    public int connections() {
        return sockets.size();
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** Released when the first connection has ended. */
    public CountDownLatch hangUps() {
        return hangUps;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            var connection = new Connection(socket);
            do {
                var request = read(in);
                seen.add(request);
                var checked = schemas;
                if (checked != null) {
                    checked.check(request.path(), request.headers().get("anthropic-version"), request.body());
                }
                script.answer(request, connection);
            } while (keepsAlive && !socket.isClosed());
        } catch (IOException | InterruptedException gone) {
            // The client disconnected, which some tests intend.
        } finally {
            hangUps.countDown();
        }
    }

    private static Seen read(InputStream in) throws IOException {
        var first = line(in).split(" ", 3);
        var headers = new TreeMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Seen(first[0], first[1], headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("closed");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (schemas != null) {
            schemas.requireNoViolation();
        }
    }
}
