package io.keyswitch.swarmspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.FirebaseSdk;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** SwarmSpace through the unmodified Firebase SDK: all plugins on every plan, and chats. */
@Timeout(180)
class SwarmspaceTest {
    private static final List<String> TIERS = List.of("free", "standard", "premium");
    private static final Map<String, Integer> TIER_OF_PLAN =
            Map.of("", 0, "nonsense", 0, "free", 0, "pro", 1, "PAID", 1, "standard", 1, "premium", 2);

    /** Each plugin with its required tier and sample parameters. */
    private static final List<List<String>> PLUGINS = List.of(
            List.of("gemini-flash", "free", "{\"prompt\":\"Draft a post\"}"),
            List.of("brave-search", "free", "{\"query\":\"AI\",\"count\":8}"),
            List.of("semantic-scholar", "free", "{\"query\":\"transformers\"}"),
            List.of("weather", "free", "{\"location\":\"Paris\"}"),
            List.of("wikipedia", "free", "{\"query\":\"transistor\",\"mode\":\"search\",\"limit\":3}"),
            List.of("currency", "free", "{\"query\":\"EUR to USD\"}"),
            List.of("news", "free", "{\"q\":\"tech\",\"language\":\"en\"}"),
            List.of("url-reader", "standard", "{\"url\":\"https://www.example.org/\",\"summarize\":false}"),
            List.of("tavily-search", "standard", "{\"query\":\"quantum\",\"max_results\":8}"),
            // The only plugin without a configured worker.
            List.of("exa-search", "premium", "{\"query\":\"concepts\"}"),
            List.of("perplexity-sonar", "premium", "{\"query\":\"fusion\"}"));

    @SuppressWarnings("NullAway.Init")
    private static FirebaseSdk sdk;

    @SuppressWarnings("NullAway.Init")
    private static TestApp app;

    @BeforeAll
    static void start() {
        sdk = FirebaseSdk.start();
        app = TestApp.start();
    }

    @AfterAll
    static void stop() {
        sdk.close();
        app.close();
    }

    private static JsonNode call(String user, String plan, String name, JsonNode data) {
        var claims = Tokens.claims(user);
        if (!plan.isEmpty()) {
            claims.put("plan", plan);
        }
        return sdk.run(Map.of("url", app.url(), "name", name, "data", data, "token", Tokens.unsigned(claims)));
    }

    private static JsonNode json(String text) {
        return TestApp.parse(text);
    }

    private static Stream<Arguments> everyPlanWithEveryPlugin() {
        return TIER_OF_PLAN.keySet().stream()
                .sorted()
                .flatMap(plan -> PLUGINS.stream()
                        .map(plugin -> Arguments.of(plan, plugin.get(0), plugin.get(1), plugin.get(2))));
    }

    @ParameterizedTest
    @MethodSource("everyPlanWithEveryPlugin")
    void everyPlanIncludesThePluginsOfItsTierAndLowerTiers(String plan, String plugin, String required, String params) {
        int tier = TIER_OF_PLAN.getOrDefault(plan, 0);
        boolean included = tier >= TIERS.indexOf(required);
        boolean setUp = !plugin.equals("exa-search");
        var user = "user-of-" + plan;

        var answer = call(
                user, plan, "swarmspaceRouter", json("{\"plugin_id\":\"%s\",\"params\":%s}".formatted(plugin, params)));
        var error = answer.path("error");
        if (!setUp) {
            assertThat(error.path("code").stringValue()).isEqualTo("functions/unavailable");
            assertThat(error.path("message").stringValue()).startsWith("Plugin exa-search is not set up here.");
        } else if (!included) {
            assertThat(error.path("code").stringValue()).isEqualTo("functions/permission-denied");
            assertThat(error.path("details"))
                    .isEqualTo(json(
                            "{\"plugin_id\":\"%s\",\"required_tier\":\"%s\",\"user_tier\":\"%s\",\"upgrade_url\":\"https://app.example/upgrade\"}"
                                    .formatted(plugin, required, TIERS.get(tier))));
        } else {
            assertThat(answer.path("data").path("quota").path("remaining").intValue())
                    .as(answer.toString())
                    .isPositive();
        }

        var reason = !setUp ? "\"not_configured\"" : included ? "null" : "\"tier_insufficient\"";
        var status = call(user, plan, "swarmspacePluginStatus", json("{\"plugin_id\":\"" + plugin + "\"}"))
                .path("data");
        assertThat(status)
                .isEqualTo(json(
                        "{\"available\":%s,\"plugin_id\":\"%s\",\"user_tier\":\"%s\",\"required_tier\":\"%s\",\"reason\":%s,\"upgrade_url\":%s}"
                                .formatted(
                                        included && setUp,
                                        plugin,
                                        TIERS.get(tier),
                                        required,
                                        reason,
                                        included || !setUp ? "null" : "\"https://app.example/upgrade\"")));

        var catalog = call(user, plan, "swarmspacePluginCatalog", json("{}")).path("data");
        assertThat(catalog.path("user_tier").stringValue()).isEqualTo(TIERS.get(tier));
        var entry = catalog.path("plugins")
                .valueStream()
                .filter(one -> one.path("plugin_id").stringValue().equals(plugin))
                .findFirst()
                .orElseThrow();
        assertThat(entry.path("available").booleanValue()).isEqualTo(included && setUp);
        assertThat(entry.path("required_tier").stringValue()).isEqualTo(required);
        assertThat(entry.path("cost_tier").stringValue()).isEqualTo(required);
        assertThat(entry.path("capabilities").size()).isGreaterThan(1);
        assertThat(entry.path("example_query").stringValue()).isNotEmpty();
    }

