package io.keyswitch.understanding;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The words of one language, from {@code src/main/lexicons}. Entries are whole words and phrases, {@code stem*},
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
        /** What it means in a form; null if it has no meaning in that form. */
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
    private static final int NO_NUMBER = -1;

    private static final Set<Concept> HINGES =
            EnumSet.of(Concept.CHANGE, Concept.MODEL, Concept.PROVIDER, Concept.DEFAULT, Concept.OTHER);

    private final WordGraph<Meaning> graph;
    private final boolean compounds;

    private Lexicon(WordGraph<Meaning> graph, boolean compounds) {
        this.graph = graph;
        this.compounds = compounds;
    }

    /** @throws IllegalArgumentException if an entry cannot be read */
    static Lexicon parse(JsonNode file) {
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
        boolean compounds =
                file.path(COMPOUNDS).asBoolean(false) || forms.contains(Form.PREFIX) || forms.contains(Form.SUFFIX);
        return new Lexicon(builder.build(Lexicon::meaning), compounds);
    }

    /** Writes it as {@link #read} reads it. */
    void write(DataOutputStream out) throws IOException {
        out.writeBoolean(compounds);
        graph.write(out, Lexicon::write);
    }

    static Lexicon read(ByteBuffer in) {
        boolean compounds = in.get() != 0;
        return new Lexicon(WordGraph.read(in, Lexicon::readMeaning), compounds);
    }

    private static void write(Meaning meaning, DataOutputStream out) throws IOException {
        for (var form : Form.values()) {
            EnumNames.write(Objects.requireNonNullElse(meaning.as(form), Set.of()), out);
        }
        out.writeByte(meaning.number() == null ? NO_NUMBER : meaning.number());
        out.writeBoolean(meaning.point());
    }

    private static Meaning readMeaning(ByteBuffer in) {
        var concepts = new EnumMap<Form, Set<Concept>>(Form.class);
        for (var form : Form.values()) {
            var all = EnumNames.read(in, Concept.class);
            if (!all.isEmpty()) {
                concepts.put(form, all);
            }
        }
        int number = in.get();
        return new Meaning(
                Collections.unmodifiableMap(concepts),
                number == NO_NUMBER ? null : Integer.valueOf(number),
                in.get() != 0);
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

    /** What a misspelt word means: only words that requests hang on are mended. Null if it is near to none. */
    @Nullable
    Set<Concept> mended(String word) {
        return graph.near(word).entrySet().stream()
                .filter(entry -> entry.getKey().length() >= MIN_FUZZY && isHinge(entry.getValue()))
                .map(entry -> word(entry.getKey()))
                .findFirst()
                .orElse(null);
    }

    private static boolean isHinge(Meaning meaning) {
        var concepts = meaning.as(Form.WHOLE);
        return concepts != null && !Collections.disjoint(concepts, HINGES);
    }
}
