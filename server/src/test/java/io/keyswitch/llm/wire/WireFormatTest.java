package io.keyswitch.llm.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.keyswitch.core.Json;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.ChatMessage;
import io.keyswitch.llm.ChatMessage.Role;
import io.keyswitch.llm.ChatRequest;
import io.keyswitch.llm.FinishReason;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.Usage;
import io.keyswitch.llm.sse.SseEvent;
import io.keyswitch.llm.wire.anthropic.AnthropicWire;
import io.keyswitch.llm.wire.gemini.GeminiWire;
import io.keyswitch.llm.wire.openai.OpenAiWire;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirk;
import io.keyswitch.provider.Quirks;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.TestData;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatTest {
    private static final ChatRequest REQUEST = new ChatRequest(
            "Be kind.",
            List.of(
                    new ChatMessage(Role.ASSISTANT, "an answer whose question was cut off"),
                    new ChatMessage(Role.USER, "one"),
                    new ChatMessage(Role.USER, "two"),
                    new ChatMessage(Role.ASSISTANT, ""),
                    new ChatMessage(Role.ASSISTANT, "three"),
                    new ChatMessage(Role.USER, "four")));

    private static String encode(WireFormat wire, Quirks quirks, String... refused) {
        return Json.text(wire.encode(new ModelId("m-1"), REQUEST, quirks, new Refusals(Set.of(refused)))
                .body());
    }

    private static Quirks maxTokens(String field) {
        return Quirks.NONE.bound(field, 100);
    }

    @Test
    void aRequestIsEncodedForOpenAi() {
        assertThat(encode(OpenAiWire.INSTANCE, Quirks.NONE))
                .isEqualTo(
                        "{\"model\":\"m-1\",\"messages\":[{\"role\":\"system\",\"content\":\"Be kind.\"},"
                                + "{\"role\":\"user\",\"content\":\"one\\n\\ntwo\"},{\"role\":\"assistant\",\"content\":\"three\"},"
                                + "{\"role\":\"user\",\"content\":\"four\"}],\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
    }

    @Test
    void aRequestIsEncodedForAnthropic() {
        assertThat(encode(AnthropicWire.INSTANCE, Quirks.NONE))
                .isEqualTo("{\"model\":\"m-1\",\"max_tokens\":8192,\"system\":\"Be kind.\",\"messages\":["
                        + "{\"role\":\"user\",\"content\":\"one\\n\\ntwo\"},{\"role\":\"assistant\",\"content\":\"three\"},"
                        + "{\"role\":\"user\",\"content\":\"four\"}],\"stream\":true}");
    }

    @Test
    void aRequestIsEncodedForGemini() {
        var request =
                GeminiWire.INSTANCE.encode(new ModelId("models/gemini-x"), REQUEST, maxTokens("x"), Refusals.NONE);
        assertThat(request.path()).isEqualTo("/models/gemini-x:streamGenerateContent?alt=sse");
        assertThat(Json.text(request.body()))
                .isEqualTo(
                        "{\"systemInstruction\":{\"parts\":[{\"text\":\"Be kind.\"}]},\"contents\":["
                                + "{\"role\":\"user\",\"parts\":[{\"text\":\"one\\n\\ntwo\"}]},{\"role\":\"model\",\"parts\":[{\"text\":\"three\"}]},"
                                + "{\"role\":\"user\",\"parts\":[{\"text\":\"four\"}]}],\"generationConfig\":{\"maxOutputTokens\":100}}");
    }

    @Test
    void samplingParametersAreNotSentByDefault() {
        for (var wire : List.of(OpenAiWire.INSTANCE, AnthropicWire.INSTANCE, GeminiWire.INSTANCE)) {
            assertThat(encode(wire, Quirks.NONE)).doesNotContain("temperature").doesNotContain("top");
        }
    }

    @Test
    void rejectedParametersAreRenamedOrOmittedInTheRequest() {
        assertThat(encode(OpenAiWire.INSTANCE, maxTokens("max_tokens"))).contains("\"max_tokens\":100");
        assertThat(encode(OpenAiWire.INSTANCE, maxTokens("max_tokens"), Refusals.MAX_TOKENS))
                .contains("\"max_completion_tokens\":100")
                .doesNotContain("\"max_tokens\"");
        assertThat(encode(OpenAiWire.INSTANCE, Quirks.NONE, Refusals.STREAM_OPTIONS))
                .doesNotContain("stream_options");
        assertThat(encode(OpenAiWire.INSTANCE, Quirks.NONE, Refusals.STREAM)).doesNotContain("stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", "a?key=1", "a#b", "a b", "..", "%2e%2e", "a:b"})
    void aModelIdThatWouldChangeTheGeminiPathIsRejected(String id) {
        assertThatThrownBy(() -> GeminiWire.INSTANCE.encode(new ModelId(id), REQUEST, Quirks.NONE, Refusals.NONE))
                .isInstanceOfSatisfying(
                        LlmException.class,
                        e -> assertThat(e.failure()).isEqualTo(LlmFailure.of(Reason.UNKNOWN_MODEL)));
    }

    @ParameterizedTest
    @CsvSource({
        "openai-chat, openai",
        "mistral-chat, mistral",
        "anthropic-messages-2023-06-01, anthropic",
        "anthropic-messages-2026-10-21, anthropic",
        "gemini-generatecontent, gemini"
    })
    void encodedRequestsConformToTheProvidersSchema(String schema, String wire) throws Exception {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        var compiled =
                registry.getSchema(Files.readString(TestData.path("wire/specs/" + schema + ".request.schema.json")));
        var body = switch (wire) {
            case "anthropic" -> encode(AnthropicWire.INSTANCE, Quirks.NONE);
            case "gemini" -> encode(GeminiWire.INSTANCE, maxTokens("x"));
            case "mistral" ->
                encode(OpenAiWire.INSTANCE, Quirks.NONE.bound("max_tokens", 100).with(Quirk.NO_STREAM_USAGE));
            default -> encode(OpenAiWire.INSTANCE, maxTokens("max_completion_tokens"));
        };
        assertThat(compiled.validate(body, InputFormat.JSON)).isEmpty();
        var misspelt = body.replaceFirst("\"(messages|contents)\"", "\"mesages\"");
        assertThat(compiled.validate(misspelt, InputFormat.JSON)).isNotEmpty();
    }

    private static List<ChatEvent> openAi(String... data) {
        return decode(OpenAiWire.INSTANCE, data);
    }

    private static List<ChatEvent> decode(WireFormat wire, String... data) {
        var decoder = wire.decoder();
        return java.util.Arrays.stream(data)
                .flatMap(one -> decoder.event(new SseEvent("", one)).stream())
                .toList();
    }

    @Test
    void zeroUsageInAnOpenAiStreamIsIgnored() {
        assertThat(openAi(
                        "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":null}",
                        "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":45,\"completion_tokens\":2}}",
                        "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0}}",
                        "{\"choices\":[],\"usage\":{\"prompt_tokens\":45,\"completion_tokens\":2,\"completion_tokens_details\":{\"reasoning_tokens\":1}}}",
                        "[DONE]"))
                .containsExactly(
                        new ChatEvent.Text("a"),
                        new ChatEvent.Used(new Usage(45, 2, 0, 0)),
                        new ChatEvent.Finished(FinishReason.STOP),
                        new ChatEvent.Used(new Usage(45, 2, 0, 1)));
    }

    @Test
    void openAiContentArraysAndOversizedIntegersAreDecoded() {
        assertThat(openAi(
                        "{\"seed\":18446744073709551616,\"choices\":[{\"delta\":{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]},"
                                + "{\"type\":\"text\",\"text\":\"hi\"}]}}]}"))
                .containsExactly(new ChatEvent.Reasoning("hm"), new ChatEvent.Text("hi"));
    }

    @Test
    void nativeCloudflareWorkersAiResponsesAreDecoded() {
        assertThat(OpenAiWire.INSTANCE
                        .decoder()
                        .whole(TestApp.parse("{\"result\":{\"response\":\"hi\"},\"success\":true,\"errors\":[]}")))
                .containsExactly(new ChatEvent.Text("hi"));
    }

    @Test
    void errorsAndInvalidJsonInAStreamFailTheAnswer() {
        assertThatThrownBy(() -> openAi("{\"error\":{\"message\":\"x\",\"type\":\"server_error\"}}"))
                .isInstanceOf(LlmException.class);
        assertThatThrownBy(() -> openAi("{not json")).isInstanceOf(LlmException.class);
        assertThatThrownBy(() -> openAi("{\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}"))
                .isInstanceOf(LlmException.class);
        assertThatThrownBy(() -> decode(
                        AnthropicWire.INSTANCE,
                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"))
                .isInstanceOfSatisfying(
                        LlmException.class,
                        e -> assertThat(e.failure()).isEqualTo(LlmFailure.waiting(Reason.OVERLOADED, null)));
        assertThatThrownBy(() -> decode(GeminiWire.INSTANCE, "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}"))
                .isInstanceOfSatisfying(
                        LlmException.class, e -> assertThat(e.failure()).isEqualTo(LlmFailure.of(Reason.BLOCKED)));
    }

    @Test
    void anthropicUsageIsCumulative() {
        assertThat(decode(
                        AnthropicWire.INSTANCE,
                        "{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":10,\"cache_read_input_tokens\":5,\"output_tokens\":1}}}",
                        "{\"type\":\"ping\"}",
                        "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"hi\"}}",
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"max_tokens\"},\"usage\":{\"output_tokens\":7}}",
                        "{\"type\":\"message_stop\"}"))
                .containsExactly(
                        new ChatEvent.Used(new Usage(15, 1, 5, 0)),
                        new ChatEvent.Text("hi"),
                        new ChatEvent.Used(new Usage(15, 7, 5, 0)),
                        new ChatEvent.Finished(FinishReason.LENGTH));
    }

    @Test
    void missingGeminiFieldsAreReadAsTheirDefaults() {
        assertThat(
                        decode(
                                GeminiWire.INSTANCE,
                                "{\"candidates\":[{\"content\":{}}]}",
                                "{\"usageMetadata\":{\"promptTokenCount\":3}}",
                                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hm\",\"thought\":true},{\"text\":\"hi\"}]},\"finishReason\":\"STOP\"}]}"))
                .containsExactly(
                        new ChatEvent.Used(new Usage(3, 0, 0, 0)),
                        new ChatEvent.Reasoning("hm"),
                        new ChatEvent.Text("hi"),
                        new ChatEvent.Finished(FinishReason.STOP));
    }
}