    @Test
    void theCatalogListsAllPluginsInOrderWithoutWorkerUrls() {
        var catalog = call("c", "", "swarmspacePluginCatalog", json("{}")).path("data");
        assertThat(catalog.path("plugins")
                        .valueStream()
                        .map(one -> one.path("plugin_id").stringValue()))
                .containsExactlyElementsOf(PLUGINS.stream().map(List::getFirst).toList());
        assertThat(catalog.toString()).doesNotContain("127.0.0.1").doesNotContain("worker");
        assertThat(catalog.path("upgrade_url").stringValue()).isEqualTo("https://app.example/upgrade");
    }

    @Test
    void anUnknownPluginIsReportedAsUnavailable() {
        assertThat(call("s", "", "swarmspacePluginStatus", json("{\"plugin_id\":\"nope\"}"))
                        .path("data"))
                .isEqualTo(json("{\"available\":false,\"reason\":\"unknown_plugin\"}"));
        assertThat(call("s", "", "swarmspacePluginStatus", json("{}"))
                        .path("error")
                        .path("code")
                        .stringValue())
                .isEqualTo("functions/invalid-argument");
    }

    @Test
    void llmPluginsUseTheUsersStoredKey() {
        var ask = json("{\"plugin_id\":\"gemini-flash\",\"params\":{\"prompt\":\"Hello\"}}");
        assertThat(call("payer", "", "swarmspaceRouter", ask)
                        .path("data")
                        .path("text")
                        .stringValue())
                .doesNotContain("1a2b");
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "gemini", "modelId", "gemini-3-flash-preview", "apiKey", "payers-own-key-1a2b"),
                "payer");
        assertThat(call("payer", "", "swarmspaceRouter", ask)
                        .path("data")
                        .path("text")
                        .stringValue())
                .contains("1a2b");
    }

    @Test
    void chatsWithAPluginAreSentToItsUnderlyingModel() {
        assertThat(app.chat("chatter", "t", "switch to swarm, gemini-flash")).contains("Please provide your API key");
        assertThat(app.chat("chatter", "t", "swarm-key-of-chatter-5e6f"))
                .isEqualTo("Done. Your chat is now using **SwarmSpace** with model `gemini-flash`.");
        var said = app.say("chatter", "t", "hello");
        assertThat(said.path("message").path("content").stringValue())
                .contains("gemini-3-flash-preview")
                .contains("5e6f");
        assertThat(said.path("servedBy").toString())
                .isEqualTo("{\"provider\":\"swarmspace\",\"modelId\":\"gemini-flash\",\"keySource\":\"own\"}");
        var completion = TestApp.send(HttpRequest.newBuilder(URI.create(app.url() + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Tokens.emulator("chatter"))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"gemini-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))
                .build());
        assertThat(completion.statusCode()).as(completion.body()).isEqualTo(200);
        assertThat(completion.body()).contains("gemini-3-flash-preview");
        var models = app.call("listModels", Map.of("provider", "swarmspace"), "chatter");
        assertThat(models.path("models").toString()).isEqualTo("[{\"id\":\"gemini-flash\"}]");
    }

    @Test
    void simulatedWorkersRequireTheInternalTokenAndUserIdHeader() {
        try (var wrong = TestApp.start(
                "",
                Map.of("GROQ_API_KEY", "project-key-groq", "SWARMSPACE_INTERNAL_TOKEN", "not-the-simulators-token"))) {
            for (var plugin : PLUGINS.subList(0, 7)) {
                var data = Map.of("plugin_id", plugin.get(0), "params", json(plugin.get(2)));
                assertThat(wrong.fail("swarmspaceRouter", data, "alice")
                                .path("status")
                                .stringValue())
                        .as(plugin.get(0))
                        .isEqualTo("UNAVAILABLE");
            }
            var bare = TestApp.send(HttpRequest.newBuilder(URI.create(wrong.simulatorUrl() + "/plugins/news/invoke"))
                    .header("Authorization", "Bearer sim-internal-token")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"q\":\"x\"}"))
                    .build());
            assertThat(bare.statusCode()).isEqualTo(400);
            assertThat(bare.body()).contains("X-SwarmSpace-User-Id");
        }
    }

    @Test
    void aPluginFromTheSettingsFileCanBeUsedAsAChatModel() {
        try (var own = TestApp.start("""
                swarmspace:
                  tiers: {gold: premium}
                  plugins:
                    deep-thought:
                      workerUrl: http://127.0.0.1:1
                      tier: premium
                      capabilities: [answers]
                      description: Thinks for long
                      llm: true
                      chat: {provider: gemini, model: gemini-3.8-flash}
                """, Map.of("GROQ_API_KEY", "project-key-groq"))) {
            assertThat(own.call("swarmspacePluginStatus", Map.of("plugin_id", "deep-thought"), "alice")
                            .path("reason")
                            .stringValue())
                    .isEqualTo("tier_insufficient");
            var models = own.call("listModels", Map.of("provider", "swarmspace"), "alice");
            assertThat(models.path("models").toString())
                    .isEqualTo("[{\"id\":\"deep-thought\"},{\"id\":\"gemini-flash\"}]");
            own.call(
                    "updateUserModelConfig",
                    Map.of("provider", "swarmspace", "modelId", "deep-thought", "apiKey", "alices-own-key-1a2b"),
                    "alice");
            assertThat(own.chat("alice", "t", "hello")).contains("gemini-3.8-flash");
        }
    }
}
