package io.keyswitch.understanding;

import static io.keyswitch.understanding.Concept.*;

import io.keyswitch.understanding.Phrase.Item;
import io.keyswitch.understanding.Rules.Outcome;
import io.keyswitch.understanding.Rules.Outcome.Nothing;
import io.keyswitch.understanding.Rules.Outcome.Request;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a message asks of which some words are unknown. The run of clauses with the fewest unknown words counts; what it
 * asks for is offered. It is acted on if nothing unknown may narrow it down: what surrounds it must read as a remark, and only
 * a change to what is named may have unknown words itself.
 */
final class HalfKnown {
    private static final int MOST_STRANGE = 2;
    /** A request has fewer; each more would be read together with all others. */
    private static final int MOST_CLAUSES = 5;

    /** With fewer words, a clause may be a model, a key or a purpose: "switch to mistral, zorbel". */
    private static final int LEAST_OF_REMARK = 3;

    /** Signs that a change is told, supposed or asked about, wherever they are. */
    private static final Set<Concept> DOUBTS = EnumSet.of(STATEMENT, SAID, WHICH, WHOSE, HOW, OR, SHOW);

    private static final Set<Concept> VERBS = EnumSet.of(CHANGE, USE);

    /** Signs that no other model is meant, such as one in training. */
    private static final Set<Concept> OF_THE_APP = EnumSet.of(DEFAULT, PREVIOUS, PROVIDER, AI, APP, KEY, THIS_CHAT);

    /** Words that may say where, for whom or for what alone. */
    private static final Set<Concept> NARROWING = EnumSet.of(TO, ONLY);

    /** Clauses beside each other, and what they ask for. */
    private record Part(List<List<Item>> clauses, List<Item> items, int strange, Request request) {
        boolean isBetterThan(@Nullable Part other) {
            if (other == null || request.named() != other.request.named()) {
                return other == null || request.named();
            }
            return strange != other.strange ? strange < other.strange : items.size() > other.items.size();
        }
    }

    private HalfKnown() {}

    static Outcome judge(List<Item> items) {
        var clauses = Wish.clauses(items);
        Part best = null;
        for (int from = 0; from < clauses.size(); from++) {
            for (int to = from + 1; to <= Math.min(clauses.size(), from + MOST_CLAUSES); to++) {
                var part = part(clauses.subList(from, to));
                if (part != null && part.isBetterThan(best)) {
                    best = part;
                }
            }
        }
        if (best == null) {
            return new Nothing();
        }
        var rest = new ArrayList<>(clauses);
        rest.removeAll(best.clauses);
        boolean certain = best.request.intent() instanceof Intent.Change
                ? isClearChange(best, items, clauses)
                : isActedOnBesideRemarks(best.request.intent())
                        && best.items.stream().anyMatch(item -> Negations.isAny(item, OF_THE_APP))
                        && best.strange == 0
                        && rest.stream().allMatch(HalfKnown::isRemark);
        return new Request(best.request.intent(), certain, best.request.named());
    }

    /** What some clauses ask for; null if it is nothing, or not worth an offer when so much is unknown. */
    private static @Nullable Part part(List<List<Item>> clauses) {
        var items = new ArrayList<Item>();
        for (var clause : clauses) {
            items.addAll(clause);
            items.add(new Item.Pause());
        }
        var known = items.stream().filter(item -> !isStrange(item)).toList();
        int strange = items.size() - known.size();
        if (strange > MOST_STRANGE
                || 2 * strange > known.size()
                || !(Rules.judge(known) instanceof Request request)
                || !request.certain()) {
            return null;
        }
        boolean vague = isVague(request, strange) || (strange > 1 && !request.named());
        return vague ? null : new Part(List.copyOf(clauses), List.copyOf(items), strange, request);
    }

