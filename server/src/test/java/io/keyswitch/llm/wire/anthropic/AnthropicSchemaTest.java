package io.keyswitch.llm.wire.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemas as Pydantic, Zod and others print them, as Claude's structured outputs take them. */
class AnthropicSchemaTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'type':'object','properties':{'a':{'type':'string'}}} | {'type':'object','properties':{'a':{'type':'string'}},'additionalProperties':false} | ^^
            {'type':'integer','minimum':1,'maximum':9} | {'type':'integer','description':'{minimum: 1, maximum: 9}'} | maximum, minimum
            {'type':'string','description':'A name.','maxLength':5,'pattern':'^^a'} | {'type':'string','description':'A name. {maxLength: 5, pattern: "^^a"}'} | maxLength, pattern
            {'type':'string','format':'date-time'} | {'type':'string','format':'date-time'} | ^^
            {'type':'string','format':'phone'} | {'type':'string','description':'{format: "phone"}'} | format
            {'type':'array','items':{'type':'number','multipleOf':2},'minItems':1} | {'type':'array','items':{'type':'number','description':'{multipleOf: 2}'},'minItems':1} | multipleOf
            {'type':'array','items':{'type':'string'},'minItems':2,'maxItems':3} | {'type':'array','items':{'type':'string'},'description':'{minItems: 2, maxItems: 3}'} | maxItems, minItems
            {'type':'object','properties':{},'additionalProperties':true} | {'type':'object','properties':{},'additionalProperties':false} | additionalProperties
            {'type':'object','properties':{},'additionalProperties':false} | {'type':'object','properties':{},'additionalProperties':false} | ^^
            {'type':['object','null'],'properties':{}} | {'type':['object','null'],'properties':{},'additionalProperties':false} | ^^
            {'oneOf':[{'type':'object','properties':{}},{'type':'null'}]} | {'anyOf':[{'type':'object','properties':{},'additionalProperties':false},{'type':'null'}]} | ^^
            {'$schema':'http://json-schema.org/draft-07/schema#','$ref':'#/$defs/A','$defs':{'A':{'type':'object','properties':{'n':{'type':'integer','exclusiveMinimum':0}}}}} | {'$ref':'#/$defs/A','$defs':{'A':{'type':'object','properties':{'n':{'type':'integer','description':'{exclusiveMinimum: 0}'}},'additionalProperties':false}}} | exclusiveMinimum
            {'type':'object','properties':{'minimum':{'type':'integer'}}} | {'type':'object','properties':{'minimum':{'type':'integer'}},'additionalProperties':false} | ^^
            true | true | ^^
            """)
    void aSchemaIsClosedAndItsOtherConstraintsAreDescribed(String schema, String strict, String lost) {
        var adapter = new AnthropicSchema();
        var adapted = adapter.strict(TestApp.parse(schema.replace('\'', '"').replace("^^", "^")));
        assertThat(adapted.toString().replace("\\\"", "''").replace('"', '\'').replace("''", "\""))
                .isEqualTo(strict.replace("^^", "^"));
        assertThat(String.join(", ", adapter.lost())).isEqualTo(lost);
    }
}
