package io.keyswitch.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Conversations that a model refuses because of what another model or the client put into them. */
class RefusedConversationTest extends ScriptedV1 {
    private static final String ANSWERED = """
            {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,\
            "message":{"role":"assistant","content":"ok"},"finish_reason":"stop"}]}""";

    private static final String IMAGE = "{'type':'image_url','image_url':{'url':'https://example.com/a.png'}}";
    private static final String SHOWN =
            "{'role':'user','content':[{'type':'text','text':'look'},%s]},{'role':'assistant','content':'a cat'}"
                    .formatted(IMAGE);

    /** The requests of one completion by a model that answers nothing but a request without the refused part. */
    private static List<JsonNode> requests(String refusal, String refused, String messages) {
        var seen = new ArrayList<JsonNode>();
        var model = "m-" + (refusal + messages).hashCode();
        script = (request, out) -> {
            seen.add(TestApp.parse(request.body()).path("messages"));
            boolean bad = request.body().matches(refused);
            out.json(bad ? 400 : 200, bad ? refusal : ANSWERED);
        };
        var answer = complete("{\"model\":\"%s\",\"messages\":[%s]}".formatted(model, messages.replace('\'', '"')));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return seen;
    }

    private static String error(String message) {
        return "{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}"
                .formatted(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Failed to deserialize the JSON body into the target type: messages[1]: unknown variant `image_url`, expected `text`",
                "Image inputs are not supported by this model.",
                "Invalid content type. image_url is only supported by certain models.",
                "messages[0].content must be a string",
                "'messages.0' : for 'role:user' the following must be satisfied[('messages.0.content' : value must be a string)]",
                "No endpoints found that support image input",
                "Image input is not enabled for this model",
                "At most 0 image(s) may be provided in one prompt.",
                "openai/gpt-oss-20b is not a multimodal model",
                "this model is missing data required for image input",
                "This model does not support images.",
                "AiError: Bad input: Error: Type mismatch of '/messages/0/content', 'array' not in 'string'"
            })
    void anEarlierImageIsNamedForAModelThatReadsOnlyText(String refusal) {
        var seen = requests(error(refusal), ".*image_url.*", SHOWN + ",{'role':'user','content':'and now?'}");
        assertThat(seen).hasSize(2);
        assertThat(seen.getLast().path(0).path("content").stringValue()).isEqualTo("look\n[image]");
        assertThat(seen.getLast().path(2).path("content").stringValue()).isEqualTo("and now?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            After the (optional) system message(s), user or tool message(s) should alternate with assistant message(s).
            After the (optional) system message(s), user and assistant roles should be alternating.
            Conversation roles must alternate user/assistant/user/assistant/...
            After the optional system message, conversation roles must alternate user and assistant roles except for tool calls and results.
            """)
    void messagesOfOneSideAreJoinedForATemplateThatWantsTurns(String refusal) {
        var seen = requests(
                error(refusal), ".*\"one\".*", "{'role':'user','content':'one'},{'role':'user','content':'two'}");
        assertThat(seen).hasSize(2);
        assertThat(seen.getLast().toString()).isEqualTo("[{\"role\":\"user\",\"content\":\"one\\n\\ntwo\"}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Unexpected role 'user' after role 'tool'", "Unexpected role user after role tool"})
    void anAnswerIsAddedBetweenAToolResultAndTheUser(String refusal) {
        var seen = requests(
                error(refusal),
                ".*\"1\"},\\{\"role\":\"user\".*",
                "{'role':'user','content':'f'},{'role':'assistant','tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}}]},"
                        + "{'role':'tool','tool_call_id':'c1','content':'1'},{'role':'user','content':'stop'}");
        assertThat(seen).hasSize(2);
        assertThat(seen.getLast().path(3).path("role").stringValue()).isEqualTo("assistant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System message must be at the beginning.",
                "Only one system message is allowed",
                "Unexpected role 'system' after role 'user'"
            })
    void systemMessagesAreJoinedForATemplateThatWantsOneFirst(String refusal) {
        var seen = requests(
                error(refusal),
                ".*\\{\"role\":\"system\",\"content\":\"B\"}.*",
                "{'role':'system','content':'A'},{'role':'user','content':'x'},{'role':'system','content':'B'},{'role':'user','content':'y'}");
        assertThat(seen).hasSize(2);
        assertThat(seen.getLast().toString())
                .isEqualTo("[{\"role\":\"system\",\"content\":\"A\\n\\nB\"},{\"role\":\"user\",\"content\":\"x\"},"
                        + "{\"role\":\"user\",\"content\":\"y\"}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"'messages.0' : for 'role:user' the following must be satisfied[('messages.0' : property 'createdAt' is unsupported)]\",\"type\":\"invalid_request_error\"}}",
                "{\"object\":\"error\",\"message\":{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"messages\",0,\"user\",\"createdAt\"],\"msg\":\"Extra inputs are not permitted\"}]},\"type\":\"invalid_request_error\"}",
                "{\"error\":{\"message\":\"Additional properties are not allowed ('createdAt' was unexpected) - 'messages.0'\",\"param\":\"messages\"}}",
                "{\"error\":{\"message\":\"Invalid request: messages[0]: unknown field `createdAt`, expected `role` or `content`\",\"param\":null}}",
                "{\"error\":{\"message\":\"Unknown parameter: 'messages[0].createdAt'.\",\"type\":\"invalid_request_error\",\"param\":\"messages[0].createdAt\",\"code\":\"unknown_parameter\"}}"
            })
    void fieldsThatOnlyTheClientKnowsAreRemoved(String refusal) {
        var seen = requests(
                refusal,
                ".*createdAt.*",
                "{'role':'user','content':'x','createdAt':1,'metadata':null},{'role':'assistant','content':'y','id':'m1'}");
        assertThat(seen).hasSize(2);
        assertThat(seen.getLast().toString())
                .isEqualTo("[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":\"y\"}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'messages.0.content.0' : property 'cache_control' is unsupported",
                "messages.0.user.content.list[union].0.text.cache_control: Extra inputs are not permitted",
                "tools.0.cache_control: Extra inputs are not permitted"
            })
    void cacheMarksOfAnotherVendorAreRemovedFromPartsAndTools(String refusal) {
        var bodies = new ArrayList<JsonNode>();
        script = (request, out) -> {
            bodies.add(TestApp.parse(request.body()));
            boolean bad = request.body().contains("cache_control");
            out.json(bad ? 400 : 200, bad ? error(refusal) : ANSWERED);
        };
        var mark = "'cache_control':{'type':'ephemeral'}";
        var answer =
                complete("""
                {'model':'m-%s','messages':[{'role':'user','content':[{'type':'text','text':'x',%s},%s]}],
                 'tools':[{'type':'function','function':{'name':'f'},%s}]}""".formatted(refusal.hashCode(), mark, IMAGE, mark).replace('\'', '"'));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().allValues("X-Keyswitch-Dropped"))
                .containsExactly("messages.content.cache_control, tools.cache_control");
        assertThat(bodies.getLast()
                        .path("messages")
                        .path(0)
                        .path("content")
                        .toString()
                        .replace('"', '\''))
                .isEqualTo("[{'type':'text','text':'x'}," + IMAGE + "]");
        assertThat(bodies.getLast().path("tools").toString().replace('"', '\''))
                .isEqualTo("[{'type':'function','function':{'name':'f'}}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "store | true",
                "metadata | {}",
                "prompt_cache_key | \"x\"",
                "verbosity | \"low\"",
                "user | \"x\"",
                "temperature | 0.5"
            })
    void aFieldLeftOutIsNamedInAHeader(String field, String value) {
        script = (request, out) -> {
            boolean bad = TestApp.parse(request.body()).has(field);
            out.json(bad ? 400 : 200, bad ? error("property '%s' is unsupported".formatted(field)) : ANSWERED);
        };
        for (int i = 0; i < 2; i++) {
            int before = fake.seen().size();
            var answer = complete(ask(",\"model\":\"without-%s\",\"%s\":%s".formatted(field, field, value)));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().allValues("X-Keyswitch-Dropped")).containsExactly(field);
            assertThat(fake.seen()).hasSize(before + 2 - i);
        }
    }

    @Test
    void anAnswerThatSaysNothingIsNotSentBack() {
        var seen = requests(
                "{}",
                ".*never.*",
                "{'role':'user','content':'x'},{'role':'assistant','content':''},{'role':'assistant','content':null,'name':'a'},{'role':'user','content':'y'}");
        assertThat(seen.getLast().size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Image inputs are not supported by this model.", "image too large"})
    void anImageOfTheCurrentTurnIsNotLeftOut(String refusal) {
        script = (_, out) -> out.json(400, error(refusal));
        int before = fake.seen().size();
        var answer = complete("{\"model\":\"now-%d\",\"messages\":[{\"role\":\"user\",\"content\":[%s]}]}"
                .formatted(refusal.length(), IMAGE.replace('\'', '"')));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(fake.seen()).hasSize(before + 1);
        assertThat(error(answer).path("param").asString("").toLowerCase(Locale.ROOT))
                .isEqualTo(refusal.startsWith("Image") ? "messages.content" : "");
    }
}
