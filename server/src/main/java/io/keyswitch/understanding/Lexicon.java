package io.keyswitch.understanding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /**
     * What a text means.
     *
     * @param concepts of each form that the text has as an entry
     * @param number the digit it is the word for; null if for none
     * @param point whether it is the word for the point in a number
     */
    record Meaning(
            Map<Form, Set<Concept>> concepts, @Nullable Integer number, boolean point) {
        /** What it means in a form; null if it is no such entry. */
        @Nullable
        Set<Concept> as(Form form) {
            return concepts.get(form);
        }
    }

    /** What one entry says of a text. */
    private sealed interface Sense {
        /** @param accented whether the text is written as the entry is, not without its accents */
        record Word(Form form, boolean accented, Concept concept) implements Sense {}

        record Digit(int value) implements Sense {}

        record Point() implements Sense {}
    }

    private static final String COMPOUNDS = "compounds";
    private static final int MIN_FUZZY = 5;
    private static final int MIN_STEM = 2;

    private final WordGraph<Meaning> graph;
    private final boolean compounds;

    Lexicon(JsonNode file) {
        var builder = new WordGraph.Builder<Sense>();
        var forms = EnumSet.noneOf(Form.class);
        for (var concept : Concept.values()) {
            texts(file.path(concept.key())).forEach(text -> {
                var form = form(text);
                forms.add(form);
                add(builder, bare(text, form), form, concept);
            });
        }
        int digit = 0;
        for (var name : texts(file.path("numbers")).toList()) {
            builder.add(folded(name), new Sense.Digit(digit++));
        }
        texts(file.path("point")).forEach(name -> builder.add(folded(name), new Sense.Point()));
        graph = builder.build(Lexicon::meaning);
        compounds = file.path(COMPOUNDS).asBoolean(false) || forms.contains(Form.PREFIX) || forms.contains(Form.SUFFIX);
    }

    private static Form form(String entry) {
        if (entry.length() > 2 && entry.endsWith("*")) {
            return Form.STEM;
        }
        if (entry.length() > 1 && entry.endsWith("-")) {
            return Form.PREFIX;
        }
        return entry.length() > 1 && entry.startsWith("-") ? Form.SUFFIX : Form.WHOLE;
    }

    private static String bare(String entry, Form form) {
        return switch (form) {
            case WHOLE -> entry;
            case STEM, PREFIX -> entry.substring(0, entry.length() - 1);
            case SUFFIX -> entry.substring(1);
        };
    }

    private static Alternation folded(String entry) {
        return Alternation.parse(entry).map(Folded::letters);
    }

    /** People leave accents out, so every entry is one without them, too. */
    private static void add(WordGraph.Builder<Sense> builder, String text, Form form, Concept concept) {
        var entry = folded(text);
        builder.add(entry, new Sense.Word(form, true, concept));
        var without = entry.map(Folded::withoutAccents);
        if (!without.equals(entry)) {
            builder.add(without, new Sense.Word(form, false, concept));
        }
    }

    /** A word that is another without its accent keeps its own meaning. */
    private static Meaning meaning(List<Sense> senses) {
        var accented = new EnumMap<Form, Set<Concept>>(Form.class);
        var bare = new EnumMap<Form, Set<Concept>>(Form.class);
        Integer number = null;
        boolean point = false;
        for (var sense : senses) {
            switch (sense) {
                case Sense.Word(var form, boolean own, var concept) ->
                    (own ? accented : bare)
                            .computeIfAbsent(form, _ -> EnumSet.noneOf(Concept.class))
                            .add(concept);
                case Sense.Digit(int value) -> number = number == null ? Integer.valueOf(value) : number;
                case Sense.Point _ -> point = true;
            }
        }
        bare.putAll(accented);
        bare.replaceAll((_, concepts) -> Collections.unmodifiableSet(concepts));
        return new Meaning(Collections.unmodifiableMap(bare), number, point);
    }

    /** Every entry. */
    WordGraph<Meaning> words() {
        return graph;
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

    /** The entries of a list. */
    static Stream<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString);
    }

    /** Whether words are put together from entries. */
    boolean compounds() {
        return compounds;
    }

    /** What a word or phrase means as an entry, with what it means as a form of a stem; null if it is no entry. */
    @Nullable
    Set<Concept> word(String text) {
        var meaning = graph.find(text);
        var whole = meaning == null ? null : meaning.as(Form.WHOLE);
        if (whole == null || text.indexOf(' ') >= 0) {
            return whole;
        }
        var all = EnumSet.copyOf(whole);
        int node = graph.root();
        for (int i = 0; i < text.length(); i++) {
            node = graph.next(node, text.charAt(i));
            var begun = i + 1 < MIN_STEM ? null : graph.value(node);
            var stem = begun == null ? null : begun.as(Form.STEM);
            if (stem != null) {
                all.addAll(stem);
            }
        }
        return all;
    }

    /** The words whose slips of the fingers are mended, by their first letter: those that requests hang on. */
    Map<Character, Set<String>> mendable() {
        var hinges = EnumSet.of(Concept.CHANGE, Concept.MODEL, Concept.PROVIDER, Concept.DEFAULT, Concept.OTHER);
        var mendable = new TreeMap<Character, Set<String>>();
        graph.forEachWord((word, meaning) -> {
            var concepts = meaning.as(Form.WHOLE);
            if (word.length() >= MIN_FUZZY && concepts != null && !Collections.disjoint(concepts, hinges)) {
                mendable.computeIfAbsent(word.charAt(0), _ -> new TreeSet<>()).add(word);
            }
        });
        return mendable;
    }
}
