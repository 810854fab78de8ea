package io.keyswitch.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.wire.Refusals;
import io.keyswitch.llm.wire.WireFormat;
import io.keyswitch.llm.wire.anthropic.AnthropicWire;
import io.keyswitch.llm.wire.gemini.GeminiWire;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirks;
import io.keyswitch.testing.TestApp;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Messages of other models and of clients with habits of their own, in the Anthropic and Gemini wire formats. */
class TranslatedHistoryTest {
    private static final String USER = "{'role':'user','content':'x'}";
    private static final String CALL =
            "{'role':'assistant','tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}}]}";
    private static final String RESULT = "{'role':'tool','tool_call_id':'c1','content':'1'}";

    private static JsonNode translate(WireFormat wire, String messages, String more) {
        var json = "{'messages':[%s]%s}"
                .formatted(messages.replace("USER", USER).replace("CALL", CALL).replace("RESULT", RESULT), more);
        var request = (ObjectNode) TestApp.parse(json.replace('\'', '"').replace("~", "\\\""));
        var asked = ChatRequestReader.read(request, Quirks.NONE, _ -> null);
        return TestApp.parse(Json.text(wire.encode(new ModelId("m-1"), asked.request(), Quirks.NONE, Refusals.NONE)
                .body()));
    }

    private static String anthropic(String messages) {
        return translate(AnthropicWire.INSTANCE, messages, "")
                .path("messages")
                .toString()
                .replace('"', '\'');
    }

