package io.keyswitch.understanding;

import static io.keyswitch.understanding.Concept.*;

import io.keyswitch.understanding.Phrase.Item;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the names in a message are wanted. Of the order of words, only what is beside a name or a negation counts.
 */
final class Wish {
    private static final Set<Concept> NEUTRAL = EnumSet.of(
            FILLER, POLITE, TO, MY, AI, ONLY, OTHER, REASON, CURRENT, MODEL, PROVIDER, SETTINGS, DEFAULT, OWN);

    private final List<Item> items;
    private final List<Mention> wanted = new ArrayList<>();
    private boolean negated;

    private Wish(List<Item> items) {
        this.items = items;
    }

    static Wish of(List<Item> items) {
        var wish = new Wish(items);
        wish.findWanted();
        return wish;
    }

    List<Mention> wanted() {
        return wanted;
    }

    /** Whether the message forbids what its verb says: "don't change". */
    boolean negated() {
        return negated;
    }

    /** Names beside "instead of", and behind "from", are not wanted; nor are those of a complaint. */
    private void findWanted() {
        for (int i = 0; i < items.size(); i++) {
            switch (items.get(i)) {
                case Item.Named(var mention) -> {
                    if (!isUnwanted(i)) {
                        wanted.add(mention);
                    }
                }
                case Item.Said item ->
                    negated |= (item.is(INSTEAD) && isBeforeVerb(i))
                            || (item.is(INSTEAD_AFTER) && !item.is(REASON) && isBehindVerb(i));
                case Item.Pause _, Item.Strange _ -> {}
            }
        }
        dropComplaints();
    }

    private boolean isUnwanted(int name) {
        var before = neighbour(name, -1);
        var after = neighbour(name, 1);
        if (before != null && only(before, INSTEAD)) {
            return true;
        }
        if (after != null && only(after, INSTEAD_AFTER)) {
            return true;
        }
        boolean another = items.stream().filter(Item.Named.class::isInstance).count() > 1;
        return another && ((before != null && only(before, FROM)) || (after != null && only(after, FROM_AFTER)));
    }

    private static boolean only(Item.Said item, Concept concept) {
        return item.is(concept) && item.concepts().stream().noneMatch(Rules.VERBS::contains);
    }

    /** The nearest word beside a name that adds more than a particle; null at the end of the clause. */
    private Item.@Nullable Said neighbour(int from, int step) {
        for (int i = from + step; i >= 0 && i < items.size(); i += step) {
            switch (items.get(i)) {
                case Item.Said item -> {
                    if (hasRelation(item)) {
                        return item;
                    }
                    if (!isNeutral(item)) {
                        return null;
                    }
                }
                case Item.Named _, Item.Pause _, Item.Strange _ -> {
                    return null;
                }
            }
        }
        return null;
    }

    private static boolean hasRelation(Item.Said item) {
        return item.is(INSTEAD) || item.is(INSTEAD_AFTER) || item.is(FROM) || item.is(FROM_AFTER) || item.is(TO);
    }

    private static boolean isNeutral(Item.Said item) {
        return NEUTRAL.containsAll(item.concepts());
    }

    /** "Don't change": the verb that a negation is for, past words that add nothing. */
    private boolean isBeforeVerb(int negation) {
        for (int i = negation + 1; i < items.size(); i++) {
            if (!(items.get(i) instanceof Item.Said item)) {
                return false;
            }
            if (item.is(CHANGE) || item.is(BACK) || item.is(DELETE) || item.is(UNDO) || item.is(RESET)) {
                return true;
            }
            if (!isNeutral(item)) {
                return false;
            }
        }
        return false;
    }

    private boolean isBehindVerb(int negation) {
        for (int i = negation - 1; i >= 0; i--) {
            if (!(items.get(i) instanceof Item.Said item)) {
                return false;
            }
            if (item.is(CHANGE) || item.is(BACK) || item.is(DELETE) || item.is(UNDO)) {
                return true;
            }
            if (!item.is(FILLER) && !item.is(POLITE)) {
                return false;
            }
        }
        return false;
    }

    /** "Groq is slow, use deepseek", "groq is slow, change the model": what a complaint names is not wanted. */
    private void dropComplaints() {
        var clauses = clauses(items);
        var active = new ArrayList<Mention>();
        boolean elsewhere = false;
        for (var clause : clauses) {
            boolean verb = clause.stream().anyMatch(Wish::isChangingVerb);
            boolean complaint = clause.stream()
                    .anyMatch(item -> item instanceof Item.Said word && (only(word, REASON) || only(word, INSTEAD)));
            elsewhere |= verb && clause.stream().anyMatch(Wish::isObject);
            if (verb || !complaint) {
                clause.forEach(item -> {
                    if (item instanceof Item.Named(var mention) && wanted.contains(mention)) {
                        active.add(mention);
                    }
                });
            }
        }
        if (active.size() < wanted.size() && (!active.isEmpty() || elsewhere)) {
            wanted.clear();
            wanted.addAll(active);
        }
    }

    private static boolean isChangingVerb(Item item) {
        return item instanceof Item.Said word && (word.is(CHANGE) || word.is(USE) || word.is(BACK));
    }

    private static boolean isObject(Item item) {
        return item instanceof Item.Said word && (word.is(MODEL) || word.is(PROVIDER));
    }

    /** Whether a word says no and nothing else. */
    static boolean isNegation(Item item) {
        return item instanceof Item.Said word && (only(word, INSTEAD) || only(word, INSTEAD_AFTER));
    }

    static List<List<Item>> clauses(List<Item> items) {
        var clauses = new ArrayList<List<Item>>();
        var clause = new ArrayList<Item>();
        for (var item : items) {
            if (item instanceof Item.Pause) {
                if (!clause.isEmpty()) {
                    clauses.add(List.copyOf(clause));
                    clause.clear();
                }
            } else {
                clause.add(item);
            }
        }
        if (!clause.isEmpty()) {
            clauses.add(List.copyOf(clause));
        }
        return clauses;
    }
}
