package io.keyswitch.understanding;

import io.keyswitch.language.Language;
import io.keyswitch.understanding.Phrase.Item;
import java.util.EnumSet;
import java.util.List;

/** An utterance as one language reads it. */
record InLanguage(Language language, List<Item> items, Segmenter.Cut cut) {
    /** How many of its words the language does not know. */
    int strange() {
        return strange(items);
    }

    static int strange(List<Item> items) {
        return (int) items.stream().filter(Item.Strange.class::isInstance).count();
    }

    /** Whether a word of it is of another matter. */
    boolean isOutside() {
        return isOutside(items);
    }

    static boolean isOutside(List<Item> items) {
        return items.stream()
                .anyMatch(item ->
                        item instanceof Item.Said(var concepts) && concepts.equals(EnumSet.of(Concept.OUTSIDE)));
    }

    /** Whether all words are known, and none is of another matter. */
    boolean isOfKnownWords() {
        return !items.isEmpty() && strange() == 0 && !isOutside();
    }

    /** Whether another language knows the words less well. English words are known to many. */
    boolean isBetterKnown(InLanguage other) {
        if (cut.mended() != other.cut.mended()) {
            return cut.mended() < other.cut.mended();
        }
        return cut.cost() < other.cut.cost() && language != Language.EN && other.language != Language.EN;
    }
}
