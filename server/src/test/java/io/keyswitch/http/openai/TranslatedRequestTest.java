package io.keyswitch.http.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.keyswitch.core.Json;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.wire.Refusals;
import io.keyswitch.llm.wire.WireFormat;
import io.keyswitch.llm.wire.anthropic.AnthropicWire;
import io.keyswitch.llm.wire.gemini.GeminiWire;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirks;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.TestData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Translation of OpenAI requests to the Anthropic and Gemini wire formats. */
class TranslatedRequestTest {
    private static final String RICH = """
            {"model":"default","stream":true,"stream_options":{"include_usage":true},"n":1,"store":false,"logprobs":false,
             "messages":[
              {"role":"system","content":"Be kind."},
              {"role":"user","content":[{"type":"text","text":"What is this?"},
                {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA","detail":"low"}},
                {"type":"image_url","image_url":{"url":"https://x.example/cat.webp?s=1"}}]},
              {"role":"assistant","content":null,"tool_calls":[
                {"id":"call_1","type":"function","function":{"name":"look","arguments":"{\\"at\\":\\"it\\"}"},
                 "extra_content":{"google":{"thought_signature":"c2ln"}}},
                {"id":"call_2","type":"function","function":{"name":"wait","arguments":""}}]},
              {"role":"tool","tool_call_id":"call_1","content":"{\\"seen\\":true}"},
              {"role":"tool","tool_call_id":"call_2","content":"done"},
              {"role":"developer","content":"Be brief."},
              {"role":"user","content":"So?"}],
             "tools":[{"type":"function","function":{"name":"look","description":"Looks","parameters":
                {"type":"object","properties":{"at":{"type":"string"}}},"strict":true}},
               {"type":"function","function":{"name":"wait"}}],
             "tool_choice":"required","max_completion_tokens":500,"stop":["END"],"reasoning_effort":"high","user":"u-1",
             "response_format":{"type":"json_schema","json_schema":{"name":"answer","schema":{"type":"object"}}}}""";

    private static final Map<String, WireFormat> WIRES =
            Map.of("anthropic", AnthropicWire.INSTANCE, "gemini", GeminiWire.INSTANCE);

    private static JsonNode translate(String wire, ObjectNode request, Quirks quirks) {
        var asked = ChatRequestReader.read(request, quirks, TranslatedRequestTest::signature);
        return TestApp.parse(Json.text(Objects.requireNonNull(WIRES.get(wire))
                .encode(new ModelId("m-1"), asked.request(), quirks, Refusals.NONE)
                .body()));
    }

    private static @Nullable String signature(JsonNode call) {
        var sent = call.path("extra_content").path("google").path("thought_signature");
        return sent.isString() ? sent.stringValue() : null;
    }

    private static JsonNode translate(String wire, String request) {
        return translate(wire, (ObjectNode) TestApp.parse(request), Quirks.NONE);
    }

