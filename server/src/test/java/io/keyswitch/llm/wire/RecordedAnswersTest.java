package io.keyswitch.llm.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.FinishReason;
import io.keyswitch.llm.sse.SseParser;
import io.keyswitch.llm.wire.anthropic.AnthropicWire;
import io.keyswitch.llm.wire.gemini.GeminiWire;
import io.keyswitch.llm.wire.openai.OpenAiWire;
import io.keyswitch.testing.Recordings;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.TestData;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decodes recorded answers of real providers. */
class RecordedAnswersTest {
    private static WireFormat wire(String file) {
        if (file.startsWith("anthropic")) {
            return AnthropicWire.INSTANCE;
        }
        return file.startsWith("gemini") ? GeminiWire.INSTANCE : OpenAiWire.INSTANCE;
    }

    private static String text(List<ChatEvent> events) {
        return events.stream()
                .map(event -> event instanceof ChatEvent.Text(var text) ? text : "")
                .collect(Collectors.joining());
    }

    private static List<ChatEvent> decode(String file, byte[] bytes) {
        var parser = new SseParser();
        var decoder = wire(file).decoder();
        var events = new ArrayList<ChatEvent>();
        parser.feed(bytes).forEach(event -> events.addAll(decoder.event(event)));
        parser.end().forEach(event -> events.addAll(decoder.event(event)));
        assertThat(decoder.finished()).as("%s reached its end", file).isTrue();
        return events;
    }

    @ParameterizedTest
    @CsvSource({
        "openai/chat-text.excerpt.chunks.txt, STOP",
        "groq/text-include_usage.sse, STOP",
        "groq/text.excerpt.chunks.txt, STOP",
        "groq/reasoning.excerpt.chunks.txt, STOP",
        "mistral/text.chunks.txt, STOP",
        "cloudflare/tool-call.excerpt.sse, TOOL_CALLS",
        "anthropic/basic_response.sse, STOP",
        "anthropic/text-padded-json.sse, STOP",
        "anthropic/text.chunks.txt, STOP",
        "anthropic/thinking.chunks.txt, STOP",
        "anthropic/tool_use_response.sse, TOOL_CALLS",
        "anthropic/refusal.chunks.txt, CONTENT_FILTER",
        "anthropic/refusal_response.sse, CONTENT_FILTER",
        "gemini/text.chunks.txt, STOP"
    })
    void aStreamDecodesToOneFinishReason(String file, FinishReason finish) throws Exception {
        var bytes = Recordings.framed(file);
        var whole = decode(file, bytes);
        assertThat(whole).contains(new ChatEvent.Finished(finish));
        assertThat(whole.stream().filter(ChatEvent.Finished.class::isInstance)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "openai/chat-text.json",
        "groq/text.json",
        "mistral/text.json",
        "mistral/reasoning-array-content.json",
        "deepseek/reasoning.json",
        "xai/text.json",
        "anthropic/text.json",
        "anthropic/thinking.json",
        "gemini/text.json",
        "gemini/reasoning.json"
    })
    void aNonStreamingAnswerHasTextUsageAndAFinishReason(String file) throws Exception {
        var decoder = wire(file).decoder();
        var events = decoder.whole(TestApp.parse(Files.readString(TestData.path("wire/fixtures/" + file))));
        assertThat(text(events)).isNotBlank();
        assertThat(events)
                .anyMatch(ChatEvent.Used.class::isInstance)
                .contains(new ChatEvent.Finished(FinishReason.STOP));
        assertThat(decoder.finished()).isTrue();
    }

    @Test
    void reasoningIsNotPartOfTheAnswerText() throws Exception {
        for (var file :
                List.of("deepseek/reasoning.json", "mistral/reasoning-array-content.json", "anthropic/thinking.json")) {
            var events =
                    wire(file).decoder().whole(TestApp.parse(Files.readString(TestData.path("wire/fixtures/" + file))));
            var thinking = events.stream()
                    .map(event -> event instanceof ChatEvent.Reasoning(var thought) ? thought : "")
                    .collect(Collectors.joining());
            assertThat(thinking).as(file).isNotBlank();
            assertThat(text(events)).doesNotContain(thinking.substring(0, Math.min(40, thinking.length())));
        }
    }
}
