package io.keyswitch.understanding;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The short answers to the flow's questions, of all languages together. Immutable once all are added. */
final class Answers {
    /** Answers are short; whatever is longer says something else. */
    private static final int MAX_LENGTH = 80;

    private static final Pattern CLAUSES = Pattern.compile("[,.;!?、。，！？؟،।]+\\s*");

    private final Map<String, EnumSet<FixedAnswer>> texts = new HashMap<>();
    private final Map<String, Integer> ordinals = new HashMap<>();
    private final Set<String> courtesies = new HashSet<>();
    /** "No, my key" is an answer with a courtesy before it; "no mi clave" is not. */
    private final Set<String> negations = new HashSet<>();

    /** Adds a language's {@code answers} and the polite words that may stand around them. */
    void add(JsonNode language) {
        var file = language.path("answers");
        for (var answer : FixedAnswer.values()) {
            Lexicon.texts(file.path(answer.name().toLowerCase(Locale.ROOT)))
                    .forEach(text -> spellings(text)
                            .forEach(spelling -> texts.computeIfAbsent(spelling, _ -> EnumSet.noneOf(FixedAnswer.class))
                                    .add(answer)));
        }
        int place = 1;
        for (var names : file.path("ordinals")) {
            addOrdinal(names, place++);
        }
        addOrdinal(file.path("last"), -1);
        addAll(language.path(Concept.POLITE.key()), courtesies);
        addAll(language.path(Concept.INSTEAD.key()), negations);
        addAll(language.path(Concept.INSTEAD_AFTER.key()), negations);
    }

    private static void addAll(JsonNode words, Set<String> all) {
        Lexicon.texts(words).forEach(word -> all.addAll(spellings(word)));
    }

    private void addOrdinal(JsonNode names, int place) {
        Lexicon.texts(names)
                .forEach(name -> spellings(name).forEach(spelling -> ordinals.putIfAbsent(spelling, place)));
    }

    private static Set<String> spellings(String text) {
        var bare = bare(text);
        return bare.equals(Folded.withoutAccents(bare)) ? Set.of(bare) : Set.of(bare, Folded.withoutAccents(bare));
    }

    /** A text without punctuation. */
    private static String bare(String text) {
        var folded = Folded.of(text);
        var words = folded.replaceAll("[^\\p{L}\\p{M}\\p{N}']+", " ").strip();
        return words.isEmpty() ? folded : words;
    }

    /** What a message may mean as an answer; empty if it is none. */
    Set<FixedAnswer> meanings(String message) {
        if (message.length() > MAX_LENGTH) {
            return Set.of();
        }
        var whole = find(message);
        return whole.isEmpty() ? common(CLAUSES.split(message)) : whole;
    }

    private Set<FixedAnswer> find(String text) {
        return withoutCourtesies(bare(text))
                .flatMap(rest -> Stream.ofNullable(texts.get(rest)))
                .findFirst()
                .orElse(EnumSet.noneOf(FixedAnswer.class));
    }

    /** What all clauses mean: "stop, I changed my mind". */
    private Set<FixedAnswer> common(String[] clauses) {
        var common = EnumSet.allOf(FixedAnswer.class);
        for (var clause : clauses) {
            if (!courtesies.contains(bare(clause))) {
                common.retainAll(find(clause));
            }
        }
        return clauses.length < 2 || common.size() == FixedAnswer.values().length ? Set.of() : common;
    }

    /** The place in a list that a message names, from 1; 0 if it names none, -1 for the last. */
    int ordinal(String message) {
        if (message.length() > MAX_LENGTH) {
            return 0;
        }
        return withoutCourtesies(bare(message))
                .flatMap(rest -> Stream.ofNullable(ordinals.get(rest)))
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
        var words = text.substring(start, end).strip();
        return courtesies.contains(words) && !negations.contains(words);
    }

    private static boolean isBetweenWords(String text, int at) {
        return text.charAt(at) == ' ' || Text.isWithoutBlanks(text.codePointAt(at));
    }
}