    private static String gemini(String messages) {
        return translate(GeminiWire.INSTANCE, messages, "")
                .path("contents")
                .toString()
                .replace('"', '\'');
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', nullValues = "-", textBlock = """
            {'role':'system','content':[{'type':'text','text':'s','cache_control':{'type':'ephemeral'}}]},USER | ,'tools':[T] | {'type':'text','text':'s','cache_control':{'type':'ephemeral'}} | -
            {'role':'system','content':'s'},USER | ,'tools':[T,M] | {'type':'text','text':'s','cache_control':{'type':'ephemeral'}} | -
            USER | ,'tools':[M,T] | - | {'type':'ephemeral'}
            {'role':'system','content':'s'},USER | ,'tools':[T] | s | -
            """)
    void aMarkedPrefixIsMarkedForAnthropicAtItsEnd(
            String messages, String more, @Nullable String system, @Nullable String lastTool) {
        var tool = "{'type':'function','function':{'name':'f'}}";
        var marked = tool.replaceFirst("}$", ",'cache_control':{'type':'ephemeral'}}");
        var body = translate(
                AnthropicWire.INSTANCE,
                messages,
                more.strip().replace("T", tool).replace("M", marked));
        assertThat(text(body.path("system").isArray() ? body.path("system").get(0) : body.path("system")))
                .isEqualTo(system == null ? "" : system);
        assertThat(text(body.path("tools").path(-1 + body.path("tools").size()).path("cache_control")))
                .isEqualTo(lastTool == null ? "" : lastTool);
    }

    private static String text(JsonNode json) {
        return json.isMissingNode()
                ? ""
                : json.isString() ? json.stringValue() : json.toString().replace('"', '\'');
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            # arguments as an object, as Ollama's own API has them
            USER,{'role':'assistant','tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':{'a':1}}}]},RESULT | {'type':'tool_use','id':'c1','name':'f','input':{'a':1}}
            # arguments that were cut off
            USER,{'role':'assistant','tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{~a~: 1'}}]},RESULT | 'input':{'arguments':'{\\'a\\': 1'}
            # reasoning of another model
            USER,{'role':'assistant','content':[{'type':'thinking','thinking':'hm','signature':'s'},{'type':'text','text':'Hi'}]},USER | {'role':'assistant','content':'Hi'}
            USER,{'role':'assistant','content':[{'type':'reasoning','summary':[]},{'type':'output_text','text':'Hi'}]},USER | {'role':'assistant','content':'Hi'}
            # the ID of a call is used again
            USER,CALL,RESULT,CALL,RESULT | 'id':'c1_2'
            USER,CALL,RESULT,CALL,RESULT | {'type':'tool_result','tool_use_id':'c1_2','content':'1'}
            USER,CALL,RESULT,CALL,RESULT | {'type':'tool_result','tool_use_id':'c1','content':'1'}
            # IDs that differ in characters that Anthropic does not take
            USER,{'role':'assistant','tool_calls':[{'id':'a.1','type':'function','function':{'name':'f','arguments':''}},{'id':'a:1','type':'function','function':{'name':'f','arguments':''}}]} | 'id':'a_2e_1'
            USER,{'role':'assistant','tool_calls':[{'id':'a.1','type':'function','function':{'name':'f','arguments':''}},{'id':'a:1','type':'function','function':{'name':'f','arguments':''}}]} | 'id':'a_3a_1'
            # calls without results, and results without calls
            USER,CALL,USER | {'role':'user','content':[{'type':'tool_result','tool_use_id':'c1','content':'No result: the call was interrupted.'},{'type':'text','text':'x'}]}
            USER,CALL | {'role':'user','content':[{'type':'tool_result','tool_use_id':'c1','content':'No result: the call was interrupted.'}]}
            RESULT,USER | [{'role':'user','content':'[tool result: 1]\\n\\nx'}]
            # the assistant has the last word
            USER,{'role':'assistant','content':'Sure: '} | {'role':'user','content':'…'}
            # what is worth caching
            {'role':'user','content':[{'type':'text','text':'a','cache_control':{'type':'ephemeral','ttl':'1h'}},{'type':'text','text':'b'}]} | [{'type':'text','text':'a','cache_control':{'type':'ephemeral','ttl':'1h'}},{'type':'text','text':'b'}]
            USER,CALL,{'role':'tool','tool_call_id':'c1','content':[{'type':'text','text':'1','cache_control':{'type':'ephemeral'}}]} | {'type':'tool_result','tool_use_id':'c1','content':'1','cache_control':{'type':'ephemeral'}}
            # images whose type is not what their URL says, and the older form of an image
            {'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,/9j/4AAQ'}}]} | 'media_type':'image/jpeg'
            {'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/jpeg;base64,UklGRgAA'}}]} | 'media_type':'image/webp'
            {'role':'user','content':[{'type':'image_url','image_url':'data:image/png;base64,iVBORw0KGgo='}]} | 'media_type':'image/png'
            """)
    void anthropicGetsAConversationThatItTakes(String messages, String part) {
        assertThat(anthropic(messages)).contains(part.replace("\\\\", "\\"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            USER,CALL,USER | {'functionResponse':{'id':'c1','name':'f','response':{'result':'No result: the call was interrupted.'}}}
            RESULT,USER | {'text':'[tool result: 1]\\n\\nx'}
            USER,{'role':'assistant','content':'Sure: '} | {'role':'user','parts':[{'text':'…'}]}
            {'role':'user','content':[{'type':'input_audio','input_audio':{'data':'SUQz','format':'mp3'}}]} | {'inlineData':{'mimeType':'audio/mp3','data':'SUQz'}}
            USER,{'role':'assistant','tool_calls':[{'id':'c1','type':'function','function':{'name':'1c_search','arguments':''}}]},RESULT | 'name':'fn_1c_search'
            """)
    void geminiGetsAConversationThatItTakes(String messages, String part) {
        assertThat(gemini(messages)).contains(part);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            ,'tools':[{'type':'function','function':{'name':'f','parameters':{}}}] | /tools/0/input_schema | {'type':'object','properties':{}}
            ,'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object','properties':[]}}}] | /tools/0/input_schema | {'type':'object','properties':{}}
            ,'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object','properties':{},'anyOf':[{'required':['a']}]}}}] | /tools/0/input_schema | {'type':'object','properties':{}}
            ,'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':{'type':'auto'} | /tool_choice | {'type':'auto'}
            ,'user':'me@example.com' | /metadata/user_id | '8c2a47d3bdb8d3096a6479f53eac3b724291db5f1c31611100f675be5537329d'
            ,'user':'u-1' | /metadata/user_id | 'u-1'
            ,'stop':['','\\n'] | /stop_sequences | ^^
            ,'stop':['\\n','END'] | /stop_sequences | ['END']
            ,'top_k':40 | /top_k | 40
            """)
    void anthropicGetsOptionsThatItTakes(String more, String pointer, String expected) {
        var found = translate(AnthropicWire.INSTANCE, "USER", more).at(pointer);
        assertThat(found.isMissingNode() ? "" : found.toString().replace('"', '\''))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            ,'top_k':40 | /generationConfig/topK | 40
            ,'tools':[{'type':'function','function':{'name':'f'}}],'parallel_tool_calls':false | /tools/0/functionDeclarations/0/name | 'f'
            ,'tools':[{'type':'function','function':{'name':'-f'}}],'tool_choice':{'type':'function','function':{'name':'-f'}} | /toolConfig/functionCallingConfig/allowedFunctionNames | ['fn_-f']
            """)
    void geminiGetsOptionsThatItTakes(String more, String pointer, String expected) {
        assertThat(translate(GeminiWire.INSTANCE, "USER", more)
                        .at(pointer)
                        .toString()
                        .replace('"', '\''))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'role':'user','content':[{'type':'input_audio','input_audio':{'data':'SUQz','format':'mp3'}}]} | messages.input_audio
            {'role':'user','content':[{'type':'video_url','video_url':{'url':'https://x.example/a.mp4'}}]} | messages.video_url
            """)
    void whatAnthropicDoesNotReadIsNamed(String messages, String field) {
        Assertions.assertThatThrownBy(() -> anthropic(messages))
                .isInstanceOfSatisfying(
                        LlmException.class,
                        failed -> assertThat(failed.failure().field()).isEqualTo(field));
    }
}
