package io.keyswitch.http.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.keyswitch.core.Json;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.ToolProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Runs unmodified official clients against a provider of every wire format. docs/clients.md lists what passed. */
class OfficialClientsTest {
    private static final Path NODE = Path.of("server/src/test/node");
    private static final Path PYTHON = Path.of("server/src/test/python");
    private static final Path REPORT = Path.of("target/keyswitch/clients.md");

    @Test
    void everyOfficialClientSupportsEveryFeatureOnEveryWireFormat() throws Exception {
        requireInstalled(NODE.resolve("node_modules/openai"));
        requireInstalled(PYTHON.resolve(".venv/bin/python"));
        var results = new ArrayList<JsonNode>();
        try (var provider = ToolProvider.start();
                var app = TestApp.start("""
                          speaks-openai: {baseUrl: "%1$s/openai/v1", defaultModel: m-1, wire: openai}
                          speaks-anthropic: {baseUrl: "%1$s/anthropic/v1", defaultModel: m-1, wire: anthropic, auth: x-api-key}
                          speaks-gemini: {baseUrl: "%1$s/gemini/v1beta", defaultModel: m-1, wire: gemini, auth: x-goog-api-key}
                        """.formatted(provider.baseUrl()))) {
            var tokens = new LinkedHashMap<String, String>();
            for (var wire : new String[] {"openai", "anthropic", "gemini"}) {
                app.call(
                        "updateUserModelConfig",
                        Map.of("provider", "speaks-" + wire, "modelId", "m-1", "apiKey", "my-own-key-000-1a2b"),
                        wire);
                tokens.put(
                        wire,
                        app.call("createPersonalToken", Map.of("name", "clients"), wire)
                                .path("token")
                                .stringValue());
            }
            run(NODE, "node", "clients.mjs", app.url(), Json.text(tokens)).forEach(results::add);
            run(PYTHON, ".venv/bin/python", "clients.py", app.url(), Json.text(tokens))
                    .forEach(results::add);
            tokens.forEach((wire, token) -> {
                results.addAll(run("openai-java", wire, JavaClients.openAi(app.url(), token)));
                results.addAll(run("LangChain4j", wire, JavaClients.langChain4j(app.url(), token)));
            });
        }
        var table = table(results);
        Files.writeString(REPORT, table);
        assertThat(results.stream().filter(one -> one.path("problem").isString()))
                .isEmpty();
        assertThat(Files.readString(Path.of("docs/clients.md")))
                .as("docs/clients.md; what passed now is in " + REPORT)
                .endsWith(table);
    }

    private static void requireInstalled(Path file) {
        if (!Files.exists(file)) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError("the official clients are not installed; ./test does it");
            }
            Assumptions.abort("skipped: the official clients are not installed, run ./test; missing is " + file);
        }
    }

    private static List<JsonNode> run(String client, String wire, Map<String, ThrowingCallable> abilities) {
        var results = new ArrayList<JsonNode>();
        abilities.forEach((can, ability) -> {
            var problem = catchThrowable(ability);
            results.add(Json.object()
                    .put("client", client)
                    .put("wire", wire)
                    .put("can", can)
                    .put("problem", problem == null ? null : problem.toString()));
        });
        return results;
    }

    private static JsonNode run(Path directory, String... command) throws IOException, InterruptedException {
        var out = Files.createTempFile("clients", ".json");
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        return TestApp.parse(Files.readString(out));
    }

    private static String table(List<JsonNode> results) {
        var passed = new LinkedHashMap<String, Map<String, String>>();
        var cases = new TreeSet<String>();
        for (var one : results) {
            var can = one.path("can").stringValue();
            cases.add(can);
            var mark = one.path("problem").isNull() ? "" : one.path("wire").stringValue() + " fails";
            passed.computeIfAbsent(one.path("client").stringValue(), _ -> new LinkedHashMap<>())
                    .merge(can, mark, (a, b) -> a.isEmpty() ? b : b.isEmpty() ? a : a + ", " + b);
        }
        var table = new StringBuilder(
                "| client | " + String.join(" | ", cases) + " |\n|---" + "|---".repeat(cases.size()) + "|\n");
        passed.forEach((client, can) -> {
            table.append("| ").append(client);
            cases.forEach(
                    one -> table.append(" | ").append(can.getOrDefault(one, "").isEmpty() ? "✓" : can.get(one)));
            table.append(" |\n");
        });
        return table.toString();
    }
}
