package io.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.testing.Canaries;
import io.keyswitch.testing.Program;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs {@code keyswitch demo} as a separate process and tests it for key leaks and for recovery after a kill. */
@Timeout(180)
class DemoTest {
    private static final String ACCOUNT = "0123456789abcdef0123456789abcdef";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path data;

    private @Nullable Process process;
    private String url = "";
    private final StringBuilder printed = new StringBuilder();
    private final List<String> answers = new ArrayList<>();

    private void start() throws IOException {
        var started = launch();
        process = started;
        url = awaitUrl(started.inputReader(StandardCharsets.UTF_8));
    }

    private Process launch() throws IOException {
        return launch(0);
    }

    private Process launch(int port) throws IOException {
        var command = Program.command();
        command.addAll(List.of("demo", "--port", Integer.toString(port), "--data", data.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private String awaitUrl(BufferedReader out) throws IOException {
        var address = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            printed.append(line).append('\n');
            var matcher = address.matcher(line);
            if (matcher.find()) {
                return matcher.group();
            }
        }
        throw new AssertionError("the demo ended: " + printed);
    }

    private void stop(boolean atOnce) throws InterruptedException {
        if (process != null) {
            var _ = atOnce ? process.destroyForcibly() : process;
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @AfterEach
    void kill() throws InterruptedException {
        stop(true);
    }

    private JsonNode call(String name, Object argument) {
        var answer = TestApp.send(HttpRequest.newBuilder(URI.create(url + "/" + name))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Tokens.emulator("alice"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(Map.of("data", argument))))
                .build());
        answers.add(answer.body());
        return TestApp.parse(answer.body());
    }

    private String say(String message) {
        return call("sendChatMessage", Map.of("threadId", "t", "message", message))
                .path("result")
                .path("message")
                .path("content")
                .asString("");
    }

    @Test
    void noKeyIsFoundInAnythingTheDemoWritesOrAnswers() throws Exception {
        start();
        var canaries = new Canaries();
        var keys = Stream.of("sk-proj-", "sk-ant-api03-", "AQ.", "", "gsk_", "invalid-")
                .map(canaries::next)
                .toList();
        say("switch to openai, gpt-5.5");
        assertThat(say(keys.get(0))).startsWith("Done.");
        say("switch to claude, claude-sonnet-5-5");
        assertThat(say("here it is: " + keys.get(1) + " thanks")).startsWith("Done.");
        call(
                "updateUserModelConfig",
                Map.of("provider", "gemini", "modelId", "gemini-3-flash-preview", "apiKey", keys.get(2)));
        say("hello");
        say("switch to cloudflare");
        say(ACCOUNT);
        say("@cf/meta/llama-3.1-8b-instruct");
        assertThat(say(keys.get(5))).contains("does not accept");
        assertThat(say(keys.get(3))).startsWith("Done.");
        assertThat(call("swarmspaceRouter", Map.of("plugin_id", "wikipedia", "params", Map.of("query", "transistor")))
                        .path("result")
                        .path("quota")
                        .path("remaining")
                        .intValue())
                .isEqualTo(99);
        say("hello again");
        say("please look at this config and tell me why it would fail to start: api_key = " + keys.get(4)
                + ", is it the quotes?");
        call("updateUserModelConfig", Map.of("provider", "openai", "modelId", "gpt-5.5", "apiKey", keys.get(5)));
        call("updateUserModelConfig", Map.of("provider", "nobody", "modelId", "gpt-5.5", "apiKey", keys.get(0)));
        call("noSuchFunction", Map.of("apiKey", keys.get(0)));
        call("getUserModelConfig", Map.of());
        call("listThreads", Map.of());
        call("getThread", Map.of("threadId", "t"));
        var while_running = sinks();
        stop(false);
        while_running.forEach(canaries::requireNoneIn);
        sinks().forEach(canaries::requireNoneIn);
        assertThat(while_running.keySet())
                .anyMatch(name -> name.endsWith(".db-wal"))
                .anyMatch(name -> name.endsWith("keyswitch.log"));
    }

    /** Everything written to disk, printed or answered. */
    private Map<String, String> sinks() throws IOException {
        var sinks = new TreeMap<String, String>();
        try (var files = Files.walk(data)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                sinks.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        sinks.put("printed", printed.toString());
        sinks.put("answers", String.join("\n", answers));
        return sinks;
    }

    @Test
    void aSecondDemoOnTheSameDataNamesTheFirstAndLeavesItAlone() throws Exception {
        start();
        say("hello");
        var simulator = Files.readString(data.resolve("simulator.port"));
        // As with the default port of both, which is taken, too.
        var second = launch(URI.create(url).getPort());
        var said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(second.waitFor()).isEqualTo(2);
        assertThat(said)
                .startsWith("keyswitch: " + data.toRealPath().resolve("keyswitch.db") + " is already served by process "
                        + java.util.Objects.requireNonNull(process).pid() + " since 20")
                .contains("stop that one");
        assertThat(data.resolve("simulator.port")).hasContent(simulator.strip());
        assertThat(say("and again")).isNotEmpty();
    }

    @Test
    void anAcknowledgedAnswerSurvivesAKill() throws Exception {
        start();
        say("switch to claude, claude-sonnet-5-5");
        say("sk-ant-demo-1234567890-abcd");
        assertThat(say("remember me")).contains("abcd");
        stop(true);
        start();
        var messages = call("getThread", Map.of("threadId", "t")).path("result").path("messages");
        assertThat(messages.size()).isEqualTo(6);
        assertThat(messages.valueStream())
                .allSatisfy(message ->
                        assertThat(message.path("status").stringValue()).isEqualTo("complete"));
        assertThat(say("still there?")).contains("claude-sonnet-5-5").contains("abcd");
    }

    @Test
    void theDemoServesTheChatPageAndCreatesFilesReadableByItsOwnerOnly() throws Exception {
        start();
        assertThat(printed).contains("Keyswitch is running");
        var master = data.resolve("master.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(master)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("keyswitch.db"))))
                .isEqualTo("rw-------");
        assertThat(TestApp.send(HttpRequest.newBuilder(URI.create(url + "/")).build())
                        .body())
                .contains("<title>Keyswitch</title>");
        assertThat(TestApp.send(HttpRequest.newBuilder(URI.create(url + "/healthz"))
                                .build())
                        .body())
                .isEqualTo("{\"status\":\"ok\"}");
    }
}