    private static boolean isVague(Request request, int strange) {
        return switch (request.intent()) {
            case Intent.UnknownProvider _ -> true;
            case Intent.ForgetKey _ -> !request.named() && strange > 0;
            case Intent.UpdateKey _ -> !request.named();
            case Intent.Change _,
                    Intent.OnlyHere _,
                    Intent.Which _,
                    Intent.Offers _,
                    Intent.Undo _,
                    Intent.UseDefault _,
                    Intent.Help _ -> false;
        };
    }

    private static boolean isActedOnBesideRemarks(Intent intent) {
        return switch (intent) {
            case Intent.UseDefault _, Intent.Undo _, Intent.UpdateKey _ -> true;
            case Intent.Change _,
                    Intent.OnlyHere _,
                    Intent.Which _,
                    Intent.Offers _,
                    Intent.ForgetKey _,
                    Intent.UnknownProvider _,
                    Intent.Help _ -> false;
        };
    }

    private static boolean isClearChange(Part part, List<Item> message, List<List<Item>> clauses) {
        // "Claude" is somebody's name, too.
        var verbs = part.request.named() ? VERBS : EnumSet.of(CHANGE);
        return part.request.intent() instanceof Intent.Change change
                && change.isNamed()
                && (part.request.named() || part.strange == 0)
                && part.items.stream().anyMatch(item -> Negations.isAny(item, verbs))
                && message.stream().noneMatch(item -> Negations.isAny(item, DOUBTS) || mayBeKey(item))
                && !isSomebodyOfMine(message)
                && part.clauses.stream().noneMatch(HalfKnown::isNarrowedBefore)
                && !isStrangeBehindName(part.items)
                && !isNarrowedBehind(part, clauses);
    }

    /**
     * Whether a clause beside a request reads as a remark: nothing in it may say what the request is about, and it does not begin
     * with an unknown word, which may ask for something else.
     */
    private static boolean isRemark(List<Item> clause) {
        return clause.stream()
                        .noneMatch(item -> Negations.isAny(item, DOUBTS)
                                || mayBeKey(item)
                                || Negations.isAny(item, NARROWING)
                                || item instanceof Item.Named)
                && !isStrange(clause.getFirst())
                && (clause.size() >= LEAST_OF_REMARK || clause.stream().noneMatch(HalfKnown::isStrange))
                && !isSomebodyOfMine(clause);
    }

    /** Where the verb comes last, what is unknown before the name may say where or for whom. */
    private static boolean isNarrowedBefore(List<Item> clause) {
        int name = first(clause, Item.Named.class::isInstance);
        int verb = first(clause, item -> Negations.isAny(item, VERBS));
        return verb > name && clause.subList(0, name).stream().anyMatch(HalfKnown::isStrange);
    }

    /** "Could my grandson switch to claude" asks for somebody else. */
    private static boolean isSomebodyOfMine(List<Item> message) {
        return Negations.places(message, item -> Negations.is(item, MY))
                .anyMatch(my -> my + 1 < message.size() && isStrange(message.get(my + 1)));
    }

    private static boolean mayBeKey(Item item) {
        return item instanceof Item.Strange(var word) && !word;
    }

    /** "Use claude for marketing": what it is for. */
    private static boolean isStrangeBehindName(List<Item> request) {
        return request.stream().dropWhile(item -> !(item instanceof Item.Named)).anyMatch(HalfKnown::isStrange);
    }

    /** "Switch to mistral, zorbel", "use claude, but only in zorbel": a model, a key or a purpose. */
    private static boolean isNarrowedBehind(Part part, List<List<Item>> clauses) {
        return clauses.stream()
                .dropWhile(clause -> clause.stream().noneMatch(Item.Named.class::isInstance))
                .filter(clause -> !part.clauses.contains(clause))
                .anyMatch(clause -> clause.stream().anyMatch(HalfKnown::isStrange) && !isRemark(clause));
    }

    /** The place of the first such item; behind the end if there is none. */
    private static int first(List<Item> items, Predicate<Item> sought) {
        return Negations.places(items, sought).findFirst().orElse(items.size());
    }

    private static boolean isStrange(Item item) {
        return item instanceof Item.Strange;
    }
}
