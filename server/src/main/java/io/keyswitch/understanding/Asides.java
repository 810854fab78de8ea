package io.keyswitch.understanding;

import static io.keyswitch.understanding.Concept.*;

import io.keyswitch.understanding.Phrase.Item;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a message says beside its request: why it asks, and what is to be done afterwards. */
final class Asides {
    private static final Set<Concept> NARROWING = EnumSet.of(KEY, OWN, APP, DEFAULT, ONLY, THIS_CHAT, EVERYWHERE);

    private Asides() {}

    /** The message without reasons: from a word like "because" to the end of its clause. */
    static List<Item> withoutReasons(List<Item> items) {
        return parted(items, false);
    }

    static List<Item> reasons(List<Item> items) {
        return parted(items, true);
    }

    private static List<Item> parted(List<Item> items, boolean reasons) {
        var kept = new ArrayList<Item>();
        boolean reason = false;
        for (var item : items) {
            reason = Negations.is(item, BECAUSE) || (reason && !(item instanceof Item.Pause));
            if (reason == reasons) {
                kept.add(item);
            }
        }
        return kept;
    }

    /** Whether part of a reason may say what is to be changed, and where: "because this fails, but only in this chat". */
    static boolean mayNarrow(Item item) {
        return item instanceof Item.Named || Negations.isAny(item, NARROWING);
    }

    /** What is to be done first: "switch to claude and then …". All of it if nothing is to follow. */
    static List<Item> beforeNext(List<Item> items) {
        return items.stream().takeWhile(item -> !Negations.is(item, THEN)).toList();
    }

    /** The message with the words that join its parts as words that add nothing. */
    static List<Item> joined(List<Item> items) {
        return items.stream().map(Asides::withoutJoint).toList();
    }

    private static Item withoutJoint(Item item) {
        if (!Negations.is(item, BECAUSE) && !Negations.is(item, THEN)) {
            return item;
        }
        var concepts = EnumSet.copyOf(((Item.Said) item).concepts());
        concepts.remove(BECAUSE);
        concepts.remove(THEN);
        return new Item.Said(concepts.isEmpty() ? EnumSet.of(FILLER) : concepts);
    }
}
