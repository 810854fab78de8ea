package io.keyswitch.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirestoreDocumentsTest {
    private boolean pageMissing;

    private static String named(String user) {
        return "{\"name\": \"projects/p/databases/(default)/documents/users/" + user + "/settings/llm\","
                + " \"fields\": {\"provider\": {\"stringValue\": \"groq\"}}}";
    }

    /** The users of the documents, or the places of what is none. */
    private List<String> read(String file) throws IOException {
        var found = new ArrayList<String>();
        pageMissing = FirestoreDocuments.read(
                new BufferedReader(new StringReader(file)),
                (place, document) -> found.add(document == null ? place : String.valueOf(document.user())));
        return found;
    }

    /** A is the document of the user a, and so on; § is the end of a line. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            A§B                                       | [a, b]
            A§§B§                                     | [a, b]
            [A, B]                                    | [a, b]
            [§A,§B§]                                  | [a, b]
            [{"document": A}, {"document": B}]        | [a, b]
            {"documents": [A, B]}                     | [a, b]
            {§"documents": [§A,§B§]§}                 | [a, b]
            {"documents": [A]}§{"documents": [B]}     | [a, b]
            [{"documents": [A]}, {"documents": [B]}]  | [a, b]
            [{"readTime": "t"}]                       | []
            [{"document": A, "readTime": "t"},§{"readTime": "t", "skippedResults": 1, "done": true}] | [a]
            {}                                        | []
            {"documents": []}                         | []
            A§nonsense§B                              | [a, line 2, b]
            A§7§B                                     | [a, line 2, b]
            nonsense§A§B                              | [line 1, a, b]
            {"uid": "c", "prov§A                      | [line 1, a]
            [§A§]                                     | [a]
            {"documents": [§A§]}                      | [a]
            [A,§7,§B]                                 | [a, line 2, b]
            [A,§{]                                    | [a, line 2 and everything behind it]
            [A,§B C,§D]                               | [a, b, line 2 and everything behind it]
            §§A§B                                     | [a, b]
            {"provider": "groq"}                      | [null]
            # what a user has written into a document makes no page of it
            {"uid": "mallory", "documents": [A]}      | [mallory]
            {"documents": [A], "uid": "mallory"}      | [mallory]
            {"uid": "mallory", "nextPageToken": "t"}  | [mallory]
            [{"documents": [A], "uid": "mallory"}, B] | [mallory, b]
            A§{"documents": [B], "uid": "mallory"}    | [a, mallory]
            [§{"documents":§[A],§"uid": "mallory"},§B]| [mallory, b]
            """)
    void documentsAreFoundInEveryShape(String file, String expected) throws IOException {
        var text = file.replace('§', '\n').replaceAll("\\bA\\b", named("a")).replaceAll("\\bB\\b", named("b"));
        assertThat(read(text)).hasToString(expected);
    }

    @Test
    void aFileIsOfAnyLength() throws IOException {
        int users = 20_000;
        var documents = IntStream.range(0, users).mapToObj(i -> named("u" + i)).collect(Collectors.joining(",\n"));
        assertThat(read("[\n" + documents + "\n]")).hasSize(users).endsWith("u19999");
        assertThat(read("{\"documents\": [" + documents + "]}")).hasSize(users);
    }

    @Test
    void theLastPageSaysWhetherDocumentsAreMissing() throws IOException {
        var first = "{\"documents\": [" + named("a") + "], \"nextPageToken\": \"t\"}\n";
        read(first);
        assertThat(pageMissing).isTrue();
        read(first + "{\"documents\": [" + named("b") + "]}");
        assertThat(pageMissing).isFalse();
        read(first + "{}");
        assertThat(pageMissing).isFalse();
        assertThat(read("{\"nextPageToken\": \"t\"}")).isEmpty();
        assertThat(pageMissing).isTrue();
    }
}
