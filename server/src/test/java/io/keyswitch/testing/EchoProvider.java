package io.keyswitch.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keyswitch.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/** A provider in OpenAI's format for many requests: answers "heard " and the last message, in pieces if a stream is asked for. */
public final class EchoProvider implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final BiConsumer<String, String> heard;

    /** @param heard receives the key and the last message of each request */
    public EchoProvider(BiConsumer<String, String> heard) throws IOException {
        this.heard = heard;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (exchange.getRequestMethod().equals("GET")) {
                send(exchange, "application/json", "{\"data\":[{\"id\":\"m-1\"}]}");
                return;
            }
            var request = TestApp.parse(body);
            var messages = request.path("messages");
            var last = messages.get(messages.size() - 1).path("content").stringValue();
            heard.accept(exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", ""), last);
            if (request.path("stream").asBoolean(false)) {
                send(
                        exchange,
                        "text/event-stream",
                        chunk(Map.of("delta", Map.of("content", "heard ")))
                                + chunk(Map.of("delta", Map.of("content", last)))
                                + chunk(Map.of("delta", Map.of(), "finish_reason", "stop")) + "data: [DONE]\n\n");
            } else {
                var choice = Map.of("message", Map.of("content", "heard " + last), "finish_reason", "stop");
                send(exchange, "application/json", json(Map.of("choices", List.of(choice))));
            }
        }
    }

    private static String chunk(Map<String, Object> choice) {
        return "data: " + json(Map.of("choices", List.of(choice))) + "\n\n";
    }

    private static String json(Object value) {
        return new String(Json.bytes(value), StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, String type, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        try {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
