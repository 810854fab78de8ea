package io.keyswitch.llm.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.testing.TestApp;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Answers that clients push into the next request's messages, adapted to the provider that gets them. */
class ReturnedMessageTest {
    private static final ProviderRegistry REGISTRY = SettingsLoader.parse(
                    "providers: {own: {baseUrl: 'http://127.0.0.1:1', defaultModel: m-1}, vllm: {baseUrl: 'http://127.0.0.1:1'}}",
                    Path.of("."),
                    Map.of(),
                    SettingsLoader.Purpose.SHOW)
            .providers();

    private static String adapted(String provider, String messages) {
        var quirks = REGISTRY.all().stream()
                .filter(one -> one.id().value().equals(provider))
                .findFirst()
                .orElseThrow()
                .quirks();
        var request = (ObjectNode)
                Objects.requireNonNull(TestApp.parse("{\"messages\":%s}".formatted(messages.replace('\'', '"'))));
        return ForwardedRequest.adapt(request, new ModelId("m-1"), quirks)
                .path("messages")
                .toString()
                .replace('"', '\'');
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # what answers add is taken out, for providers of the settings file as well
            groq       | [{'role':'assistant','content':'a','reasoning_content':'hm','refusal':null}] | [{'role':'assistant','content':'a'}]
            mistral    | [{'role':'assistant','content':'a','reasoning_content':'hm','annotations':[]}] | [{'role':'assistant','content':'a'}]
            cerebras   | [{'role':'assistant','content':'a','reasoning':'hm','audio':null,'function_call':null,'tool_calls':null}] | [{'role':'assistant','content':'a'}]
            own        | [{'role':'assistant','content':'a','reasoning_details':[{}],'executed_tools':[{}],'citations':['x']}] | [{'role':'assistant','content':'a'}]
            openai     | [{'role':'assistant','content':'a','reasoning_content':'hm','parsed':{},'tool_calls':[]}] | [{'role':'assistant','content':'a'}]
            perplexity | [{'role':'assistant','content':'a','search_results':[{}]}] | [{'role':'assistant','content':'a'}]
            # unless the provider takes it
            openrouter | [{'role':'assistant','content':'a','reasoning':'hm','reasoning_details':[{}]}] | [{'role':'assistant','content':'a','reasoning':'hm','reasoning_details':[{}]}]
            vllm       | [{'role':'assistant','content':'a','reasoning_content':'hm'}] | [{'role':'assistant','content':'a','reasoning_content':'hm'}]
            openai     | [{'role':'assistant','content':null,'refusal':'no'}] | [{'role':'assistant','content':null,'refusal':'no'}]
            # a refusal is text elsewhere
            groq       | [{'role':'assistant','content':null,'refusal':'no'}] | [{'role':'assistant','content':'no'}]
            own        | [{'role':'assistant','refusal':'no'}] | [{'role':'assistant','content':'no'}]
            own        | [{'role':'assistant','content':[{'type':'refusal','refusal':'no'},{'type':'thinking','thinking':[]}]}] | [{'role':'assistant','content':[{'type':'text','text':'no'}]}]
            # calls of tools
            groq       | [{'role':'assistant','content':null,'tool_calls':[{'index':0,'id':'c1','type':'function','extra_content':{'google':{}},'function':{'name':'f','arguments':'{}','parsed_arguments':{}}}]}] | [{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}}]}]
            own        | [{'role':'assistant','tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':{'a':1}}}]}] | [{'role':'assistant','tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{'a':1}'}}]}]
            # what clients say of their own accord stays
            mistral    | [{'role':'assistant','content':'a','prefix':true}] | [{'role':'assistant','content':'a','prefix':true}]
            own        | [{'role':'user','content':'a','reasoning_content':'mine'}] | [{'role':'user','content':'a','reasoning_content':'mine'}]
            # reasoning within a loop of tools
            deepseek   | [{'role':'assistant','content':'a','reasoning_content':'hm'}] | [{'role':'assistant','content':'a'}]
            deepseek   | [{'role':'assistant','content':'','reasoning_content':'hm','tool_calls':[{'id':'c1'}]}] | [{'role':'assistant','content':'','reasoning_content':'hm','tool_calls':[{'id':'c1'}]}]
            deepseek   | [{'role':'assistant','content':'','tool_calls':[{'id':'c1'}]}] | [{'role':'assistant','content':'','tool_calls':[{'id':'c1'}],'reasoning_content':''}]
            # short IDs of calls
            mistral    | [{'role':'assistant','content':'','tool_calls':[{'id':'D681PevKs'}]},{'role':'tool','tool_call_id':'D681PevKs','content':'1'}] | [{'role':'assistant','content':'','tool_calls':[{'id':'D681PevKs'}]},{'role':'tool','tool_call_id':'D681PevKs','content':'1'}]
            """)
    void anAnswerSentBackIsAdapted(String provider, String messages, String expected) {
        var before = expected.replace("'arguments':'{'a':1}'", "'arguments':'{\\'a\\':1}'");
        assertThat(adapted(provider, messages)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"call_0a1b2c3d4e5f60718293a4b5c6d7e8f9", "toolu_01A09q90qw90lq917835lq9", "x", "chatcmpl-tool-ü"
            })
    void aLongIdOfACallIsShortenedAlikeInTheCallAndInItsResult(String id) {
        var messages = TestApp.parse(adapted("mistral", """
                        [{'role':'assistant','content':'','tool_calls':[{'id':'%1$s'},{'id':'other'}]},
                         {'role':'tool','tool_call_id':'%1$s','content':'1'}]
                        """.formatted(id)).replace('\'', '"'));
        var given = messages.at("/0/tool_calls/0/id").stringValue();
        assertThat(given).matches("[A-Za-z0-9]{9}");
        assertThat(messages.at("/1/tool_call_id").stringValue()).isEqualTo(given);
        assertThat(List.of(messages.at("/0/tool_calls/1/id").stringValue())).doesNotContain(given);
    }
}
