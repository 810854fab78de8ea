package io.keyswitch.understanding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The words of one language, from {@code resources/understanding}. Entries are whole words and phrases, {@code stem*},
 * {@code prefix-} and {@code -suffix}, with alternatives in parentheses. Immutable.
 */
final class Lexicon {
    /** How an entry stands in a word. */
    enum Form {
        WHOLE,
        STEM,
        PREFIX,
        SUFFIX
    }

    private static final String COMPOUNDS = "compounds";
    private static final int MIN_FUZZY = 5;
    private static final int MIN_STEM = 2;

    private final Map<Form, Map<String, EnumSet<Concept>>> entries = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Set<String> points;
    private final boolean compounds;
    private final SortedWords words;

    Lexicon(JsonNode file) {
        for (var form : Form.values()) {
            entries.put(form, new HashMap<>());
        }
        for (var concept : Concept.values()) {
            texts(file.path(concept.key())).forEach(text -> add(text, concept));
        }
        var digits = texts(file.path("numbers")).toList();
        for (int i = 0; i < digits.size(); i++) {
            numbers.put(Folded.of(digits.get(i)), i);
        }
        points = Set.copyOf(texts(file.path("point")).map(Folded::of).toList());
        compounds = file.path(COMPOUNDS).asBoolean(false)
                || !of(Form.PREFIX).isEmpty()
                || !of(Form.SUFFIX).isEmpty();
        addWithoutAccents();
        var all = new HashSet<String>();
        entries.values().forEach(one -> all.addAll(one.keySet()));
        all.addAll(numbers.keySet());
        all.addAll(points);
        words = new SortedWords(all);
    }

    /** Every entry. */
    SortedWords words() {
        return words;
    }

    static JsonNode file(String name) {
        var path = "/understanding/" + name + ".yaml";
        try (var in = Lexicon.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("no file " + path);
            }
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The entries of a list, one for each alternative. */
    static Stream<String> texts(JsonNode list) {
        return list.valueStream().flatMap(node -> Alternation.expand(node.asString()).stream());
    }

    private void add(String text, Concept concept) {
        var form = text.length() > 2 && text.endsWith("*")
                ? Form.STEM
                : text.length() > 1 && text.endsWith("-")
                        ? Form.PREFIX
                        : text.length() > 1 && text.startsWith("-") ? Form.SUFFIX : Form.WHOLE;
        var bare = Folded.of(
                switch (form) {
                    case WHOLE -> text;
                    case STEM, PREFIX -> text.substring(0, text.length() - 1);
                    case SUFFIX -> text.substring(1);
                });
        of(form).computeIfAbsent(bare, _ -> EnumSet.noneOf(Concept.class)).add(concept);
    }

    /** People leave accents out; a word that is another without its accent keeps its own meaning. */
    private void addWithoutAccents() {
        for (var form : Form.values()) {
            var bare = new HashMap<String, EnumSet<Concept>>();
            of(form).forEach((text, concepts) -> {
                var without = Folded.withoutAccents(text);
                if (!of(form).containsKey(without)) {
                    bare.computeIfAbsent(without, _ -> EnumSet.noneOf(Concept.class))
                            .addAll(concepts);
                }
            });
            of(form).putAll(bare);
        }
    }

    private Map<String, EnumSet<Concept>> of(Form form) {
        return Objects.requireNonNull(entries.get(form));
    }

    /** Whether words are put together from entries. */
    boolean compounds() {
        return compounds;
    }

    /** What a text means in a form; null if it is no such entry. */
    @Nullable
    Set<Concept> find(Form form, String text) {
        return of(form).get(text);
    }

    /** What a word or phrase means as an entry, with what it means as a form of a stem; null if it is no entry. */
    @Nullable
    Set<Concept> word(String text) {
        var whole = of(Form.WHOLE).get(text);
        if (whole == null || text.indexOf(' ') >= 0) {
            return whole;
        }
        var all = EnumSet.copyOf(whole);
        for (int end = MIN_STEM; end <= text.length(); end++) {
            var stem = of(Form.STEM).get(text.substring(0, end));
            if (stem != null) {
                all.addAll(stem);
            }
        }
        return all;
    }

    @Nullable
    Integer number(String word) {
        return numbers.get(word);
    }

    boolean isPoint(String word) {
        return points.contains(word);
    }

    /** The words whose slips of the fingers are mended, by their first letter: those that requests hang on. */
    Map<Character, List<String>> mendable() {
        var hinges = EnumSet.of(Concept.CHANGE, Concept.MODEL, Concept.PROVIDER, Concept.DEFAULT, Concept.OTHER);
        return of(Form.WHOLE).entrySet().stream()
                .filter(entry -> entry.getKey().length() >= MIN_FUZZY
                        && entry.getKey().indexOf(' ') < 0
                        && entry.getValue().stream().anyMatch(hinges::contains))
                .map(Map.Entry::getKey)
                .sorted()
                .collect(Collectors.groupingBy(word -> word.charAt(0)));
    }
}
