package io.keyswitch.cli;

import io.keyswitch.core.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;

/** Requests of every kind, as apps and clients send them to a server in production. */
final class TrainingTraffic implements AutoCloseable {
    private static final int CLIENTS = 8;
    /** The first providers of the registry speak all wire formats. */
    private static final int PROVIDERS = 4;

    private static final int LONG = 100_000;

    private final String url;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

    TrainingTraffic(String url) {
        this.url = url;
    }

    /** Sends each kind of request a number of times, with the default model and with own keys of several providers. */
    void send(int rounds) throws IOException, InterruptedException {
        var offered = call("nobody", "listProviders", Map.of());
        var users = new ArrayList<User>();
        for (var provider :
                offered.path("providers").valueStream().limit(PROVIDERS).toList()) {
            users.add(user(provider));
        }
        var running = new ArrayList<Future<?>>();
        for (int i = 0; i < rounds; i++) {
            int round = i;
            running.add(clients.submit(() -> {
                sendOnce(round, users);
                return true;
            }));
        }
        for (var one : running) {
            await(one);
        }
    }

    private static void await(Future<?> one) throws IOException, InterruptedException {
        try {
            one.get();
        } catch (ExecutionException e) {
            throw new IOException("a request of the training failed", e.getCause());
        }
    }

    /** A user with a model of a provider, an own key and a personal token. */
    private record User(String name, String token) {}

    private User user(JsonNode provider) throws IOException, InterruptedException {
        var name = provider.path("id").stringValue();
        var choice = Map.of(
                "provider",
                name,
                "modelId",
                provider.path("defaultModelId").stringValue(),
                "apiKey",
                "training-key-of-" + name);
        call(name, "updateUserModelConfig", choice);
        var token = call(name, "createPersonalToken", Map.of("name", "training"))
                .path("token")
                .stringValue();
        return new User(name, token);
    }

    private void sendOnce(int round, List<User> users) throws IOException, InterruptedException {
        for (var user : users) {
            complete(user.token(), false, "What can you do for me today?");
            complete(user.token(), true, "What can you do for me today?");
            complete(idToken(user.name()), round % 2 == 0, "What can you do for me today?");
            say(user.name(), "t" + round % 20, "Hello, it is me again.", round % 2 == 0);
        }
        complete(idToken("on-project-key"), true, "What can you do for me today?");
        complete(users.get(round % users.size()).token(), round % 3 == 0, "All work and no play. ".repeat(LONG / 22));
        say("on-project-key", "t" + round, "I want to change my model", false);
        say("on-project-key", "t" + round, "cancel", true);
        var first = users.getFirst();
        call(first.name(), "listThreads", Map.of());
        call(first.name(), "getThread", Map.of("threadId", "t" + round % 20, "newest", true));
        call(first.name(), "getUserModelConfig", Map.of());
        get("/v1/models", first.token());
        get("/", "");
        get("/healthz", "");
    }

    private void complete(String token, boolean stream, String text) throws IOException, InterruptedException {
        var body = Map.of(
                "model",
                "default",
                "stream",
                stream,
                "temperature",
                0.7,
                "messages",
                List.of(Map.of("role", "system", "content", "Be kind."), Map.of("role", "user", "content", text)));
        send(post("/v1/chat/completions", body).header("Authorization", "Bearer " + token));
    }

    private void say(String user, String thread, String text, boolean stream) throws IOException, InterruptedException {
        var message = Map.of("data", Map.of("threadId", thread, "message", text));
        send(post("/sendChatMessage", message)
                .header("Authorization", "Bearer " + idToken(user))
                .header("Accept", stream ? "text/event-stream" : "application/json"));
    }

    private JsonNode call(String user, String function, Map<String, ?> data) throws IOException, InterruptedException {
        var answer =
                send(post("/" + function, Map.of("data", data)).header("Authorization", "Bearer " + idToken(user)));
        var body = Json.readFromProvider(answer);
        if (body == null) {
            throw new IOException(function + " did not answer with JSON");
        }
        return body.path("result");
    }

    private void get(String path, String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + path));
        send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
    }

    private HttpRequest.Builder post(String path, Object body) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.uri() + " answered " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** Unsigned, as the Firebase emulator issues them: only the demo accepts it. */
    private static String idToken(String user) {
        long now = Instant.now().getEpochSecond();
        var header = Map.of("alg", "none", "typ", "JWT");
        var claims = Map.of(
                "iss",
                "https://securetoken.google.com/demo-keyswitch",
                "aud",
                "demo-keyswitch",
                "sub",
                user,
                "iat",
                now,
                "auth_time",
                now,
                "exp",
                now + 3600);
        return base64(Json.bytes(header)) + "." + base64(Json.bytes(claims)) + ".";
    }

    private static String base64(byte[] bytes) {
        return new String(Base64.getUrlEncoder().withoutPadding().encode(bytes), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        clients.shutdownNow();
        http.shutdownNow();
    }
}
