package io.keyswitch.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Answers with habits of single providers, which clients of OpenAI cannot read. */
@Timeout(180)
class OddAnswersTest extends ScriptedV1 {
    private static final String DONE = "data: [DONE]\n\n";

    private static String frame(String chunk) {
        return "data: " + chunk.replace('\'', '"') + "\n\n";
    }

    private static String delta(String delta) {
        return frame(
                "{'id':'c','object':'chat.completion.chunk','created':1,'model':'m','choices':[{'index':0,'delta':%s,'finish_reason':null}]}"
                        .formatted(delta));
    }

    private static String finish(String reason) {
        return frame(
                "{'id':'c','object':'chat.completion.chunk','created':1,'model':'m','choices':[{'index':0,'delta':{},'finish_reason':'%s'}]}"
                        .formatted(reason));
    }

    private static String streamed(String stream) {
        script = (_, out) -> out.stream().write(stream);
        return complete(ask(",\"stream\":true")).body();
    }

    private static List<JsonNode> chunks(String stream) {
        var chunks = new ArrayList<JsonNode>();
        for (var frame : streamed(stream).split("\n\n", -1)) {
            var data = frame.replaceFirst("^data: ?", "");
            if (frame.startsWith("data:") && !data.equals("[DONE]")) {
                chunks.add(TestApp.parse(data));
            }
        }
        return chunks;
    }

    /** The calls as clients join them: by number, with the ID and name of the first delta and all arguments. */
    private static String joined(List<JsonNode> chunks) {
        var calls = new ArrayList<String>();
        for (var chunk : chunks) {
            for (var call : chunk.at("/choices/0/delta/tool_calls")) {
                int index = call.path("index").intValue();
                if (index == calls.size()) {
                    calls.add("");
                }
                calls.set(
                        index,
                        calls.get(index)
                                + (call.has("id")
                                        ? call.path("id").asString("").replaceFirst("call_.{32}", "new") + " "
                                        : "")
                                + call.at("/function/name").asString("")
                                + call.at("/function/arguments").asString(""));
            }
        }
        return String.join("; ", calls).replace('"', '\'');
    }

