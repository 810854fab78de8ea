package io.keyswitch.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What may have been a request reaches the model, and is offered. */
@Tag("database")
class SuggestionsTest {
    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.start();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static JsonNode send(String user, String message) {
        return app.call("sendChatMessage", Map.of("threadId", "t", "message", message), user);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            could my grandson switch you to chatgpt     | Switch to OpenAI                     | /model openai
            would my grandson use gpt 5.5 for it        | Switch to OpenAI: gpt-5.5            | /model openai, gpt-5.5
            """)
    void aPossibleRequestIsAnsweredByTheModelAndOffered(String message, String label, String offered) {
        var reply = send("alice", message);
        assertThat(reply.path("servedBy").path("provider").stringValue()).isEqualTo("groq");
        assertThat(reply.has("flow")).isFalse();
        assertThat(reply.path("suggestions")).singleElement().satisfies(suggestion -> {
            assertThat(suggestion.path("label").stringValue()).isEqualTo(label);
            assertThat(suggestion.path("message").stringValue()).isEqualTo(offered);
        });
        var taken = send("bob", offered);
        assertThat(taken.path("servedBy").path("provider").stringValue()).isEqualTo("keyswitch");
        assertThat(taken.has("suggestions")).isFalse();
        send("bob", "cancel");
    }

    @ParameterizedTest
    @CsvSource({"hello", "I met Claude yesterday", "which model of vacuum cleaner should I buy?"})
    void otherMessagesCarryNone(String message) {
        assertThat(send("carol", message).has("suggestions")).isFalse();
    }

    @Test
    void aRetriedMessageCarriesTheSameSuggestions() {
        var message =
                Map.of("threadId", "t", "message", "could my grandson switch you to chatgpt", "clientMessageId", "1");
        var first = app.call("sendChatMessage", message, "dora");
        assertThat(first.has("suggestions")).isTrue();
        assertThat(app.call("sendChatMessage", message, "dora")).isEqualTo(first);
    }
}
