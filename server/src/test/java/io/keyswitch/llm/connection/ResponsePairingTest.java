package io.keyswitch.llm.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.FakeProvider.Seen;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every provider misbehaviour on every API operation: Eve's requests get malformed responses while Bob's to the same provider
 * get correct ones. Each request has a unique tag: its response must contain it if the misbehaviour is allowed, and no response
 * may contain the tag of another request.
 */
@Timeout(180)
class ResponsePairingTest {
    /** An API operation that sends a request to a provider. */
    private interface Surface {
        String call(String user, String tag, Misbehaviour misbehaviour);
    }

    private static final Pattern TAG = Pattern.compile("tag-(?:eve|bob)-\\d+x");
    private static final Pattern MISBEHAVIOUR = Pattern.compile("does-([A-Z_0-9]+)");
    private static final int ROUNDS = 4;
    private static final int USERS_OF_A_KIND = 2;

    private static final AtomicInteger TAGS = new AtomicInteger();

    /** One provider per misbehaviour, because connection reuse is restricted after a provider misbehaved. */
    private static final Map<Misbehaviour, FakeProvider> PROVIDERS = new EnumMap<>(Misbehaviour.class);

    @SuppressWarnings("NullAway.Init")
    private static TestApp app;

    @BeforeAll
    static void start() {
        var entries = new StringBuilder();
        for (var misbehaviour : Misbehaviour.values()) {
            var provider = FakeProvider.answering(ResponsePairingTest::answer)
                    .unchecked()
                    .keepsAlive();
            PROVIDERS.put(misbehaviour, provider);
            entries.append(
                    "  %s: {baseUrl: '%s/v1', defaultModel: m-1, check: {get: /models}, models: {get: /models}, projectKey: FAKE_API_KEY}%n"
                            .formatted(id(misbehaviour), provider.baseUrl()));
        }
        app = TestApp.start(
                entries.toString(),
                Map.of(
                        "FAKE_API_KEY",
                        "the-project-key-of-fake",
                        "KEYSWITCH_SWARMSPACE_PLUGINS_BRAVE_SEARCH_WORKER_URL",
                        Objects.requireNonNull(PROVIDERS.get(Misbehaviour.NONE)).baseUrl() + "/worker"));
    }

