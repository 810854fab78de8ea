package io.keyswitch.understanding;

import static io.keyswitch.understanding.Concept.*;

import io.keyswitch.understanding.Phrase.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What the negations of a message are for: a name beside them, or else a verb of their clause. Languages differ in where a negation
 * stands, so words between it and its verb do not matter.
 */
final class Negations {
    private static final Set<Concept> NEUTRAL = EnumSet.of(
            FILLER, POLITE, SAID, TO, MY, AI, YOU, ONLY, OTHER, REASON, CURRENT, MODEL, PROVIDER, SETTINGS, DEFAULT,
            OWN, STORED);
    private static final Set<Concept> FORBIDDABLE =
            EnumSet.of(CHANGE, USE, UNDO, BACK, RESET, DELETE, UPDATE, ADD, SHOW);
    /** "I don't know how to change it" forbids nothing. */
    private static final Set<Concept> QUESTIONS = EnumSet.of(WHICH, WHOSE, HOW);

    private static final Set<Concept> OBJECTS = EnumSet.of(MODEL, PROVIDER, AI, SETTINGS, OTHER, DEFAULT, OWN);

    private Negations() {}

    /** The clauses of a message that forbid what they say. */
    static List<List<Item>> forbidden(List<List<Item>> clauses) {
        return clauses.stream()
                .filter(clause -> forbidsVerb(clause)
                        || (deniesAll(clause) && isAlone(clause, clauses))
                        || forbidsOthers(clause, clauses))
                .toList();
    }

    /** "Switch to claude? Never!": nothing but a negation at the end of the message is for all before it. */
    private static boolean forbidsOthers(List<Item> clause, List<List<Item>> clauses) {
        return clauses.size() > 1
                && clause.equals(clauses.getLast())
                && clause.stream().allMatch(item -> isNegation(item) || isNeutralWord(item))
                && clause.stream().noneMatch(item -> isAny(item, OBJECTS))
                && clause.stream().anyMatch(item -> is(item, INSTEAD_AFTER) && isNegation(item) && !is(item, REASON));
    }

    /** Whether a name is refused: "not gemini", "lieber nicht zu Gemini", "not claude or gemini". */
    static boolean isRefused(List<Item> items, int name) {
        int before = beside(items, name, -1, Negations::isNegation);
        int after = beside(items, name, 1, Negations::isNegation);
        return (before >= 0 && is(items.get(before), INSTEAD))
                || (after >= 0 && isForNameBefore(items, after))
                || isAlternativeToRefused(items, name);
    }

    /** Whether the user's own key is refused: "instead of mine", "not my key". */
    static boolean isOwnRefused(List<Item> items) {
        return isOwnerRefused(items, Negations::isOwn);
    }

    /** Whether the app's key is refused: "my key instead of yours". */
    static boolean isAppRefused(List<Item> items) {
        return isOwnerRefused(items, owner -> isApps(owner) && !isOwn(owner));
    }

    private static boolean isOwnerRefused(List<Item> items, Predicate<Item> owner) {
        return places(items, owner).anyMatch(at -> {
            int first = at > 0 && isKeyOfNobody(items.get(at - 1)) ? at - 1 : at;
            int last = at + 1 < items.size() && isKeyOfNobody(items.get(at + 1)) ? at + 1 : at;
            int before = beside(items, first, -1, item -> isNegation(item) && !isOwner(item));
            int after = beside(items, last, 1, Negations::isNegation);
            return is(items.get(at), INSTEAD)
                    || (before >= 0 && is(items.get(before), INSTEAD))
                    || (after >= 0 && is(items.get(after), INSTEAD_AFTER) && !isForOwnerBehind(items, after));
        });
    }

    private static boolean isKeyOfNobody(Item item) {
        return is(item, KEY) && !isOwner(item);
    }

    /** "The app's key, not mine": a word that negates on both sides is rather for what is behind it. */
    private static boolean isForOwnerBehind(List<Item> items, int negation) {
        return isOwner(items.get(negation))
                || (is(items.get(negation), INSTEAD) && beside(items, negation, 1, Negations::isOwner) >= 0);
    }

    private static boolean isOwner(Item item) {
        return isOwn(item) || isApps(item);
    }

    private static boolean isApps(Item item) {
        return is(item, APP) || is(item, DEFAULT);
    }

    private static boolean isOwn(Item item) {
        return is(item, OWN) || is(item, MY);
    }

    private static boolean isAlternativeToRefused(List<Item> items, int name) {
        return name > 1
                && is(items.get(name - 1), OR)
                && items.get(name - 2) instanceof Item.Named
                && isRefused(items, name - 2);
    }

    /** "Is it my key or not?": "or not" at the end of a clause forbids nothing. */
    static List<Item> withoutOrNot(List<Item> items) {
        var kept = new ArrayList<Item>();
        for (int i = 0; i < items.size(); i++) {
            boolean last = i + 1 == items.size() || items.get(i + 1) instanceof Item.Pause;
            boolean orNot = last && !kept.isEmpty() && is(kept.getLast(), OR) && isNegation(items.get(i));
            if (!orNot) {
                kept.add(items.get(i));
            }
        }
        return List.copyOf(kept);
    }

