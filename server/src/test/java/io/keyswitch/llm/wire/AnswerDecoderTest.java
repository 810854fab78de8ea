package io.keyswitch.llm.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.sse.SseEvent;
import io.keyswitch.llm.wire.anthropic.AnthropicWire;
import io.keyswitch.llm.wire.gemini.GeminiWire;
import io.keyswitch.llm.wire.openai.OpenAiWire;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Decoding of provider answers in each wire format, as a table. Events of a stream are separated by " ;; ", and single quotes
 * stand for double quotes. The result is written as
 * {@code text(…) think(…) call(index id name signature) args(index json) used(in/out/cached/reasoning) end(REASON)};
 * "open" means that the decoder still expects the end of the answer.
 */
class AnswerDecoderTest {
    private static AnswerDecoder decoder(String wire) {
        return switch (wire) {
            case "openai" -> OpenAiWire.INSTANCE.decoder();
            case "anthropic" -> AnthropicWire.INSTANCE.decoder();
            case "gemini" -> GeminiWire.INSTANCE.decoder();
            default -> throw new IllegalArgumentException(wire);
        };
    }

    private static String describe(ChatEvent event) {
        return switch (event) {
            case ChatEvent.Text(var text) -> "text(" + text + ")";
            case ChatEvent.Reasoning(var text) -> "think(" + text + ")";
            case ChatEvent.Image(var mediaType, var base64) -> "image(" + mediaType + " " + base64 + ")";
            case ChatEvent.ToolCall(var index, var id, var name, var signature) ->
                "call(%d %s %s%s)"
                        .formatted(
                                index,
                                id.startsWith("call_") && id.length() > 30 ? "new" : id,
                                name,
                                signature == null ? "" : " " + signature);
            case ChatEvent.ToolArguments(var index, var json) ->
                "args(%d %s)".formatted(index, json.replace('"', '\''));
            case ChatEvent.Used(var usage) ->
                "used(%d/%d/%d/%d)"
                        .formatted(
                                usage.inputTokens(),
                                usage.outputTokens(),
                                usage.cachedTokens(),
                                usage.reasoningTokens());
            case ChatEvent.Finished(var reason) -> "end(" + reason + ")";
        };
    }

    private static String outcome(AnswerDecoder decoder, List<ChatEvent> events) {
        var described = events.stream().map(AnswerDecoderTest::describe).collect(Collectors.joining(" "));
        return (described + (decoder.finished() ? "" : " open")).strip();
    }

    private static String stream(String wire, String data) {
        var decoder = decoder(wire);
        var events = new ArrayList<ChatEvent>();
        try {
            for (var event : data.replace('\'', '"').split(" ;; ", -1)) {
                events.addAll(decoder.event(new SseEvent("", event)));
            }
        } catch (LlmException e) {
            return "fails " + e.failure().reason();
        }
        return outcome(decoder, events);
    }