    private static String id(Misbehaviour misbehaviour) {
        return "f-" + misbehaviour.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @AfterAll
    static void stop() {
        app.close();
        PROVIDERS.values().forEach(FakeProvider::close);
    }

    private static void answer(Seen request, FakeProvider.Connection out)
            throws java.io.IOException, InterruptedException {
        var asked = request.headers().get("authorization") + request.body();
        var tag = TAG.matcher(asked);
        var misbehaviour = MISBEHAVIOUR.matcher(asked);
        var text = tag.find() ? tag.group() : "nothing";
        (misbehaviour.find() ? Misbehaviour.valueOf(misbehaviour.group(1)) : Misbehaviour.NONE)
                .respond(out, response(request, text));
    }

    private static Misbehaviour.Response response(Seen request, String text) {
        if (request.method().equals("GET")) {
            return new Misbehaviour.Response(
                    "application/json", "{\"data\":[{\"id\":\"m-1\"},{\"id\":\"%s\"}]}".formatted(text));
        }
        if (request.path().startsWith("/worker")) {
            return new Misbehaviour.Response("application/json", "{\"text\":\"%s\"}".formatted(text));
        }
        var choice = "{\"choices\":[{\"index\":0,\"%s\":{\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}";
        return request.body().contains("\"stream\":true")
                ? new Misbehaviour.Response(
                        "text/event-stream", "data: " + choice.formatted("delta", text) + "\n\ndata: [DONE]\n\n")
                : new Misbehaviour.Response("application/json", choice.formatted("message", text));
    }

    private static String message(String tag, Misbehaviour misbehaviour) {
        return "say " + tag + " does-" + misbehaviour;
    }

    private static String chat(String user, String tag, Misbehaviour misbehaviour, String accept) {
        var data = Map.of("threadId", "thread-of-" + tag, "message", message(tag, misbehaviour));
        return app.post("sendChatMessage", data, user, Map.of("Accept", accept)).body();
    }

    private static String complete(String user, String tag, Misbehaviour misbehaviour, boolean stream) {
        var body = "{\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(stream, message(tag, misbehaviour));
        return TestApp.send(HttpRequest.newBuilder(URI.create(app.url() + "/v1/chat/completions"))
                        .header("Authorization", "Bearer " + Tokens.emulator(user))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .body();
    }

    private static String key(String tag, Misbehaviour misbehaviour) {
        return "key-" + tag + "-does-" + misbehaviour + "-";
    }

    private static Map<String, Surface> surfaces(String provider) {
        return Map.of(
                "chat",
                (user, tag, bad) -> chat(user, tag, bad, "application/json"),
                "chat, streamed",
                (user, tag, bad) -> chat(user, tag, bad, "text/event-stream"),
                "/v1",
                (user, tag, bad) -> complete(user, tag, bad, false),
                "/v1, streamed",
                (user, tag, bad) -> complete(user, tag, bad, true),
                "chat on the project key",
                (user, tag, bad) -> chat(user + "-on-project-key", tag, bad, "application/json"),
                "/v1 on the project key",
                (user, tag, bad) -> complete(user + "-on-project-key", tag, bad, true),
                "plugin",
                (user, tag, bad) -> app.post(
                                "swarmspaceRouter",
                                Map.of("plugin_id", "brave-search", "params", Map.of("q", message(tag, bad))),
                                user)
                        .body(),
                "key check",
                (user, tag, bad) -> checked(provider, user, tag, bad),
                "listing",
                (user, tag, bad) -> app.post(
                                "listModels", Map.of("provider", provider, "apiKey", key(tag, bad)), user + "-lists")
                        .body());
    }

    /** Saves the tag as the model ID; the model list of another request lacks it, which results in a warning. */
    private static String checked(String provider, String user, String tag, Misbehaviour misbehaviour) {
        var saved = app.post(
                        "updateUserModelConfig",
                        Map.of("provider", provider, "modelId", tag, "apiKey", key(tag, misbehaviour)),
                        user + "-checks-" + tag)
                .body();
        return saved.contains("warning") ? "warned" : saved;
    }

    @ParameterizedTest
    @EnumSource
    void noProviderMisbehaviourDeliversAResponseToAnotherRequest(Misbehaviour misbehaviour) throws Exception {
        var provider = id(misbehaviour);
        for (var user : List.of("eve", "bob")) {
            app.call(
                    "updateUserModelConfig",
                    Map.of("provider", provider, "modelId", "m-1", "apiKey", "own-key-of-" + user),
                    user);
            app.call(
                    "updateUserModelConfig",
                    Map.of("provider", provider, "modelId", "m-1", "useProjectKey", true),
                    user + "-on-project-key");
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Void>>();
            surfaces(provider).forEach((name, surface) -> {
                for (int i = 0; i < USERS_OF_A_KIND; i++) {
                    running.add(threads.submit(requests(name, surface, "eve", misbehaviour)));
                    running.add(threads.submit(requests(name, surface, "bob", Misbehaviour.NONE)));
                }
            });
            for (var one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private static Callable<Void> requests(String name, Surface surface, String user, Misbehaviour misbehaviour) {
        int rounds = misbehaviour == Misbehaviour.AFTER_THE_DEADLINE ? 1 : ROUNDS;
        return () -> {
            for (int round = 0; round < rounds; round++) {
                var tag = "tag-%s-%dx".formatted(user, TAGS.incrementAndGet());
                var response = surface.call(user, tag, misbehaviour);
                if (misbehaviour.isAllowed()) {
                    assertThat(response).as("%s of %s", name, user).contains(tag);
                }
                assertThat(TAG.matcher(response).results().map(found -> found.group()))
                        .as("%s of %s: %s", name, user, response)
                        .allMatch(found -> found.equals(tag)
                                || (misbehaviour.mayReachTheSameUserAgain() && found.startsWith("tag-" + user)));
            }
            return null;
        };
    }
}
