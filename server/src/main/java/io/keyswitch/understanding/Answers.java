package io.keyswitch.understanding;

import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The short answers to the flow's questions, of all languages together. Immutable once all are added. */
final class Answers {
    /** Answers are short; whatever is longer says something else. */
    private static final int MAX_LENGTH = 80;

    private static final Pattern CLAUSES = Pattern.compile("[,.;!?、。，！？؟،।]+\\s*");

    private final Map<String, EnumSet<FixedAnswer>> texts = new HashMap<>();
    private final Map<String, Integer> ordinals = new HashMap<>();
    private final Set<String> courtesies = new HashSet<>();

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
        Lexicon.texts(language.path(Concept.POLITE.key())).forEach(word -> courtesies.addAll(spellings(word)));
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
        var bare = bare(text);
        var meanings = texts.get(bare);
        return meanings == null
                ? texts.getOrDefault(withoutCourtesy(bare), EnumSet.noneOf(FixedAnswer.class))
                : meanings;
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
        var bare = bare(message);
        int place = ordinals.getOrDefault(bare, 0);
        return place == 0 ? ordinals.getOrDefault(withoutCourtesy(bare), 0) : place;
    }

    /** Without the polite words at both ends; as it is if nothing else would be left. */
    private String withoutCourtesy(String bare) {
        var words = new ArrayDeque<>(List.of(bare.split(" ", -1)));
        while (words.size() > 1 && courtesies.contains(words.getFirst())) {
            words.removeFirst();
        }
        while (words.size() > 1 && courtesies.contains(words.getLast())) {
            words.removeLast();
        }
        return String.join(" ", words);
    }
}
