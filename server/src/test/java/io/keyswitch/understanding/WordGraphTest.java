package io.keyswitch.understanding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyswitch.language.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordGraphTest {
    private static WordGraph<List<String>> graph(Map<String, String> entries) {
        var builder = new WordGraph.Builder<String>();
        entries.forEach((entry, sense) -> builder.add(Alternation.parse(entry), sense));
        return builder.build(List::copyOf);
    }

    private static Set<String> phrases(WordGraph<?> graph, String letters) {
        var phrases = new TreeSet<String>();
        collect(graph, graph.root(), "", letters, phrases);
        return phrases;
    }

    private static void collect(WordGraph<?> graph, int node, String phrase, String letters, Set<String> phrases) {
        if (graph.value(node) != null) {
            phrases.add(phrase);
        }
        letters.chars()
                .filter(letter -> graph.next(node, (char) letter) != WordGraph.NONE)
                .forEach(letter ->
                        collect(graph, graph.next(node, (char) letter), phrase + (char) letter, letters, phrases));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            ab;                ab
            (ab|c) de;         ab de, c de
            (a|b) (c|d);       a c, a d, b c, b d
            a(b|(c|d))|;       ab|, ac|, ad|
            (a(b|(c|d))|e)f;   abf, acf, adf, ef
            (a|a|ab)(bc|c);    abc, abbc, ac
            """)
    void everyAlternativeIsAPhrase(String entry, String phrases) {
        assertThat(phrases(graph(Map.of(entry, "x")), "abcdef| ")).containsExactlyInAnyOrder(phrases.split(", ", -1));
    }

    @Test
    void anOmittedPartLeavesOneBlank() {
        assertThat(phrases(graph(Map.of("(a |)b (c|) d (e|)", "x")), "abcde "))
                .containsExactlyInAnyOrder(
                        "a b c d e", "a b c d", "b c d e", "b c d", "a b d e", "a b d", "b d e", "b d");
    }

    @Test
    void aPhraseOfSeveralEntriesHasTheSensesOfAll() {
        var entries = new LinkedHashMap<String, String>();
        entries.put("ab(c|d)", "first");
        entries.put("(a|x)bc", "second");
        var graph = graph(entries);
        assertThat(graph.find("abc")).containsExactly("first", "second");
        assertThat(graph.find("abd")).containsExactly("first");
        assertThat(graph.find("xbc")).containsExactly("second");
        assertThat(graph.find("ab")).isNull();
        assertThat(graph.find("abcd")).isNull();
    }

    /** Whatever the entries are, the graph has exactly the phrases that spelling them out gives. */
    @Test
    void theGraphHasThePhrasesThatSpellingOutGives() {
        var random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            var entries = new HashMap<String, String>();
            var expected = new HashMap<String, Set<String>>();
            for (int i = 0; i <= random.nextInt(4); i++) {
                var entry = new StringBuilder();
                var spelled = entry(random, 3, entry);
                var sense = "sense " + i;
                entries.putIfAbsent(entry.toString(), sense);
                if (entries.get(entry.toString()).equals(sense)) {
                    spelled.stream()
                            .map(phrase -> phrase.replaceAll(" +", " ").strip())
                            .filter(phrase -> !phrase.isEmpty())
                            .forEach(phrase -> expected.computeIfAbsent(phrase, _ -> new TreeSet<>())
                                    .add(sense));
                }
            }
            var graph = graph(entries);
            assertThat(phrases(graph, "ab ")).as(entries.toString()).isEqualTo(new TreeSet<>(expected.keySet()));
            expected.forEach((phrase, senses) -> assertThat(graph.find(phrase))
                    .as(phrase + " of " + entries)
                    .containsExactlyInAnyOrderElementsOf(senses));
        }
    }

    /** Writes a random entry, and gives what it stands for. */
    private static List<String> entry(Random random, int depth, StringBuilder entry) {
        var phrases = List.of("");
        for (int part = random.nextInt(4); part >= 0; part--) {
            List<String> next = new ArrayList<>();
            if (depth == 0 || random.nextInt(3) > 0) {
                var text = List.of("a", "b", " ", "ab", "a b").get(random.nextInt(5));
                entry.append(text);
                next.add(text);
            } else {
                entry.append('(');
                for (int i = random.nextInt(3); i >= 0; i--) {
                    next.addAll(random.nextInt(4) == 0 ? List.of("") : entry(random, depth - 1, entry));
                    entry.append(i == 0 ? ')' : '|');
                }
            }
            var before = phrases;
            phrases = before.stream()
                    .flatMap(start -> next.stream().map(start::concat))
                    .toList();
        }
        return phrases;
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            model;    madel
            modl;     model
            moddel;   model
            mdoel;    model
            models;   model
            mode;     model
            odel;     ''
            mdl;      ''
            changs;   change
            chang;    change
            """)
    void aSlipOfTheFingersIsNearToItsWord(String word, String near) {
        var graph = graph(Map.of("m(o|a)del", "x", "change (me|us)", "y", "change", "z"));
        assertThat(graph.near(word).keySet().stream().findFirst().orElse("")).isEqualTo(near);
    }

    @Test
    void alternativesTakeTheRoomOfTheirText() {
        var group = "("
                + String.join(
                        "|",
                        Stream.iterate(100, i -> i + 1)
                                .limit(100)
                                .map(String::valueOf)
                                .toList()) + ")";
        var graph = graph(Map.of(String.join(" ", List.of(group, group, group, group)), "x"));
        assertThat(graph.find("100 150 199 123")).isNotNull();
        assertThat(graph.bytes()).isLessThan(group.length() * 4 * Character.BYTES);
    }

    /** Every server keeps all lexicons in memory. */
    @Test
    void theLexiconsOfAllLanguagesAreSmall() {
        var sizes = new TreeMap<Language, Integer>();
        Lexicons.builtIn()
                .byLanguage()
                .forEach((language, lexicon) ->
                        sizes.put(language, lexicon.words().bytes()));
        assertThat(sizes.values().stream().mapToInt(Integer::intValue).sum())
                .as(sizes.toString())
                .isLessThan(5_000_000);
    }

    @Test
    void unbalancedParenthesesAreReported() {
        assertThatThrownBy(() -> Alternation.parse("(change|passe de modèle"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(change|passe de modèle");
    }
}