    /** Whether the words of a clause forbid what its verb says: "don't change", "nicht zu Claude wechseln". */
    private static boolean forbidsVerb(List<Item> clause) {
        if (clause.stream().noneMatch(Negations::isVerb) || clause.stream().noneMatch(Negations::isNegation)) {
            return false;
        }
        // A key is lost for good: any negation beside it forbids to delete it.
        return clause.stream().anyMatch(item -> is(item, DELETE))
                || (isEveryNameRefused(clause) && !asksToShow(clause))
                || places(clause, Negations::isNegation).anyMatch(at -> isForVerb(clause, at));
    }

    /** "Show me all models except gpt": what is to be shown may leave a name out. */
    private static boolean asksToShow(List<Item> clause) {
        return clause.stream().filter(Negations::isVerb).allMatch(item -> is(item, SHOW));
    }

    /** Whether all names are refused, and no other is asked for. */
    private static boolean isEveryNameRefused(List<Item> clause) {
        return clause.stream().anyMatch(Item.Named.class::isInstance)
                && clause.stream().noneMatch(item -> is(item, OTHER))
                && places(clause, Item.Named.class::isInstance).allMatch(name -> isRefused(clause, name));
    }

    private static boolean isForVerb(List<Item> clause, int negation) {
        var word = clause.get(negation);
        if (is(word, KEY) && isOwner(word)) {
            // "제 키 말고": whose key not to use.
            return false;
        }
        boolean behind = is(word, INSTEAD) && !isForNameBehind(clause, negation) && isVerbAhead(clause, negation, 1);
        boolean before = is(word, INSTEAD_AFTER)
                && !isComplaint(word)
                && !isForName(clause, negation)
                && isVerbAhead(clause, negation, -1);
        return behind || before;
    }

    private static boolean isVerbAhead(List<Item> clause, int negation, int step) {
        for (int i = negation + step; i >= 0 && i < clause.size(); i += step) {
            if (isVerb(clause.get(i))) {
                return true;
            }
            if (isAny(clause.get(i), QUESTIONS)) {
                return false;
            }
        }
        return false;
    }

    /** "No other model", "لا تعد إلى النموذج": a negation without a verb, or in one word with it. */
    private static boolean deniesAll(List<Item> clause) {
        return clause.stream().noneMatch(Negations::isVerb)
                && places(clause, Negations::isNegation)
                        .anyMatch(at -> !isComplaint(clause.get(at)) && !isForName(clause, at));
    }

    /** Whether no other clause asks for something, as in "not this model, switch to claude". */
    private static boolean isAlone(List<Item> clause, List<List<Item>> clauses) {
        return clauses.stream()
                .filter(other -> !other.equals(clause))
                .flatMap(List::stream)
                .noneMatch(item -> item instanceof Item.Named || isVerb(item) || is(item, OTHER));
    }

    private static boolean isForName(List<Item> clause, int negation) {
        return isForNameBehind(clause, negation) || isForNameBefore(clause, negation);
    }

    private static boolean isForNameBehind(List<Item> items, int negation) {
        return is(items.get(negation), INSTEAD) && beside(items, negation, 1, Item.Named.class::isInstance) >= 0;
    }

    /** A word that negates on both sides, as "nicht" does, is rather for the name behind it. */
    private static boolean isForNameBefore(List<Item> items, int negation) {
        return is(items.get(negation), INSTEAD_AFTER)
                && !isForNameBehind(items, negation)
                && beside(items, negation, -1, Item.Named.class::isInstance) >= 0;
    }

    /** The place of what is sought next to an item, past words that add nothing; -1 if it is not there. */
    static int beside(List<Item> items, int from, int step, Predicate<Item> sought) {
        for (int i = from + step; i >= 0 && i < items.size(); i += step) {
            if (sought.test(items.get(i))) {
                return i;
            }
            if (!isNeutralWord(items.get(i))) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isNeutralWord(Item item) {
        return item instanceof Item.Said(var concepts) && NEUTRAL.containsAll(concepts);
    }

    static IntStream places(List<Item> items, Predicate<Item> sought) {
        return IntStream.range(0, items.size()).filter(at -> sought.test(items.get(at)));
    }

    /** Whether a word says no and nothing else. */
    static boolean isNegation(Item item) {
        return (is(item, INSTEAD) || is(item, INSTEAD_AFTER)) && !isAny(item, Wording.VERBS);
    }

    /** "X is too slow" refuses the name before it, and no verb. */
    private static boolean isComplaint(Item item) {
        return is(item, REASON) && !is(item, INSTEAD);
    }

    private static boolean isVerb(Item item) {
        return isAny(item, FORBIDDABLE);
    }

    static boolean isAny(Item item, Set<Concept> concepts) {
        return item instanceof Item.Said word && !Collections.disjoint(word.concepts(), concepts);
    }

    static boolean is(Item item, Concept concept) {
        return item instanceof Item.Said word && word.is(concept);
    }
}
