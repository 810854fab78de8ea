package io.keyswitch.understanding;

import io.keyswitch.provider.Provider;
import java.util.Set;

/** A piece of a message and what it can mean. */
sealed interface Tag {
    int start();

    int end();

    /** A word or phrase of the lexicon. */
    record Word(int start, int end, Set<Concept> concepts) implements Tag {
        boolean is(Concept concept) {
            return concepts.contains(concept);
        }
    }

    /**
     * A provider's name.
     *
     * @param guessed whether it is misspelt
     */
    record Name(int start, int end, Provider provider, boolean guessed) implements Tag {}

    /** The name of a provider that is not offered here. */
    record Elsewhere(int start, int end) implements Tag {}

    /** A word of model names, such as "opus" or "mini", as it is written in ids. */
    record Part(int start, int end, String canonical) implements Tag {}

    /** A number as in a model's name: "5.5", "4o", "70b", "five point five". */
    record Version(int start, int end, String text) implements Tag {}

    /** A model's id, or what is written like one. */
    record Id(int start, int end, String text) implements Tag {}

    /** The end of a clause. */
    record Break(int start, int end) implements Tag {}

    /** What no lexicon knows. */
    record Unknown(int start, int end) implements Tag {}
}
