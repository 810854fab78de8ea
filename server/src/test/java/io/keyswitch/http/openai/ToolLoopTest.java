package io.keyswitch.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tool calls by a client that knows only OpenAI's fields, with providers that require their reasoning to be sent back. */
@Tag("database")
class ToolLoopTest {
    private static final String THINKING = """
            event: message_start
            data: {"type":"message_start","message":{"usage":{"input_tokens":5,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Which "}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"city?"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQB/+=="}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"EmwK"}}

            event: content_block_start
            data: {"type":"content_block_start","index":2,"content_block":{"type":"text","text":"Let me see."}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":2}

            event: content_block_start
            data: {"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"toolu_1","name":"look","input":{}}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":3}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":9}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    private static final String SIGNED = """
            data: {"candidates":[{"content":{"role":"model","parts":[\
            {"functionCall":{"id":"f-1","name":"look","args":{}},"thoughtSignature":"c2lnbmVk"}]},"finishReason":"STOP"}]}\r
            \r
            """;

    private static final String ASKED = """
            {"reasoning_effort":"high","tools":[{"type":"function","function":{"name":"look"}}],
             "messages":[{"role":"user","content":"Where?"}]}""";

    private final FakeProvider fake = FakeProvider.answering((request, out) -> {
        if (request.method().equals("GET")) {
            out.json(200, "{\"data\":[],\"models\":[]}");
        } else {
            out.stream().write(request.path().contains("messages") ? THINKING : SIGNED);
        }
    });

    private final String providers = """
              speaks-anthropic: {baseUrl: "%1$s/v1", defaultModel: m-1, wire: anthropic, auth: x-api-key}
              speaks-gemini: {baseUrl: "%1$s/v1", defaultModel: m-1, wire: gemini, auth: x-goog-api-key}
            """.formatted(fake.baseUrl());

    private final TestApp app = TestApp.start(providers);

    @AfterEach
    void close() {
        app.close();
        fake.close();
    }

    private void choose(String user, String wire, String key) {
        choose(app, user, wire, key);
    }

    private static void choose(TestApp node, String user, String wire, String key) {
        node.call("updateUserModelConfig", Map.of("provider", "speaks-" + wire, "modelId", "m-1", "apiKey", key), user);
    }

    private JsonNode complete(String user, ObjectNode request) {
        return complete(app, user, request);
    }

    private static JsonNode complete(TestApp node, String user, ObjectNode request) {
        var answer = TestApp.send(HttpRequest.newBuilder(URI.create(node.url() + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Tokens.emulator(user))
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(request)))
                .build());
        return TestApp.parse(answer.body());
    }

    /** Sends the tool result with only OpenAI's fields of the first answer. @return the request the provider received */
    private JsonNode goOn(String user, JsonNode answered) {
        return goOn(app, user, answered);
    }

    private JsonNode goOn(TestApp node, String user, JsonNode answered) {
        var request = (ObjectNode) TestApp.parse(ASKED);
        var message = answered.path("choices").path(0).path("message");
        var call = message.path("tool_calls").path(0);
        var said = request.withArray("messages").addObject().put("role", "assistant");
        said.set("content", message.path("content"));
        var kept = said.putArray("tool_calls").addObject().put("type", "function");
        kept.set("id", call.path("id"));
        kept.set("function", call.path("function"));
        request.withArray("messages")
                .addObject()
                .put("role", "tool")
                .put("content", "Paris")
                .set("tool_call_id", call.path("id"));
        var _ = complete(node, user, request);
        return TestApp.parse(fake.seen().getLast().body());
    }

    @Test
    void anthropicThinkingBlocksAreSentBackFirstAndUnchanged() {
        choose("alice", "anthropic", "the-key-of-alice-1a2b");
        var answered = complete("alice", (ObjectNode) TestApp.parse(ASKED));
        assertThat(answered.path("choices")
                        .path(0)
                        .path("message")
                        .path("reasoning_content")
                        .stringValue())
                .isEqualTo("Which city?");
        var sent = goOn("alice", answered).path("messages").path(1).path("content");
        assertThat(sent.toString())
                .isEqualTo("[{\"type\":\"thinking\",\"thinking\":\"Which city?\",\"signature\":\"EqQB/+==\"},"
                        + "{\"type\":\"redacted_thinking\",\"data\":\"EmwK\"},{\"type\":\"text\",\"text\":\"Let me see.\"},"
                        + "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"look\",\"input\":{}}]");
    }

    @Test
    void geminiThoughtSignaturesAreSentBackWithTheFunctionCall() {
        choose("alice", "gemini", "the-key-of-alice-1a2b");
        var answered = complete("alice", (ObjectNode) TestApp.parse(ASKED));
        var sent =
                goOn("alice", answered).path("contents").path(1).path("parts").path(0);
        assertThat(sent.toString())
                .isEqualTo("{\"functionCall\":{\"id\":\"f-1\",\"name\":\"look\",\"args\":{}},"
                        + "\"thoughtSignature\":\"c2lnbmVk\"}");
    }

    @Test
    void thinkingBlocksAreSentBackAfterARestart() {
        choose("alice", "anthropic", "the-key-of-alice-1a2b");
        choose("bob", "anthropic", "the-key-of-bob-3c4d");
        var answered = complete("alice", (ObjectNode) TestApp.parse(ASKED));
        app.restart();
        assertThat(goOn("bob", answered).toString()).doesNotContain("EqQB").doesNotContain("EmwK");
        assertThat(goOn("alice", answered)
                        .path("messages")
                        .path(1)
                        .path("content")
                        .toString())
                .startsWith("[{\"type\":\"thinking\",\"thinking\":\"Which city?\",\"signature\":\"EqQB/+==\"}");
    }

    @Test
    void aToolLoopGoesOnAtAnotherProcess() {
        try (var one = TestApp.startOnPostgresql(providers);
                var other = one.another()) {
            choose(one, "alice", "anthropic", "the-key-of-alice-1a2b");
            var answered = complete(one, "alice", (ObjectNode) TestApp.parse(ASKED));
            assertThat(goOn(other, "alice", answered).toString())
                    .contains("EqQB/+==")
                    .contains("EmwK");
        }
    }

    @Test
    void storedThinkingBlocksAreEncryptedAndNotSentWithAnotherKeyOfTheSameUser() throws Exception {
        choose("alice", "anthropic", "the-key-of-alice-1a2b");
        var answered = complete("alice", (ObjectNode) TestApp.parse(ASKED));
        try (var connection = app.data().connect();
                var rows = connection.createStatement().executeQuery("SELECT * FROM call_signature")) {
            assertThat(rows.next()).isTrue();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                assertThat(rows.getString(i)).doesNotContain("EqQB").doesNotContain("city");
            }
        }
        choose("alice", "anthropic", "another-key-of-alice-5e6f");
        app.restart();
        assertThat(goOn("alice", answered).toString()).doesNotContain("EqQB").doesNotContain("EmwK");
    }

    @Test
    void thinkingBlocksAreForgottenAfterAnHour() throws Exception {
        choose("alice", "anthropic", "the-key-of-alice-1a2b");
        var answered = complete("alice", (ObjectNode) TestApp.parse(ASKED));
        app.clock().advance(Duration.ofMinutes(61));
        app.restart();
        assertThat(goOn("alice", answered).toString()).doesNotContain("EqQB");
    }

    @Test
    void cachedThinkingBlocksAreNotSentForOtherUsers() {
        choose("alice", "anthropic", "the-key-of-alice-1a2b");
        choose("bob", "anthropic", "the-key-of-bob-3c4d");
        var answered = complete("alice", (ObjectNode) TestApp.parse(ASKED));
        assertThat(goOn("bob", answered).toString()).doesNotContain("EqQB").doesNotContain("EmwK");
    }
}