    private static String ask(String more) {
        return "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],%s}".formatted(more);
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic-messages-2023-06-01, anthropic",
        "anthropic-messages-2026-10-21, anthropic",
        "gemini-generatecontent, gemini"
    })
    void aRequestWithManyFieldsTranslatesToAValidProviderRequest(String schema, String wire) throws Exception {
        var compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(TestData.path("wire/specs/" + schema + ".request.schema.json")));
        assertThat(compiled.validate(translate(wire, RICH).toString(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void aConversationWithToolsAndImagesIsEncodedForAnthropic() {
        var body = translate("anthropic", RICH);
        assertThat(body.path("system").stringValue()).isEqualTo("Be kind.\n\nBe brief.");
        assertThat(body.path("max_tokens").intValue()).isEqualTo(500);
        assertThat(body.path("messages")
                        .path(0)
                        .path("content")
                        .path(1)
                        .path("source")
                        .toString())
                .isEqualTo("{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"AAAA\"}");
        assertThat(body.path("messages").path(1).path("content").path(1).toString())
                .isEqualTo("{\"type\":\"tool_use\",\"id\":\"call_2\",\"name\":\"wait\",\"input\":{}}");
        var results = body.path("messages").path(2).path("content");
        assertThat(results.path(0).path("type").stringValue()).isEqualTo("tool_result");
        assertThat(results.path(1).path("tool_use_id").stringValue()).isEqualTo("call_2");
        assertThat(results.path(2).toString()).isEqualTo("{\"type\":\"text\",\"text\":\"So?\"}");
        assertThat(body.path("tool_choice").toString()).isEqualTo("{\"type\":\"any\"}");
        assertThat(body.path("output_config").toString())
                .isEqualTo(
                        "{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\",\"additionalProperties\":false}},\"effort\":\"high\"}");
        assertThat(body.path("metadata").path("user_id").stringValue()).isEqualTo("u-1");
    }

    @Test
    void toolCallIdsThatAnthropicRejectsAreReplacedConsistently() {
        var body = translate("anthropic", RICH.replace("call_1", "functions.clock:0"));
        assertThat(body.toString()).doesNotContain("functions.clock:0");
        assertThat(body.path("messages").path(1).path("content").path(0).path("id"))
                .isEqualTo(body.path("messages").path(2).path("content").path(0).path("tool_use_id"));
    }

    @Test
    void aConversationWithToolsAndImagesIsEncodedForGemini() {
        var body = translate("gemini", RICH);
        assertThat(body.path("contents").path(0).path("parts").path(2).toString())
                .isEqualTo(
                        "{\"fileData\":{\"mimeType\":\"image/webp\",\"fileUri\":\"https://x.example/cat.webp?s=1\"}}");
        assertThat(body.path("contents").path(1).path("parts").path(0).toString())
                .isEqualTo(
                        "{\"functionCall\":{\"id\":\"call_1\",\"name\":\"look\",\"args\":{\"at\":\"it\"}},\"thoughtSignature\":\"c2ln\"}");
        assertThat(body.path("contents").path(2).path("parts").path(1).toString())
                .isEqualTo(
                        "{\"functionResponse\":{\"id\":\"call_2\",\"name\":\"wait\",\"response\":{\"result\":\"done\"}}}");
        assertThat(body.path("toolConfig")
                        .path("functionCallingConfig")
                        .path("mode")
                        .stringValue())
                .isEqualTo("ANY");
        assertThat(body.path("generationConfig")
                        .path("thinkingConfig")
                        .path("thinkingLevel")
                        .stringValue())
                .isEqualTo("HIGH");
        assertThat(body.path("generationConfig").path("responseJsonSchema").isObject())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "anthropic | \"seed\":1 | seed",
                "anthropic | \"n\":2 | n",
                "anthropic | \"presence_penalty\":0.5 | presence_penalty",
                "anthropic | \"frequency_penalty\":0.5 | frequency_penalty",
                "anthropic | \"logprobs\":true | logprobs",
                "anthropic | \"response_format\":{\"type\":\"json_object\"} | response_format",
                "anthropic | \"messages\":[{\"role\":\"user\",\"name\":\"Al\",\"content\":\"hi\"}] | messages.name",
                "anthropic | \"logit_bias\":{\"5\":1} | logit_bias",
                "anthropic | \"something_new\":\"x\" | something_new",
                "gemini | \"parallel_tool_calls\":false,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}},{\"type\":\"function\",\"function\":{\"name\":\"g\"}}] | parallel_tool_calls",
                "anthropic | \"reasoning_effort\":\"endless\" | reasoning_effort",
                "gemini | \"reasoning_effort\":\"none\" | reasoning_effort",
                "gemini | \"seed\":5000000000 | seed",
                "gemini | \"top_logprobs\":3 | top_logprobs"
            })
    void anUnsupportedFieldIsRejectedByName(String wire, String asked, String field) {
        assertThatThrownBy(() -> translate(wire, ask(asked)))
                .isInstanceOfSatisfying(
                        LlmException.class, e -> assertThat(e.failure()).isEqualTo(LlmFailure.unsupported(field)));
    }

    @Test
    void aMessageNameIsRejectedForAnthropicAndGemini() {
        var request = "{\"messages\":[{\"role\":\"user\",\"name\":\"Al\",\"content\":\"hi\"}]}";
        for (var wire : WIRES.keySet()) {
            assertThatThrownBy(() -> translate(wire, request))
                    .isInstanceOfSatisfying(
                            LlmException.class,
                            e -> assertThat(e.failure()).isEqualTo(LlmFailure.unsupported("messages.name")));
        }
    }

    @Test
    void fieldsListedUnderDropAreDropped() {
        var quirks = Quirks.NONE.fields(
                new Quirks.Fields(Set.of("seed", "temperature", "something_new"), Set.of(), Map.of(), Set.of()));
        var request = (ObjectNode) TestApp.parse(ask("\"seed\":1,\"temperature\":0.2,\"something_new\":[1]"));
        assertThat(translate("anthropic", request, quirks).toString())
                .doesNotContain("temperature")
                .doesNotContain("seed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"temperature\":\"hot\"",
                "\"max_tokens\":0",
                "\"stop\":[1]",
                "\"stream\":\"yes\"",
                "\"messages\":[]",
                "\"messages\":[{\"role\":\"user\",\"content\":\" \"}]",
                "\"messages\":[{\"role\":\"assistant\",\"content\":\"x\"}]",
                "\"messages\":[{\"role\":\"robot\",\"content\":\"x\"}]",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"http://x\"}}]}]",
                "\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]"
            })
    void anInvalidFieldIsReportedByName(String wrong) {
        var request = wrong.startsWith("\"messages\"") ? "{" + wrong + "}" : ask(wrong);
        assertThatThrownBy(() -> translate("anthropic", request))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.error().error().param())
                                .isEqualTo(wrong.substring(1, wrong.indexOf('"', 1))));
    }

    @Test
    void randomConversationsAreEncodedEquivalentlyInEveryWireFormat() {
        for (int seed = 0; seed < 1_000; seed++) {
            var request = randomRequest(new Random(seed));
            var said = openAi(request);
            assertThat(anthropic(translate("anthropic", request.deepCopy(), Quirks.NONE)))
                    .as("seed %d", seed)
                    .isEqualTo(said);
            assertThat(gemini(translate("gemini", request.deepCopy(), Quirks.NONE)))
                    .as("seed %d", seed)
                    .isEqualTo(said);
        }
    }

    /** Creates a conversation of text, images, tool calls and tool results that starts and ends with a user message. */
    private static ObjectNode randomRequest(Random random) {
        var request = Json.object();
        var messages = request.putArray("messages");
        int turns = 1 + random.nextInt(4);
        for (int turn = 0; turn < turns; turn++) {
            var user = messages.addObject().put("role", "user").putArray("content");
            for (int part = 0; part <= random.nextInt(3); part++) {
                if (random.nextInt(4) == 0) {
                    user.addObject()
                            .put("type", "image_url")
                            .putObject("image_url")
                            .put("url", "data:image/png;base64,AA" + random.nextInt(100));
                } else {
                    user.addObject().put("type", "text").put("text", text(random));
                }
            }
            var assistant = messages.addObject().put("role", "assistant");
            if (random.nextBoolean()) {
                assistant.put("content", text(random));
                continue;
            }
            int count = 1 + random.nextInt(3);
            var calls = assistant.putNull("content").putArray("tool_calls");
            for (int call = 0; call < count; call++) {
                var arguments = random.nextInt(3) == 0
                        ? "{}"
                        : Json.object().put("x", text(random)).toString();
                calls.addObject()
                        .put("id", "call_%d_%d".formatted(turn, call))
                        .put("type", "function")
                        .putObject("function")
                        .put("name", "f" + call)
                        .put("arguments", arguments);
            }
            for (int call = 0; call < count; call++) {
                messages.addObject()
                        .put("role", "tool")
                        .put("tool_call_id", "call_%d_%d".formatted(turn, call))
                        .put("content", text(random));
            }
        }
        messages.addObject().put("role", "user").put("content", text(random));
        return request;
    }

    private static String text(Random random) {
        return new String[] {"hi", "wie geht's?", "日本語 \uD83D\uDE42", "\"quoted\" \\ and\nnew line", "<b>&amp;</b>"}
                        [random.nextInt(5)]
                + random.nextInt(1000);
    }

    private static List<String> openAi(JsonNode request) {
        var said = new ArrayList<String>();
        for (var message : request.path("messages")) {
            var role = message.path("role").stringValue();
            if (role.equals("tool")) {
                said.add("user result " + name(message.path("tool_call_id").stringValue()) + " "
                        + message.path("content").stringValue());
            } else if (message.path("content").isString()) {
                said.add(role + " text " + message.path("content").stringValue());
            }
            for (var part : message.path("content")) {
                said.add(
                        part.has("text")
                                ? role + " text " + part.path("text").stringValue()
                                : role + " image "
                                        + part.path("image_url")
                                                .path("url")
                                                .stringValue()
                                                .substring(22));
            }
            for (var call : message.path("tool_calls")) {
                said.add("assistant call " + call.path("function").path("name").stringValue() + " "
                        + TestApp.parse(call.path("function").path("arguments").stringValue()));
            }
        }
        return joined(said);
    }

    private static String name(String callId) {
        return "f" + callId.substring(callId.lastIndexOf('_') + 1);
    }

    private static List<String> anthropic(JsonNode body) {
        var said = new ArrayList<String>();
        for (var message : body.path("messages")) {
            var role = message.path("role").stringValue();
            if (message.path("content").isString()) {
                said.add(role + " text " + message.path("content").stringValue());
            }
            for (var block : message.path("content")) {
                said.add(
                        switch (block.path("type").asString("")) {
                            case "text" -> role + " text " + block.path("text").stringValue();
                            case "image" ->
                                role + " image "
                                        + block.path("source").path("data").stringValue();
                            case "tool_use" ->
                                role + " call " + block.path("name").stringValue() + " " + block.path("input");
                            default ->
                                role + " result "
                                        + name(block.path("tool_use_id").stringValue()) + " "
                                        + block.path("content").stringValue();
                        });
            }
        }
        return joined(said);
    }

    private static List<String> gemini(JsonNode body) {
        var said = new ArrayList<String>();
        for (var content : body.path("contents")) {
            var role = content.path("role").stringValue().replace("model", "assistant");
            for (var part : content.path("parts")) {
                if (part.has("text")) {
                    said.add(role + " text " + part.path("text").stringValue());
                } else if (part.has("inlineData")) {
                    said.add(role + " image "
                            + part.path("inlineData").path("data").stringValue());
                } else if (part.has("functionCall")) {
                    var call = part.path("functionCall");
                    said.add(role + " call " + call.path("name").stringValue() + " " + call.path("args"));
                } else {
                    var result = part.path("functionResponse");
                    said.add(role + " result " + result.path("name").stringValue() + " "
                            + result.path("response").path("result").stringValue());
                }
            }
        }
        return joined(said);
    }

    /** Joins adjacent texts of the same role, because wire formats split them differently. */
    private static List<String> joined(List<String> said) {
        var joined = new ArrayList<String>();
        for (var one : said) {
            var start = one.substring(0, one.indexOf(' ', one.indexOf(' ') + 1) + 1);
            if (start.endsWith(" text ")
                    && !joined.isEmpty()
                    && joined.getLast().startsWith(start)) {
                joined.add(joined.removeLast() + "\n\n" + one.substring(start.length()));
            } else {
                joined.add(one);
            }
        }
        return joined;
    }

    // What was lost in translation

    private static JsonNode messages(String wire, String messages) {
        var body = translate(wire, "{\"messages\":%s}".formatted(messages.replace('\'', '"')));
        return body.path(wire.equals("gemini") ? "contents" : "messages");
    }

    private static String field(String wire, String messages) {
        try {
            messages(wire, messages);
            return "";
        } catch (LlmException e) {
            return String.valueOf(e.failure().field());
        }
    }

    private static final String CALLED = """
            {'role':'user','content':'hi'},{'role':'assistant','tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}}]}""";

    @Test
    void imagesInToolResultsAreKept() {
        var conversation = """
                [%s,{'role':'tool','tool_call_id':'c1','content':[{'type':'text','text':'seen'},
                 {'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'}}]}]""".formatted(CALLED);
        assertThat(messages("anthropic", conversation).path(2).path("content").toString())
                .isEqualTo("""
                        [{"type":"tool_result","tool_use_id":"c1","content":[{"type":"text","text":"seen"},\
                        {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]}]""");
        assertThat(messages("gemini", conversation).path(2).path("parts").toString())
                .isEqualTo("""
                        [{"functionResponse":{"id":"c1","name":"f","response":{"result":"seen"}}},\
                        {"inlineData":{"mimeType":"image/png","data":"AAAA"}}]""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'temperature':21}     | {"temperature":21}
            [1,2]                  | [1,2]
            42                     | 42
            null                   | ~~
            'plain'                | plain
            [{'type':'text','text':'a'},{'type':'text','text':'b'}] | ab
            """)
    void aToolResultMayBeAnyJson(String content, String text) {
        var conversation = "[%s,{'role':'tool','tool_call_id':'c1','content':%s}]".formatted(CALLED, content);
        assertThat(messages("anthropic", conversation)
                        .at("/2/content/0/content")
                        .stringValue())
                .isEqualTo(text == null ? "" : text);
    }

    @Test
    void theOlderFormOfACallIsTranslated() {
        var conversation = """
                [{'role':'user','content':'hi'},{'role':'assistant','content':null,'function_call':{'name':'f','arguments':'{}'}},
                 {'role':'function','name':'f','content':'42'}]""";
        assertThat(messages("anthropic", conversation).toString())
                .contains("{\"type\":\"tool_use\",\"id\":\"call_f\",\"name\":\"f\",\"input\":{}}")
                .contains("{\"type\":\"tool_result\",\"tool_use_id\":\"call_f\",\"content\":\"42\"}");
        assertThat(messages("gemini", conversation)
                        .at("/2/parts/0/functionResponse/name")
                        .stringValue())
                .isEqualTo("f");
    }

    @Test
    void refusalsAreWhatTheAssistantSaid() {
        for (var refused : List.of(
                "{'role':'assistant','content':null,'refusal':'no'}",
                "{'role':'assistant','content':[{'type':'refusal','refusal':'no'}]}")) {
            var conversation =
                    "[{'role':'user','content':'hi'},%s,{'role':'user','content':'why?'}]".formatted(refused);
            assertThat(messages("anthropic", conversation).at("/1/content").stringValue())
                    .isEqualTo("no");
        }
    }

    @Test
    void aGreetingOfTheAssistantIsKept() {
        var conversation = "[{'role':'assistant','content':'Hello!'},{'role':'user','content':'hi'}]";
        assertThat(messages("anthropic", conversation).toString()).isEqualTo("""
                        [{"role":"user","content":"…"},{"role":"assistant","content":"Hello!"},\
                        {"role":"user","content":"hi"}]""");
        assertThat(messages("gemini", conversation).at("/1/parts/0/text").stringValue())
                .isEqualTo("Hello!");
    }

    @Test
    void aRequestOfSystemMessagesAloneIsTheUsers() {
        var request = (ObjectNode) TestApp.parse("{\"messages\":[{\"role\":\"system\",\"content\":\"Say hi.\"}]}");
        var body = translate("anthropic", request, Quirks.NONE);
        assertThat(body.has("system")).isFalse();
        assertThat(body.path("messages").toString()).isEqualTo("[{\"role\":\"user\",\"content\":\"Say hi.\"}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            data:image/jpg;base64,AAAA                     | image/jpeg
            data:image/JPEG;base64,AAAA                    | image/jpeg
            DATA:image/png;charset=utf-8;base64,AAAA       | image/png
            data:image/webp;name=a.webp;foo=1;base64,AA\\nAA | image/webp
            """)
    void imagesAreNormalised(String url, String mediaType) {
        var conversation = "[{'role':'user','content':[{'type':'image_url','image_url':{'url':'%s'}}]}]".formatted(url);
        assertThat(messages("anthropic", conversation).at("/0/content/0/source").toString())
                .isEqualTo("{\"type\":\"base64\",\"media_type\":\"%s\",\"data\":\"AAAA\"}".formatted(mediaType));
    }

    @Test
    void pdfFilesBecomeDocuments() {
        var conversation = """
                [{'role':'user','content':[{'type':'text','text':'Sum up'},
                 {'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,JVBE'}}]}]""";
        assertThat(messages("anthropic", conversation).at("/0/content/1").toString())
                .isEqualTo("""
                        {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBE"},\
                        "title":"a.pdf"}""");
        assertThat(messages("gemini", conversation).at("/0/parts/1").toString())
                .isEqualTo("{\"inlineData\":{\"mimeType\":\"application/pdf\",\"data\":\"JVBE\"}}");
    }

    @Test
    void whatCannotBeCarriedOverIsNamed() {
        var user = "{'role':'user','content':'hi'}";
        var image = "[{'type':'image_url','image_url':{'url':'https://x.example/a.png'}}]";
        assertThat(field("anthropic", "[{'role':'system','content':%s},%s]".formatted(image, user)))
                .isEqualTo("messages.image_url");
        assertThat(field("anthropic", "[%s,{'role':'assistant','content':%s},%s]".formatted(user, image, user)))
                .isEqualTo("messages.image_url");
        assertThat(field("gemini", "[%s,{'role':'assistant','content':%s},%s]".formatted(user, image, user)))
                .isEmpty();
        for (var part : List.of(
                "{'type':'input_audio','input_audio':{'data':'AAAA'}}",
                "{'type':'file','file':{'file_id':'f-1'}}",
                "{'type':'file','file':{'file_data':'data:text/csv;base64,AAAA'}}")) {
            assertThat(field("gemini", "[{'role':'user','content':[%s]}]".formatted(part)))
                    .as(part)
                    .isEqualTo(part.contains("audio") ? "messages.input_audio" : "messages.file");
        }
    }

    @Test
    void aCallOfAnotherModelGetsGeminisPlaceholderForItsSignature() {
        var conversation = """
                [{'role':'user','content':'hi'},{'role':'assistant','tool_calls':[
                 {'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}},
                 {'id':'c2','type':'function','function':{'name':'g','arguments':'{}'}}]},
                 {'role':'tool','tool_call_id':'c1','content':'1'},{'role':'tool','tool_call_id':'c2','content':'2'}]""";
        var parts = messages("gemini", conversation).at("/1/parts");
        assertThat(parts.at("/0/thoughtSignature").stringValue()).isEqualTo("skip_thought_signature_validator");
        assertThat(parts.path(1).has("thoughtSignature")).isFalse();
    }

    @Test
    void anImageMayBeAsLargeAsTheBody() {
        var large = "A".repeat(3 << 20);
        var request =
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,%s\"}}]}]}"
                        .formatted(large)
                        .getBytes(StandardCharsets.UTF_8);
        var body =
                translate("anthropic", (ObjectNode) Objects.requireNonNull(Json.readFromClient(request)), Quirks.NONE);
        assertThat(body.at("/messages/0/content/0/source/data").stringValue()).hasSize(3 << 20);
    }
}
