package io.keyswitch.llm.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.llm.ChatMessage;
import io.keyswitch.llm.ChatMessage.Role;
import io.keyswitch.llm.ChatOptions;
import io.keyswitch.llm.ChatOptions.ResponseFormat;
import io.keyswitch.llm.ChatOptions.Sampling;
import io.keyswitch.llm.ChatOptions.Tool;
import io.keyswitch.llm.ChatOptions.ToolChoice;
import io.keyswitch.llm.ChatOptions.ToolUse;
import io.keyswitch.llm.ChatPart;
import io.keyswitch.llm.ChatRequest;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.wire.anthropic.AnthropicWire;
import io.keyswitch.llm.wire.gemini.GeminiWire;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirk;
import io.keyswitch.provider.Quirks;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Translation of each option, message part and message into the Anthropic and Gemini wire formats. */
class RequestEncodingTest {
    private static final Tool FUNCTION = new Tool("f", "does it", json("{'type':'object'}"), true);
    private static final Tool BARE = new Tool("g", null, null, false);
    private static final String THOUGHTS = "[{'type':'thinking','thinking':'hm','signature':'s'}]".replace('\'', '"');

    private static JsonNode json(String text) {
        return Objects.requireNonNull(Json.readFromProvider(text.replace('\'', '"')));
    }

    private static String single(JsonNode node) {
        return node.toString().replace('"', '\'');
    }

    private static JsonNode encode(WireFormat wire, List<ChatMessage> messages, ChatOptions options, Quirks quirks) {
        return json(Json.text(
                wire.encode(new ModelId("m-1"), new ChatRequest("Be kind.", messages, options), quirks, Refusals.NONE)
                        .body()));
    }

    private static JsonNode encode(WireFormat wire, ChatOptions options) {
        return encode(wire, List.of(new ChatMessage(Role.USER, "hi")), options, Quirks.NONE);
    }

    /** Options by their names in OpenAI's API. */
    private static ChatOptions options(Map<String, String> set) {
        return new ChatOptions(
                set.containsKey("max_tokens") ? Integer.valueOf(set.get("max_tokens")) : null,
                new Sampling(
                        number(set.get("temperature")),
                        number(set.get("top_p")),
                        null,
                        number(set.get("presence_penalty")),
                        number(set.get("frequency_penalty")),
                        set.containsKey("seed") ? Long.valueOf(set.get("seed")) : null),
                set.containsKey("stop") ? List.of(set.get("stop"), "END") : List.of(),
                tools(set),
                format(set.get("response_format")),
                set.get("reasoning_effort"),
                set.get("user"));
    }

    private static @Nullable BigDecimal number(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }

    private static ToolUse tools(Map<String, String> set) {
        var tools = new ArrayList<Tool>();
        if (set.containsKey("tool")) {
            tools.add(set.get("tool").equals("bare") ? BARE : FUNCTION);
        }
        var parallel = set.get("parallel_tool_calls");
        return new ToolUse(tools, choice(set.get("tool_choice")), parallel == null ? null : Boolean.valueOf(parallel));
    }

    private static @Nullable ToolChoice choice(@Nullable String name) {
        return switch (name) {
            case null -> null;
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Required();
            default -> new ToolChoice.Named(name);
        };
    }

    private static @Nullable ResponseFormat format(@Nullable String name) {
        return switch (name) {
            case null -> null;
            case "json_object" -> new ResponseFormat.JsonObject();
            default -> new ResponseFormat.JsonSchema("n", json("{'type':'object'}"));
        };
    }