    private static String whole(String wire, String json) {
        var decoder = decoder(wire);
        var body = Json.readFromProvider(json.replace('\'', '"'));
        if (body == null) {
            throw new AssertionError("not JSON: " + json);
        }
        try {
            return outcome(decoder, decoder.whole(body));
        } catch (LlmException e) {
            return "fails " + e.failure().reason();
        }
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # openai: text and its end
            openai | {'choices':[{'delta':{'content':'a'}}]} ;; {'choices':[{'delta':{'content':'b'}}]} ;; [DONE] | text(a) text(b)
            openai | {'choices':[{'delta':{'role':'assistant','content':''}}]} ;; {'choices':[{'delta':{'content':null}}]} | open
            openai | {'choices':[{'delta':{},'finish_reason':'stop'}]} | end(STOP)
            openai | {'choices':[{'delta':{'reasoning':'hm','reasoning_content':'hm'}}]} | think(hm) open
            # openai: reasoning within the text
            openai | {'choices':[{'delta':{'content':'<think>hm</think>\\n\\nYes'},'finish_reason':'stop'}]} | think(hm) text(Yes) end(STOP)
            openai | {'choices':[{'delta':{'content':'\\n<th'}}]} ;; {'choices':[{'delta':{'content':'ink>let me see </th'}}]} ;; {'choices':[{'delta':{'content':'ink> \\n'}}]} ;; {'choices':[{'delta':{'content':' Yes </think>'}}]} ;; [DONE] | think(let me s) think(ee ) text(Yes </think>)
            openai | {'choices':[{'delta':{'content':'<thinking>hm'},'finish_reason':'length'}]} | think(hm) end(LENGTH)
            openai | {'choices':[{'delta':{'content':' <th'},'finish_reason':'stop'}]} | text( <th) end(STOP)
            openai | {'choices':[{'delta':{'content':'Use <think> and </think>'},'finish_reason':'stop'}]} | text(Use <think> and </think>) end(STOP)
            openai | {'choices':[{'delta':{},'finish_reason':'length'}]} | end(LENGTH)
            openai | {'choices':[{'delta':{},'finish_reason':'tool_calls'}]} | end(TOOL_CALLS)
            openai | {'choices':[{'delta':{},'finish_reason':'function_call'}]} | end(TOOL_CALLS)
            openai | {'choices':[{'delta':{},'finish_reason':'content_filter'}]} | end(CONTENT_FILTER)
            openai | {'choices':[{'delta':{},'finish_reason':'eos_token'}]} | end(STOP)
            openai | {'choices':[{'delta':{},'finish_reason':'error'}]} | fails BROKEN_ANSWER
            openai | {'choices':[{'delta':{},'finish_reason':'stop'}]} ;; {'choices':[{'delta':{},'finish_reason':'length'}]} | end(STOP)
            openai | {'choices':[{'delta':{'content':'a'},'finish_reason':null}]} | text(a) open
            openai | [DONE] | ~~
            openai | ~ [DONE] ~ | ~~
            openai | ~~ | open
            openai | {'choices':[{'delta':{'content':'a'},'finish_reason':''}]} | text(a) open
            openai | {'choices':[{'delta':{'content':'a'},'finish_reason':''}]} ;; {'choices':[{'delta':{},'finish_reason':'stop'}]} | text(a) end(STOP)
            # openai: what is said in values of another type
            openai | {'choices':[{'delta':{'content':5}}]} ;; {'choices':[{'delta':{'content':0.5}}]} | text(5) text(0.5) open
            openai | {'choices':[{'delta':{'content':true}}]} | text(true) open
            openai | {'choices':[{'delta':{'content':{'a':1}}}]} | text({"a":1}) open
            openai | {'choices':[{'delta':{'content':['a',5]}}]} | text(a) text(5) open
            openai | {'response':2024} | text(2024) open
            openai | {'response':{'a':[1]}} | text({"a":[1]}) open
            openai | {'choices':[{'delta':{'reasoning':7}}]} | think(7) open
            # openai: reasoning, refusals and other content
            openai | {'choices':[{'delta':{'reasoning_content':'hm'}}]} | think(hm) open
            openai | {'choices':[{'delta':{'reasoning':'hm'}}]} | think(hm) open
            openai | {'choices':[{'delta':{'refusal':'no'}}]} | text(no) open
            openai | {'choices':[{'delta':{'content':[{'type':'text','text':'a'},{'type':'thinking','thinking':[{'text':'hm'}]}]}}]} | text(a) think(hm) open
            openai | {'choices':[{'delta':{'tool_calls':[{'index':0,'id':'x'}]}}]} | open
            openai | {'response':'a'} | text(a) open
            openai | {'choices':[]} | open
            openai | {'object':'ping'} | open
            # openai: usage
            openai | {'choices':[],'usage':{'prompt_tokens':3,'completion_tokens':2}} | used(3/2/0/0) open
            openai | {'usage':{'prompt_tokens':3,'completion_tokens':2,'prompt_tokens_details':{'cached_tokens':1},'completion_tokens_details':{'reasoning_tokens':1}}} | used(3/2/1/1) open
            openai | {'x_groq':{'usage':{'prompt_tokens':3,'completion_tokens':2}}} | used(3/2/0/0) open
            openai | {'usage':{'prompt_tokens':0,'completion_tokens':0}} | open
            openai | {'usage':null} | open
            openai | {'usage':{'prompt_tokens':-3,'completion_tokens':1e99}} | used(0/9223372036854775807/0/0) open
            openai | {'usage':{'prompt_tokens':'3','completion_tokens':2}} | used(0/2/0/0) open
            # openai: failures inside an answer
            openai | {'error':{'message':'x','type':'server_error'}} | fails SERVER_ERROR
            openai | {'error':{'code':429}} | fails RATE_LIMITED
            openai | {'error':{'code':'context_length_exceeded'}} | fails CONTEXT_TOO_LONG
            openai | {'x_groq':{'error':'over capacity'}} | fails BROKEN_ANSWER
            openai | {broken | fails BROKEN_ANSWER

            # anthropic: text and its end
            anthropic | {'type':'content_block_delta','delta':{'type':'text_delta','text':'a'}} | text(a) open
            anthropic | {'type':'content_block_start','content_block':{'type':'text','text':'a'}} | text(a) open
            anthropic | {'type':'message_delta','delta':{'stop_reason':'end_turn'}} ;; {'type':'message_stop'} | end(STOP)
            anthropic | {'type':'message_delta','delta':{'stop_reason':'stop_sequence'}} | end(STOP) open
            anthropic | {'type':'message_delta','delta':{'stop_reason':'max_tokens'}} | end(LENGTH) open
            anthropic | {'type':'message_delta','delta':{'stop_reason':'model_context_window_exceeded'}} | end(LENGTH) open
            anthropic | {'type':'message_delta','delta':{'stop_reason':'tool_use'}} | end(TOOL_CALLS) open
            anthropic | {'type':'message_delta','delta':{'stop_reason':'refusal'}} | end(CONTENT_FILTER) open
            anthropic | {'type':'message_stop'} | ~~
            anthropic | {'type':'ping'} | open
            anthropic | {'type':'something_new','delta':{'type':'text_delta','text':'a'}} | open
            anthropic | {'type':'content_block_delta','delta':{'type':'citations_delta','citation':{}}} | open
            anthropic | {'delta':{'text':'a'}} | open
            anthropic | ~~ | open
            # anthropic: thinking
            anthropic | {'type':'content_block_start','content_block':{'type':'thinking','thinking':'hm'}} | think(hm) open
            anthropic | {'type':'content_block_delta','delta':{'type':'thinking_delta','thinking':'hm'}} | think(hm) open
            # anthropic: tools
            anthropic | {'type':'content_block_start','content_block':{'type':'tool_use','id':'t1','name':'f','input':{}}} ;; {'type':'content_block_delta','delta':{'type':'input_json_delta','partial_json':'{}'}} ;; {'type':'content_block_stop'} | call(0 t1 f) args(0 {}) open
            anthropic | {'type':'content_block_start','content_block':{'type':'tool_use','id':'t1','name':'f','input':{}}} ;; {'type':'content_block_stop'} | call(0 t1 f) args(0 {}) open
            anthropic | {'type':'content_block_start','content_block':{'type':'tool_use','id':'t1','name':'f','input':{'a':1}}} ;; {'type':'content_block_stop'} | call(0 t1 f) args(0 {'a':1}) open
            anthropic | {'type':'content_block_start','content_block':{'type':'tool_use','id':'t1','name':'f'}} ;; {'type':'content_block_start','content_block':{'type':'tool_use','id':'t2','name':'g'}} ;; {'type':'content_block_stop'} | call(0 t1 f) args(0 {}) call(1 t2 g) args(1 {}) open
            anthropic | {'type':'content_block_delta','delta':{'type':'input_json_delta','partial_json':'1'}} | open
            # anthropic: usage is cumulative, and each report replaces the one before
            anthropic | {'type':'message_start','message':{'usage':{'input_tokens':3,'output_tokens':1}}} | used(3/1/0/0) open
            anthropic | {'type':'message_start','message':{'usage':{'input_tokens':3,'cache_read_input_tokens':2,'cache_creation_input_tokens':4}}} | used(9/0/2/0) open
            anthropic | {'type':'message_start','message':{'usage':{'input_tokens':3}}} ;; {'type':'message_delta','usage':{'output_tokens':5}} | used(3/0/0/0) used(3/5/0/0) open
            anthropic | {'type':'message_delta','usage':{'output_tokens':5}} ;; {'type':'message_delta','usage':{'output_tokens':5}} | used(0/5/0/0) open
            anthropic | {'type':'message_delta','usage':{'output_tokens':5,'output_tokens_details':{'thinking_tokens':4}}} | used(0/5/0/4) open
            # anthropic: failures inside an answer
            anthropic | {'type':'error','error':{'type':'overloaded_error','message':'x'}} | fails OVERLOADED
            anthropic | {'type':'error','error':{'type':'rate_limit_error','message':'x'}} | fails RATE_LIMITED
            anthropic | {'type':'error','error':{'type':'api_error','message':'x'}} | fails SERVER_ERROR
            anthropic | {'type':'error','error':{'type':'authentication_error','message':'x'}} | fails INVALID_KEY
            anthropic | not json | fails BROKEN_ANSWER

            # gemini: text and its end
            gemini | {'candidates':[{'content':{'parts':[{'text':'a'},{'text':'b'}]}}]} | text(a) text(b) open
            gemini | {'candidates':[{'content':{'parts':[{'text':'hm','thought':true},{'text':'a'}]}}]} | think(hm) text(a) open
            gemini | {'candidates':[{'finishReason':'STOP'}]} | fails EMPTY_ANSWER
            gemini | {'candidates':[{'finishReason':'MAX_TOKENS'}]} | end(LENGTH)
            gemini | {'candidates':[{'finishReason':'SAFETY'}]} | end(CONTENT_FILTER)
            gemini | {'candidates':[{'finishReason':'RECITATION'}]} | end(CONTENT_FILTER)
            gemini | {'candidates':[{'finishReason':'BLOCKLIST'}]} | end(CONTENT_FILTER)
            gemini | {'candidates':[{'finishReason':'PROHIBITED_CONTENT'}]} | end(CONTENT_FILTER)
            gemini | {'candidates':[{'finishReason':'SPII'}]} | end(CONTENT_FILTER)
            gemini | {'candidates':[{'finishReason':'LANGUAGE'}]} | end(CONTENT_FILTER)
            gemini | {'candidates':[{'finishReason':'IMAGE_SAFETY'}]} | end(CONTENT_FILTER)
            gemini | {'candidates':[{'content':{'parts':[{'text':'a'}]},'finishReason':'SOMETHING_NEW'}]} | text(a) end(STOP)
            # gemini: the model's own failure
            gemini | {'candidates':[{'finishReason':'SOMETHING_NEW'}]} | fails EMPTY_ANSWER
            gemini | {'candidates':[{'content':{},'finishReason':'MALFORMED_FUNCTION_CALL','finishMessage':'x'}]} | fails TOOL_CALL_FAILED
            gemini | {'candidates':[{'finishReason':'UNEXPECTED_TOOL_CALL'}]} | fails TOOL_CALL_FAILED
            gemini | {'candidates':[{'finishReason':'NO_IMAGE'}]} | fails EMPTY_ANSWER
            gemini | {'candidates':[{'content':{'parts':[{'text':'hm','thought':true}]},'finishReason':'OTHER'}]} | fails EMPTY_ANSWER
            gemini | {'candidates':[{'content':{'parts':[{'text':'a'}]}}]} ;; {'candidates':[{'finishReason':'OTHER'}]} | text(a) end(STOP)
            gemini | {'candidates':[{'content':{'parts':[{'text':'a'}]}}]} ;; {'candidates':[{'finishReason':'MALFORMED_FUNCTION_CALL'}]} | fails TOOL_CALL_FAILED
            # gemini: some models give a reason with every event
            gemini | {'candidates':[{'content':{'parts':[{'text':'a'}]},'finishReason':'STOP'}]} ;; {'candidates':[{'content':{'parts':[{'functionCall':{'id':'c1','name':'f'}}]},'finishReason':'STOP'}]} | text(a) end(STOP) call(0 c1 f) args(0 {}) end(TOOL_CALLS)
            # gemini: images
            gemini | {'candidates':[{'content':{'parts':[{'inlineData':{}}]}}]} | open
            gemini | {'candidates':[{'content':{'parts':[{'inlineData':{'mimeType':'image/png','data':'AAAA'}}]},'finishReason':'STOP'}]} | image(image/png AAAA) end(STOP)
            gemini | {} | open
            gemini | ~~ | open
            # gemini: tools
            gemini | {'candidates':[{'content':{'parts':[{'functionCall':{'id':'c1','name':'f','args':{'a':1}}}]},'finishReason':'STOP'}]} | call(0 c1 f) args(0 {'a':1}) end(TOOL_CALLS)
            gemini | {'candidates':[{'content':{'parts':[{'functionCall':{'args':{'a':1}}}]}}]} | open
            gemini | {'candidates':[{'content':{'parts':[{'functionCall':{'name':'f'}}]}}]} | call(0 new f) args(0 {}) open
            gemini | {'candidates':[{'content':{'parts':[{'functionCall':{'id':'c1','name':'f'},'thoughtSignature':'sig'}]}}]} | call(0 c1 f sig) args(0 {}) open
            gemini | {'candidates':[{'content':{'parts':[{'functionCall':{'id':'c1','name':'f'}},{'functionCall':{'id':'c2','name':'g'}}]}}]} | call(0 c1 f) args(0 {}) call(1 c2 g) args(1 {}) open
            # gemini: usage
            gemini | {'usageMetadata':{'promptTokenCount':3,'candidatesTokenCount':2}} | used(3/2/0/0) open
            gemini | {'usageMetadata':{'promptTokenCount':3,'candidatesTokenCount':2,'thoughtsTokenCount':4,'cachedContentTokenCount':1}} | used(3/6/1/4) open
            # gemini: failures
            gemini | {'promptFeedback':{'blockReason':'SAFETY'}} | fails BLOCKED
            gemini | {'error':{'code':429,'status':'RESOURCE_EXHAUSTED','message':'x'}} | fails RATE_LIMITED
            gemini | {'error':{'code':503,'status':'UNAVAILABLE','message':'x'}} | fails OVERLOADED
            gemini | {'error':{'code':404,'status':'NOT_FOUND','message':'x'}} | fails UNKNOWN_MODEL
            gemini | [{] | fails BROKEN_ANSWER
            """)
    void aStreamIsDecodedToTheExpectedEvents(String wire, String data, String expected) {
        assertThat(stream(wire, data == null ? "" : data)).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            openai | {'choices':[{'message':{'content':'a'},'finish_reason':'stop'}],'usage':{'prompt_tokens':3,'completion_tokens':2}} | text(a) used(3/2/0/0) end(STOP)
            openai | {'choices':[{'message':{'content':'a'}}]} | text(a)
            openai | {'choices':[{'message':{'content':'<think>hm</think>a'},'finish_reason':'stop'}]} | think(hm) text(a) end(STOP)
            openai | {'choices':[{'message':{'content':'<'},'finish_reason':'stop'}]} | text(<) end(STOP)
            openai | {'choices':[{'message':{'content':'a','reasoning_content':'hm'},'finish_reason':'length'}]} | think(hm) text(a) end(LENGTH)
            openai | {'result':{'response':'a'},'success':true} | text(a)
            openai | {'result':{'choices':[{'message':{'content':'a'},'finish_reason':'stop'}]}} | text(a) end(STOP)
            openai | {} | open
            openai | {'choices':[]} | open
            openai | {'choices':null} | open
            openai | {'choices':[{'message':{'content':42},'finish_reason':'stop'}]} | text(42) end(STOP)
            openai | {'error':{'message':'Incorrect API key provided'}} | fails INVALID_KEY
            anthropic | {'content':[{'type':'text','text':'a'},{'type':'text','text':'b'}],'stop_reason':'end_turn','usage':{'input_tokens':3,'output_tokens':2}} | text(a) text(b) used(3/2/0/0) end(STOP)
            anthropic | {'content':[{'type':'thinking','thinking':'hm','signature':'s'},{'type':'text','text':'a'}],'stop_reason':'max_tokens'} | think(hm) text(a) end(LENGTH)
            anthropic | {'content':[{'type':'tool_use','id':'t1','name':'f','input':{'a':1}}],'stop_reason':'tool_use'} | call(0 t1 f) args(0 {'a':1}) end(TOOL_CALLS)
            anthropic | {'content':[{'type':'server_tool_use','id':'x'}],'stop_reason':'end_turn'} | end(STOP)
            anthropic | {'content':[]} | open
            anthropic | {'type':'error','error':{'type':'not_found_error','message':'model: x'}} | fails BROKEN_ANSWER
            gemini | {'candidates':[{'content':{'parts':[{'text':'a'}]},'finishReason':'STOP'}],'usageMetadata':{'promptTokenCount':3,'candidatesTokenCount':2}} | text(a) used(3/2/0/0) end(STOP)
            gemini | {'candidates':[]} | open
            gemini | {'promptFeedback':{'blockReason':'OTHER'}} | fails BLOCKED
            """)
    void aNonStreamingAnswerIsDecodedToTheExpectedEvents(String wire, String json, String expected) {
        assertThat(whole(wire, json)).isEqualTo(expected == null ? "" : expected);
    }
}