    private static JsonNode whole(String answer) {
        script = (_, out) -> out.json(200, answer.replace('\'', '"'));
        var response = complete(ask(""));
        return TestApp.parse(response.body());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            as OpenAI | {'tool_calls':[{'index':0,'id':'a','type':'function','function':{'name':'f','arguments':'{'}}]} ;; {'tool_calls':[{'index':0,'function':{'arguments':'}'}}]} ;; {'tool_calls':[{'index':1,'id':'b','type':'function','function':{'name':'g','arguments':'{}'}}]} | a f{}; b g{}
            name in every chunk | {'tool_calls':[{'index':0,'id':'a','function':{'name':'read_file','arguments':'{'}}]} ;; {'tool_calls':[{'index':0,'function':{'name':'read_file','arguments':'}'}}]} | a read_file{}
            empty id and name later | {'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':'{'}}]} ;; {'tool_calls':[{'index':0,'id':'','function':{'name':'','arguments':'}'}}]} | a f{}
            index 0 for every call | {'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':'{1}'}}]} ;; {'tool_calls':[{'index':0,'id':'b','function':{'name':'f','arguments':'{2}'}}]} | a f{1}; b f{2}
            index 0, interleaved by id | {'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':'{'}}]} ;; {'tool_calls':[{'index':0,'id':'b','function':{'name':'g','arguments':'['}}]} ;; {'tool_calls':[{'index':0,'id':'a','function':{'arguments':'}'}}]} | a f{}; b g[
            no index | {'tool_calls':[{'id':'a','function':{'name':'f','arguments':'{'}}]} ;; {'tool_calls':[{'function':{'arguments':'}'}}]} ;; {'tool_calls':[{'id':'b','function':{'name':'g','arguments':''}}]} | a f{}; b g
            index from 1 | {'tool_calls':[{'index':1,'id':'a','function':{'name':'f','arguments':'{'}}]} ;; {'tool_calls':[{'index':1,'function':{'arguments':'}'}}]} | a f{}
            no id | {'tool_calls':[{'index':0,'function':{'name':'f','arguments':'{'}}]} ;; {'tool_calls':[{'index':0,'function':{'arguments':'}'}}]} | new f{}
            arguments as an object | {'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':{'x':1}}}]} | a f{'x':1}
            two in one delta | {'tool_calls':[{'id':'a','function':{'name':'f','arguments':'{}'}},{'id':'b','function':{'name':'g','arguments':'{}'}}]} | a f{}; b g{}
            """)
    void toolCallsAreNumberedAndNamedOnce(String habit, String deltas, String calls) {
        var stream = new StringBuilder();
        for (var delta : deltas.split(" ;; ", -1)) {
            stream.append(delta(delta));
        }
        stream.append(finish("stop")).append(DONE);
        var chunks = chunks(stream.toString());
        assertThat(joined(chunks)).as(habit).isEqualTo(calls);
        assertThat(chunks.getLast().at("/choices/0/finish_reason").asString("")).isEqualTo("tool_calls");

        var collected = TestApp.parse(complete(ask("")).body()).at("/choices/0");
        assertThat(collected.at("/message/tool_calls").size()).isEqualTo(calls.split("; ", -1).length);
        assertThat(collected.at("/message/tool_calls/0/function/name").asString(""))
                .isEqualTo(calls.split("[ {\\[;]", -1)[1]);
        assertThat(collected.path("finish_reason").asString("")).isEqualTo("tool_calls");
    }

    @Test
    void anEmptyListOfCallsIsRemoved() {
        var body = streamed(delta("{'content':'Hi','tool_calls':[]}") + finish("stop") + DONE);
        assertThat(body).contains("\"content\":\"Hi\"").doesNotContain("tool_calls");
        assertThat(whole(
                                "{'id':'c','choices':[{'index':0,'message':{'role':'assistant','content':'Hi','tool_calls':[]},'finish_reason':'stop'}]}")
                        .toString())
                .doesNotContain("tool_calls");
    }

    @Test
    void framesWithoutDataAreLeftOut() {
        var body = streamed("retry: 3000\n\nevent: start\n\nid: 7\n\n: a comment\n\nevent: x\n"
                + delta("{'content':'Hi'}") + finish("stop") + DONE);
        assertThat(body)
                .startsWith(": a comment\n\nevent: x\ndata: ")
                .contains("\"content\":\"Hi\"")
                .doesNotContain("retry", "start", "id: 7");
    }

    @Test
    void eventsSeparatedByOneLineBreakAreSeparate() {
        var stream =
                (delta("{'content':'A'}") + delta("{'content':'B'}") + finish("stop") + DONE).replace("\n\n", "\n");
        assertThat(chunks(stream)).hasSize(3);
        assertThat(app.chat("bob", "one-break", "hi")).endsWith("AB");
    }

    @Test
    void callsOfWorkersAisOwnApiAreCalls() {
        var choice = whole(
                        "{'result':{'response':null,'tool_calls':[{'name':'f','arguments':{'city':'London'}}]},'success':true,'errors':[]}")
                .at("/choices/0");
        assertThat(choice.path("finish_reason").stringValue()).isEqualTo("tool_calls");
        assertThat(choice.at("/message/tool_calls/0/id").stringValue()).startsWith("call_");
        assertThat(choice.at("/message/tool_calls/0/function/arguments").stringValue())
                .isEqualTo("{\"city\":\"London\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':'g','choices':[{'index':0,'message':{'role':'assistant','content':'Part'},'finish_reason':'error','error':{'code':502,'message':'Upstream error'}}]}",
                "{'id':'g','choices':[{'index':0,'message':{'role':'assistant','content':'Part'},'finish_reason':'error'}]}"
            })
    void aCompleteAnswerThatEndsWithAnErrorIsAnError(String answer) {
        assertThat(whole(answer).path("error").path("type").asString("")).isNotEmpty();
    }

    @Test
    void anAnswerWithoutAFinishReasonHasStopped() {
        script = (_, out) -> out.json(
                200,
                "{\"id\":\"c\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":null}]}");
        assertThat(complete(ask(",\"stream\":true")).body()).contains("\"finish_reason\":\"stop\"");
    }

    @Test
    void aModelThatMayNotBeStreamedIsAskedForAWholeAnswer() {
        script = (request, out) -> {
            if (request.body().contains("\"stream\":true")) {
                out.json(
                        400,
                        "{\"error\":{\"message\":\"Your organization must be verified to stream this model.\",\"type\":\"invalid_request_error\",\"param\":\"stream\",\"code\":\"unsupported_value\"}}");
            } else {
                out.json(
                        200,
                        "{\"id\":\"c\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}");
            }
        };
        var answer =
                complete(ask(",\"model\":\"unverified\",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .as(answer.body())
                .startsWith("text/event-stream");
        assertThat(answer.body()).contains("\"content\":\"Hi\"").endsWith(DONE);
    }

    @Test
    void aModelThatTakesToolsWithoutReasoningGetsThem() {
        script = (request, out) -> {
            boolean none = request.body().contains("\"reasoning_effort\":\"none\"");
            out.json(
                    none ? 200 : 400,
                    none
                            ? "{\"id\":\"c\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}"
                            : "{\"error\":{\"message\":\"Function tools with reasoning_effort are not supported for gpt-5.6. Set reasoning_effort to 'none'.\",\"param\":\"reasoning_effort\",\"code\":null}}");
        };
        var answer = complete(
                ask(
                        ",\"model\":\"gpt-5.6\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\",\"properties\":{}}}}]"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().allValues("X-Keyswitch-Dropped")).containsExactly("reasoning_effort");
    }
}
