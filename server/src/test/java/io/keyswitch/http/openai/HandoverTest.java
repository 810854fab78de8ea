package io.keyswitch.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.provider.Provider;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.StrictVendor;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A conversation with an image, reasoning and tools that begins at one provider and goes on at another, for every ordered
 * pair of providers in the registry. The client sends back what it received, as clients do.
 */
class HandoverTest {
    private static final String IMAGE =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
    private static final String ASKED = """
            {"reasoning_effort":"high",
             "tools":[
               {"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}},
               {"type":"function","function":{"name":"get_time"}}],
             "messages":[
               {"role":"system","content":"Be brief."},
               {"role":"user","content":[
                 {"type":"text","text":"What is the weather here, and when?"},
                 {"type":"image_url","image_url":{"url":"data:image/png;base64,%s"}}]}]}""".formatted(IMAGE);

    private static final List<Provider> PROVIDERS = SettingsLoader.parse(
                    "providers: {own: {baseUrl: 'http://127.0.0.1:1', defaultModel: m-1}, ollama: {baseUrl: 'http://127.0.0.1:1'},"
                            + " vllm: {baseUrl: 'http://127.0.0.1:1'}}",
                    Path.of("."),
                    Map.of(),
                    SettingsLoader.Purpose.SHOW)
            .providers()
            .all();

    private static final FakeProvider VENDORS = FakeProvider.answering((request, out) -> {
        if (request.method().equals("GET")) {
            out.json(200, "{\"data\":[],\"models\":[],\"result\":[]}");
        } else {
            var answer = vendor(request.path()).answer((ObjectNode) TestApp.parse(request.body()));
            lastAnswer = answer;
            out.json(answer.has("error") ? 400 : 200, answer.toString());
        }
    });

    private static volatile JsonNode lastAnswer = Json.object();

    @SuppressWarnings("NullAway.Init")
    private static TestApp app;

    @BeforeAll
    static void start() {
        var environment = new HashMap<String, String>();
        for (var provider : PROVIDERS) {
            var account = provider.api().accountId() == null ? "" : "/" + Provider.ACCOUNT_ID_SLOT;
            var name = provider.id().value().toUpperCase(Locale.ROOT);
            environment.put(
                    "KEYSWITCH_PROVIDERS_%s_BASE_URL".formatted(name),
                    VENDORS.baseUrl() + "/" + provider.id() + account + "/v1");
        }
        // The API of a provider whose models are plugins is that of the provider behind them.
        environment.remove("KEYSWITCH_PROVIDERS_SWARMSPACE_BASE_URL");
        app = TestApp.start("  own: {defaultModel: m-1}\n", environment);
    }

    @AfterAll
    static void stop() {
        app.close();
        VENDORS.close();
    }

    private static StrictVendor vendor(String path) {
        var id = path.split("/", 3)[1];
        return StrictVendor.of(PROVIDERS.stream()
                .filter(provider -> provider.id().value().equals(id))
                .findFirst()
                .orElseThrow());
    }

    static Stream<Arguments> pairs() {
        return PROVIDERS.stream()
                .flatMap(from -> PROVIDERS.stream()
                        .map(to -> Arguments.of(from.id().value(), to.id().value())));
    }

    /** Gives a user the default model of a provider and a key of their own. */
    private static void choose(String user, String id) {
        var provider = PROVIDERS.stream()
                .filter(one -> one.id().value().equals(id))
                .findFirst()
                .orElseThrow();
        var config = new HashMap<String, Object>(Map.of(
                "provider", id, "modelId", provider.defaultModel().value(), "apiKey", "the-key-for-" + id + "-1a2b"));
        if (provider.api().accountId() != null) {
            config.put("accountId", "0123456789abcdef0123456789abcdef");
        }
        app.call("updateUserModelConfig", config, user);
    }

    private static ArrayNode messages(ObjectNode request) {
        return request.withArray("messages");
    }

    /** Sends the request, and adds the answer to its messages. @return the answer */
    private static JsonNode ask(String user, ObjectNode request) {
        var response = TestApp.send(HttpRequest.newBuilder(URI.create(app.url() + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Tokens.emulator(user))
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(request)))
                .build());
        assertThat(response.statusCode())
                .as(() -> "%s said %s to %s"
                        .formatted(
                                response.body(),
                                lastAnswer,
                                VENDORS.seen().getLast().body()))
                .isEqualTo(200);
        var answer = TestApp.parse(response.body()).path("choices").path(0).path("message");
        messages(request).add(answer.deepCopy());
        return answer;
    }

    private static void addResults(ObjectNode request, JsonNode answer) {
        var calls = new ArrayList<String>();
        answer.path("tool_calls").forEach(call -> calls.add(call.path("id").asString("")));
        assertThat(calls).hasSize(2).doesNotHaveDuplicates();
        var results = messages(request);
        results.addObject()
                .put("role", "tool")
                .put("tool_call_id", calls.get(0))
                .put("content", "18 degrees");
        results.addObject()
                .put("role", "tool")
                .put("tool_call_id", calls.get(1))
                .put("content", "{\"hour\":12}");
    }

    /** The first request, with an image if the provider's models read any. */
    private static ObjectNode asked(String provider) {
        var request = (ObjectNode) TestApp.parse(ASKED);
        if (!vendor("/" + provider + "/").readsImages()) {
            ((ArrayNode) request.at("/messages/1/content")).remove(1);
        }
        return request;
    }

    private static void requireForecast(JsonNode answer) {
        assertThat(answer.path("content").asString("")).isEqualTo(StrictVendor.FORECAST);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @MethodSource("pairs")
    void aToolLoopBegunAtOneProviderEndsAtAnother(String from, String to) {
        var user = "loop-" + from + "-" + to;
        var request = asked(from);
        choose(user, from);
        addResults(request, ask(user, request));
        choose(user, to);
        requireForecast(ask(user, request));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @MethodSource("pairs")
    void aFinishedToolLoopIsHistoryForAnother(String from, String to) {
        var user = "history-" + from + "-" + to;
        var request = asked(from);
        choose(user, from);
        addResults(request, ask(user, request));
        requireForecast(ask(user, request));
        choose(user, to);
        messages(request).addObject().put("role", "user").put("content", "And tomorrow?");
        addResults(request, ask(user, request));
        requireForecast(ask(user, request));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @MethodSource("pairs")
    void aToolLoopThatTheUserInterruptedGoesOnAtAnother(String from, String to) {
        var user = "interrupted-" + from + "-" + to;
        var request = asked(from);
        choose(user, from);
        addResults(request, ask(user, request));
        messages(request).addObject().put("role", "user").put("content", "Never mind the time.");
        choose(user, to);
        ask(user, request);
    }
}