    private static Map<String, String> parse(String set) {
        return set.isBlank()
                ? Map.of()
                : java.util.Arrays.stream(set.split(" ", -1))
                        .map(pair -> pair.split("=", 2))
                        .collect(java.util.stream.Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            max_tokens=7                     | max_tokens      | 7
            temperature=0.2                  | max_tokens      | 8192
            temperature=0.2                  | temperature     | 0.2
            top_p=0.5                        | top_p           | 0.5
            stop=x                           | stop_sequences  | ['x','END']
            user=u                           | metadata        | {'user_id':'u'}
            seed=1                           | fails           | seed
            presence_penalty=0.1             | fails           | presence_penalty
            presence_penalty=0               | fails           | ~~
            frequency_penalty=-0.1           | fails           | frequency_penalty
            response_format=json_object      | fails           | response_format
            response_format=json_schema      | output_config   | {'format':{'type':'json_schema','schema':{'type':'object','additionalProperties':false}}}
            reasoning_effort=none            | thinking        | {'type':'disabled'}
            reasoning_effort=minimal         | output_config   | {'effort':'low'}
            reasoning_effort=high            | output_config   | {'effort':'high'}
            reasoning_effort=high            | thinking        | {'type':'adaptive','display':'summarized'}
            reasoning_effort=high tool=f tool_choice=required | thinking | ~~
            reasoning_effort=high tool=f tool_choice=f        | thinking | ~~
            reasoning_effort=high tool=f tool_choice=auto     | thinking | {'type':'adaptive','display':'summarized'}
            reasoning_effort=extreme         | fails           | reasoning_effort
            reasoning_effort=low response_format=json_schema | output_config | {'format':{'type':'json_schema','schema':{'type':'object','additionalProperties':false}},'effort':'low'}
            tool=f                           | tools           | [{'name':'f','description':'does it','input_schema':{'type':'object','properties':{},'additionalProperties':false},'strict':true}]
            tool=bare                        | tools           | [{'name':'g','input_schema':{'type':'object','properties':{}}}]
            tool=f                           | tool_choice     | ~~
            tool=f tool_choice=auto          | tool_choice     | {'type':'auto'}
            tool=f tool_choice=none          | tool_choice     | {'type':'none'}
            tool=f tool_choice=required      | tool_choice     | {'type':'any'}
            tool=f tool_choice=f             | tool_choice     | {'type':'tool','name':'f'}
            tool=f parallel_tool_calls=false | tool_choice     | {'type':'auto','disable_parallel_tool_use':true}
            tool=f parallel_tool_calls=true  | tool_choice     | ~~
            tool=f tool_choice=none parallel_tool_calls=false | tool_choice | {'type':'none'}
            tool=f tool_choice=f parallel_tool_calls=false    | tool_choice | {'type':'tool','name':'f','disable_parallel_tool_use':true}
            tool_choice=required             | tool_choice     | ~~
            stop=x                           | stream          | true
            stop=x                           | system          | 'Be kind.'
            """)
    void optionsAreTranslatedToAnthropicFields(String set, String field, String expected) {
        assertThat(field(AnthropicWire.INSTANCE, set, field)).isEqualTo(expected == null ? "" : expected);
    }

    /** A field of the encoded request, empty if absent; for "fails", the name of the unsupported parameter. */
    private static String field(WireFormat wire, String set, String field) {
        try {
            var body = encode(wire, options(parse(set)));
            return field.equals("fails") || !body.has(field) ? "" : single(body.path(field));
        } catch (LlmException e) {
            return field.equals("fails") ? String.valueOf(e.failure().field()) : "fails " + e.failure();
        }
    }

    @Test
    void quirksRemoveParametersFromAnthropicRequests() {
        var quirks = Quirks.NONE
                .fields(new Quirks.Fields(Set.of("seed"), Set.of(), Map.of(), Set.of()))
                .with(Quirk.NO_STREAMING);
        var body = encode(
                AnthropicWire.INSTANCE,
                List.of(new ChatMessage(Role.USER, "hi")),
                options(Map.of("seed", "1")),
                quirks);
        assertThat(body.has("seed")).isFalse();
        assertThat(body.has("stream")).isFalse();
    }

    private static String messages(ChatMessage... messages) {
        return single(encode(AnthropicWire.INSTANCE, List.of(messages), ChatOptions.NONE, Quirks.NONE)
                .path("messages"));
    }

    @Test
    void textAndImagePartsAreTranslatedToAnthropicContentBlocks() {
        assertThat(messages(new ChatMessage(
                        Role.USER,
                        List.of(
                                new ChatPart.Text("look"),
                                new ChatPart.Text("  "),
                                new ChatPart.ImageData("image/png", "AAAA"),
                                new ChatPart.ImageUrl("https://x.example/a.png")))))
                .isEqualTo("[{'role':'user','content':[{'type':'text','text':'look'},"
                        + "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'AAAA'}},"
                        + "{'type':'image','source':{'type':'url','url':'https://x.example/a.png'}}]}]");
    }

    @Test
    void cachePointsAreMarksOnTheAnthropicBlocksBeforeThem() {
        var body = AnthropicWire.INSTANCE
                .encode(
                        new ModelId("claude"),
                        new ChatRequest(
                                "Be kind.",
                                List.of(new ChatMessage(
                                        Role.USER,
                                        List.of(
                                                new ChatPart.ToolResult("1", "42", List.of()),
                                                new ChatPart.CachePoint("1h"),
                                                new ChatPart.Text("and?"),
                                                new ChatPart.CachePoint(null)))),
                                ChatOptions.NONE,
                                new ChatPart.CachePoint(null)),
                        Quirks.NONE,
                        Refusals.NONE)
                .body();
        assertThat(single(body.path("system")))
                .isEqualTo("[{'type':'text','text':'Be kind.','cache_control':{'type':'ephemeral'}}]");
        assertThat(single(body.path("messages").path(0).path("content")))
                .isEqualTo("[{'type':'tool_result','tool_use_id':'1','content':'42',"
                        + "'cache_control':{'type':'ephemeral','ttl':'1h'}},"
                        + "{'type':'text','text':'and?','cache_control':{'type':'ephemeral'}}]");
    }

    @Test
    void anthropicToolResultsPrecedeTextAndToolIdsAreSanitised() {
        assertThat(messages(
                        new ChatMessage(Role.USER, "hi"),
                        new ChatMessage(
                                Role.ASSISTANT, List.of(new ChatPart.ToolCall("a.b/1", "f", "{\"x\":1}", null))),
                        new ChatMessage(
                                Role.USER,
                                List.of(new ChatPart.Text("and?"), new ChatPart.ToolResult("a.b/1", "42", List.of())))))
                .isEqualTo("[{'role':'user','content':'hi'},"
                        + "{'role':'assistant','content':[{'type':'tool_use','id':'a_2e_b_2f_1','name':'f','input':{'x':1}}]},"
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'a_2e_b_2f_1','content':'42'},"
                        + "{'type':'text','text':'and?'}]}]");
    }

    @Test
    void anthropicThinkingBlocksPrecedeTheirTextAndToolCall() {
        var second = THOUGHTS.replace("hm", "hm2");
        assertThat(messages(
                        new ChatMessage(Role.USER, "hi"),
                        new ChatMessage(
                                Role.ASSISTANT,
                                List.of(
                                        new ChatPart.Text("let me see"),
                                        new ChatPart.ToolCall("1", "f", "", THOUGHTS),
                                        new ChatPart.ToolCall("2", "f", "", second)))))
                .isEqualTo("[{'role':'user','content':'hi'},{'role':'assistant','content':["
                        + "{'type':'thinking','thinking':'hm','signature':'s'},"
                        + "{'type':'text','text':'let me see'},"
                        + "{'type':'tool_use','id':'1','name':'f','input':{}},"
                        + "{'type':'thinking','thinking':'hm2','signature':'s'},"
                        + "{'type':'tool_use','id':'2','name':'f','input':{}}]}]");
    }

    @ParameterizedTest
    @CsvSource(
            value = {"not json", "{}", "''"},
            nullValues = "none")
    void aSignatureOfAnotherProviderIsNotSentToAnthropic(String signature) {
        assertThat(messages(
                        new ChatMessage(Role.USER, "hi"),
                        new ChatMessage(Role.ASSISTANT, List.of(new ChatPart.ToolCall("1", "f", "{}", signature)))))
                .doesNotContain("thinking")
                .contains("'tool_use'");
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            max_tokens=7                | maxOutputTokens  | 7
            temperature=0.2             | temperature      | 0.2
            top_p=0.5                   | topP             | 0.5
            stop=x                      | stopSequences    | ['x','END']
            seed=1                      | seed             | 1
            presence_penalty=0.1        | presencePenalty  | 0.1
            frequency_penalty=0.1       | frequencyPenalty | 0.1
            response_format=json_object | responseMimeType | 'application/json'
            reasoning_effort=extreme    | fails            | reasoning_effort
            tool=f parallel_tool_calls=false | maxOutputTokens | ~~
            """)
    void optionsAreTranslatedToGeminiFields(String set, String field, String expected) {
        try {
            var config = encode(GeminiWire.INSTANCE, options(parse(set))).path("generationConfig");
            assertThat(field).isNotEqualTo("fails");
            assertThat(single(config.path(field))).isEqualTo(expected);
        } catch (LlmException e) {
            assertThat(field + " " + e.failure().field()).isEqualTo("fails " + expected);
        }
    }

    /** The request to a model that takes a budget of thinking tokens. */
    private static JsonNode withBudget(WireFormat wire, String set, ChatMessage... messages) {
        return encode(wire, List.of(messages), options(parse(set)), Quirks.NONE.budgetModels(Set.of("m-")));
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            reasoning_effort=low                 | 9216  | {'type':'enabled','budget_tokens':1024}
            reasoning_effort=high                | 32768 | {'type':'enabled','budget_tokens':24576}
            reasoning_effort=high max_tokens=6000 | 6000 | {'type':'enabled','budget_tokens':3000}
            reasoning_effort=high max_tokens=1500 | 1500 | ~~
            reasoning_effort=none                | 8192  | {'type':'disabled'}
            reasoning_effort=low tool=f tool_choice=required | 8192 | ~~
            """)
    void anEffortIsABudgetForOlderClaudeModels(String set, int maxTokens, String thinking) {
        var body = withBudget(AnthropicWire.INSTANCE, set, new ChatMessage(Role.USER, "hi"));
        assertThat(body.path("max_tokens").intValue()).isEqualTo(maxTokens);
        assertThat(single(body.path("thinking"))).isEqualTo(thinking);
        assertThat(body.has("output_config")).isFalse();
    }

    @Test
    void aToolLoopBegunWithoutThinkingGoesOnWithoutIt() {
        var body = withBudget(
                AnthropicWire.INSTANCE,
                "reasoning_effort=low",
                new ChatMessage(Role.USER, "hi"),
                new ChatMessage(Role.ASSISTANT, List.of(new ChatPart.ToolCall("1", "f", "{}", null))),
                new ChatMessage(Role.USER, List.of(new ChatPart.ToolResult("1", "42", List.of()))));
        assertThat(body.has("thinking")).isFalse();
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            reasoning_effort=low  | {'includeThoughts':true,'thinkingBudget':1024}
            reasoning_effort=max  | {'includeThoughts':true,'thinkingBudget':24576}
            reasoning_effort=none | {'thinkingBudget':0}
            """)
    void anEffortIsABudgetForOlderGeminiModels(String set, String thinking) {
        var body = withBudget(GeminiWire.INSTANCE, set, new ChatMessage(Role.USER, "hi"));
        assertThat(single(body.at("/generationConfig/thinkingConfig"))).isEqualTo(thinking);
    }
}
