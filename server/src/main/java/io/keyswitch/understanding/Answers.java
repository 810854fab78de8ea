package io.keyswitch.understanding;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The short answers to the flow's questions, of all languages together. Immutable. */
final class Answers {
    /** Answers are short; whatever is longer says something else. */
    private static final int MAX_LENGTH = 80;

    private static final Pattern PUNCTUATION = Pattern.compile("[^\\p{L}\\p{M}\\p{N}']");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}']");
    private static final Pattern CLAUSES = Pattern.compile("[,.;!?、。，！？؟،।]+\\s*");

    /** The meaning of a text as an answer. */
    private record Meaning(Set<FixedAnswer> answers, int ordinal, boolean courtesy, boolean negation) {}

    /** One of the meanings of a text. */
    private sealed interface Sense {
        record Fixed(FixedAnswer answer) implements Sense {}

        /** @param place from 1, or -1 for the last; of several, the first counts */
        record Ordinal(int place) implements Sense {}

        record Courtesy() implements Sense {}

        /** "No, my key" is an answer with a courtesy before it; "no mi clave" is not. */
        record Negation() implements Sense {}
    }

    private final WordGraph<Meaning> graph;

    private Answers(WordGraph<Meaning> graph) {
        this.graph = graph;
    }

    /** @param languages the {@code answers} of each language, and the polite words that may stand around them */
    static Answers parse(List<JsonNode> languages) {
        var builder = new WordGraph.Builder<Sense>();
        languages.forEach(language -> add(builder, language));
        return new Answers(builder.build(Answers::meaning));
    }

    /** Writes it as {@link #read} reads it. */
    void write(DataOutputStream out) throws IOException {
        graph.write(out, Answers::write);
    }

    static Answers read(ByteBuffer in) {
        return new Answers(WordGraph.read(in, Answers::readMeaning));
    }

    private static void write(Meaning meaning, DataOutputStream out) throws IOException {
        EnumNames.write(meaning.answers(), out);
        out.writeByte(meaning.ordinal());
        out.writeBoolean(meaning.courtesy());
        out.writeBoolean(meaning.negation());
    }

    private static Meaning readMeaning(ByteBuffer in) {
        return new Meaning(EnumNames.read(in, FixedAnswer.class), in.get(), in.get() != 0, in.get() != 0);
    }

    private static void add(WordGraph.Builder<Sense> builder, JsonNode language) {
        var file = language.path("answers");
        for (var answer : FixedAnswer.values()) {
            addAll(builder, file.path(answer.name().toLowerCase(Locale.ROOT)), new Sense.Fixed(answer));
        }
        int place = 1;
        for (var names : file.path("ordinals")) {
            addAll(builder, names, new Sense.Ordinal(place++));
        }
        addAll(builder, file.path("last"), new Sense.Ordinal(-1));
        addAll(builder, language.path(Concept.POLITE.key()), new Sense.Courtesy());
        addAll(builder, language.path(Concept.INSTEAD.key()), new Sense.Negation());
        addAll(builder, language.path(Concept.INSTEAD_AFTER.key()), new Sense.Negation());
    }

    private static void addAll(WordGraph.Builder<Sense> builder, JsonNode texts, Sense sense) {
        Lexicon.texts(texts).forEach(text -> {
            var entry = Alternation.parse(text).map(Folded::letters);
            var bare = WORD.matcher(text).find() ? entry.map(Answers::withoutPunctuation) : entry;
            builder.add(bare, sense);
            builder.add(bare.map(Folded::withoutAccents), sense);
        });
    }

    private static Meaning meaning(List<Sense> senses) {
        var answers = EnumSet.noneOf(FixedAnswer.class);
        int ordinal = 0;
        for (var sense : senses) {
            switch (sense) {
                case Sense.Fixed(var answer) -> answers.add(answer);
                case Sense.Ordinal(int place) -> ordinal = ordinal == 0 ? place : ordinal;
                case Sense.Courtesy _, Sense.Negation _ -> {}
            }
        }
        return new Meaning(
                Collections.unmodifiableSet(answers),
                ordinal,
                senses.contains(new Sense.Courtesy()),
                senses.contains(new Sense.Negation()));
    }

    /** A text without punctuation. */
    private static String bare(String text) {
        var folded = Folded.of(text);
        var words = withoutPunctuation(folded).replaceAll(" +", " ").strip();
        return words.isEmpty() ? folded : words;
    }

    private static String withoutPunctuation(String folded) {
        return PUNCTUATION.matcher(folded).replaceAll(" ");
    }

    /** What a message may mean as an answer; empty if it is none. */
    Set<FixedAnswer> meanings(String message) {
        if (message.length() > MAX_LENGTH) {
            return Set.of();
        }
        var whole = find(message);
        return whole.isEmpty() ? common(CLAUSES.split(message)) : whole;
    }

    /** Whether a word says no, if it does not say more. */
    boolean denies(String word) {
        var meaning = graph.find(bare(word));
        return meaning != null && meaning.answers().contains(FixedAnswer.NO);
    }

    private Set<FixedAnswer> find(String text) {
        return withoutCourtesies(bare(text))
                .flatMap(rest -> Stream.ofNullable(graph.find(rest)))
                .map(Meaning::answers)
                .filter(answers -> !answers.isEmpty())
                .findFirst()
                .orElse(Set.of());
    }

    /** What all clauses mean: "stop, I changed my mind". */
    private Set<FixedAnswer> common(String[] clauses) {
        var common = EnumSet.allOf(FixedAnswer.class);
        for (var clause : clauses) {
            var meaning = graph.find(bare(clause));
            if (meaning == null || !meaning.courtesy()) {
                common.retainAll(meant(clause));
            }
        }
        return clauses.length < 2 || common.size() == FixedAnswer.values().length ? Set.of() : common;
    }

    /** What a clause means: “no” with a word for cancelling cancels. */
    private Set<FixedAnswer> meant(String clause) {
        var meant = find(clause);
        return meant.contains(FixedAnswer.NO)
                ? EnumSet.of(FixedAnswer.CANCEL, meant.toArray(FixedAnswer[]::new))
                : meant;
    }

    /** The place in a list that a message names, from 1; 0 if it names none, -1 for the last. */
    int ordinal(String message) {
        if (message.length() > MAX_LENGTH) {
            return 0;
        }
        return withoutCourtesies(bare(message))
                .flatMap(rest -> Stream.ofNullable(graph.find(rest)))
                .map(Meaning::ordinal)
                .filter(place -> place != 0)
                .findFirst()
                .orElse(0);
    }

    /** A text as it is, then without the polite words and phrases at its ends, the fewest first. */
    private Stream<String> withoutCourtesies(String bare) {
        var starts = starts(bare);
        var ends = ends(bare);
        return starts.stream()
                .flatMap(start -> ends.stream()
                        .filter(end -> start < end)
                        .map(end -> bare.substring(start, end).strip()));
    }

    /** The places behind one, two and more courtesies that a text begins with, after its own start. */
    private List<Integer> starts(String text) {
        var starts = new ArrayList<>(List.of(0));
        for (int end = text.length() - 1; end > starts.getLast(); end--) {
            if (isCourtesy(text, starts.getLast(), end)) {
                starts.add(end);
                end = text.length();
            }
        }
        return starts;
    }

    /** The places before one, two and more courtesies that a text ends with, after its own end. */
    private List<Integer> ends(String text) {
        var ends = new ArrayList<>(List.of(text.length()));
        for (int start = 1; start < ends.getLast(); start++) {
            if (isCourtesy(text, start, ends.getLast())) {
                ends.add(start);
                start = 0;
            }
        }
        return ends;
    }

    private boolean isCourtesy(String text, int start, int end) {
        if ((start > 0 && !isBetweenWords(text, start)) || (end < text.length() && !isBetweenWords(text, end))) {
            return false;
        }
        var meaning = graph.find(text.substring(start, end).strip());
        return meaning != null && meaning.courtesy() && !meaning.negation();
    }

    private static boolean isBetweenWords(String text, int at) {
        return text.charAt(at) == ' ' || Text.isWithoutBlanks(text.codePointAt(at));
    }
}
