package io.keyswitch.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.language.Language;
import io.keyswitch.testing.TestData;
import io.keyswitch.understanding.Sample.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How many labelled sentences are understood; the tables of docs/understanding.md. */
class UnderstoodSentencesTest {
    private static final Path DOCS = Path.of("docs/understanding.md");
    private static final Path REPORT = Path.of("target/keyswitch/understanding.md");

    @Test
    void ownSentencesOfEveryLanguageAreUnderstood() throws IOException {
        var sentences = new ArrayList<Sample>();
        for (var language : Language.values()) {
            sentences.addAll(Sample.own(language.code()));
        }
        var byLanguage = tally(sentences, Sample::language);
        print(byLanguage);
        var table = crossed(sentences);
        System.out.println(table);
        check(byLanguage);
        assertThat(Files.readString(DOCS)).as("docs/understanding.md").contains(table);
    }

    /** A row per language and a column per intent: how many sentences were read as labelled, of how many. */
    private static String crossed(List<Sample> sentences) {
        var intents = new TreeSet<>(sentences.stream().map(Sample::intent).toList());
        var rows = new ArrayList<String>();
        rows.add("| language | " + String.join(" | ", intents) + " |");
        rows.add("|---|" + "--:|".repeat(intents.size()));
        sentences.stream()
                .collect(Collectors.groupingBy(Sample::language, TreeMap::new, Collectors.toList()))
                .forEach((language, ofLanguage) -> {
                    var tallies = tally(ofLanguage, Sample::intent);
                    rows.add("| " + language + " | "
                            + intents.stream()
                                    .map(intent -> tallies.getOrDefault(intent, new Tally())
                                            .cell())
                                    .collect(Collectors.joining(" | "))
                            + " |");
                });
        return String.join("\n", rows) + "\n";
    }

    /** The table of docs/understanding.md. */
    @Test
    void sharedSentencesOfEveryLanguageAreUnderstood() throws IOException {
        var sentences = Sample.shared(TestData.path("conversation/sentences.jsonl"));
        var byLanguage = tally(sentences, Sample::language);
        print(byLanguage);
        var table = table("language", byLanguage) + "\n" + table("intent", tally(sentences, Sample::intent));
        Files.createDirectories(REPORT.getParent());
        Files.writeString(REPORT, table);
        check(byLanguage);
        assertThat(Files.readString(DOCS))
                .as("docs/understanding.md holds " + REPORT)
                .contains(table);
    }

    private static Map<String, Tally> tally(List<Sample> samples, Function<Sample, String> by) {
        var tallies = new TreeMap<String, Tally>();
        samples.forEach(sample ->
                tallies.computeIfAbsent(by.apply(sample), _ -> new Tally()).count(sample));
        return tallies;
    }

    private static void check(Map<String, Tally> tallies) {
        var all = new Tally();
        tallies.values().forEach(all::add);
        assertThat(all.falseStarts).as(String.join("\n", all.misread)).isZero();
        assertThat(all.acted + all.offered).isGreaterThanOrEqualTo(97 * all.requests / 100);
        tallies.forEach((language, tally) -> assertThat(tally.acted)
                .as("%s: %s%n%s", language, tally, String.join("\n", tally.misread))
                .isGreaterThanOrEqualTo(90 * tally.requests / 100));
    }

    private static String table(String kind, Map<String, Tally> tallies) {
        var rows = new ArrayList<String>();
        rows.add("| %s | requests | acted on | offered | missed | for the model | false starts | suggestions |"
                .formatted(kind));
        rows.add("|---|--:|--:|--:|--:|--:|--:|--:|");
        tallies.forEach((name, tally) -> rows.add(tally.row(name)));
        return String.join("\n", rows) + "\n";
    }

    private static void print(Map<String, Tally> tallies) {
        System.out.println(table("language", tallies));
        tallies.forEach(
                (language, tally) -> tally.misread.forEach(line -> System.out.println("  " + language + " " + line)));
    }
}
