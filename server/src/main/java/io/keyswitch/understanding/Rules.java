package io.keyswitch.understanding;

import static io.keyswitch.understanding.Concept.*;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.understanding.Phrase.Item;
import io.keyswitch.understanding.Rules.Outcome.Nothing;
import io.keyswitch.understanding.Rules.Outcome.Refused;
import io.keyswitch.understanding.Rules.Outcome.Request;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the classes of words in a message ask for. Nothing here knows a language: the set of words decides, and of their order
 * only what is beside a name.
 */
final class Rules {
    /** The result for a run of known words. */
    sealed interface Outcome {
        /**
         * They ask for something.
         *
         * @param certain whether the words leave no doubt about it
         * @param named whether it names a provider or model by a name that is no other word
         */
        record Request(Intent intent, boolean certain, boolean named) implements Outcome {
            Request asPossible() {
                return new Request(intent, false, named);
            }
        }

        /** They speak of the model and its change, but forbid, tell or suppose it. */
        record Refused() implements Outcome {}

        /** They are about something else. */
        record Nothing() implements Outcome {}
    }

    /** The words of a clause that only asks to do something with what came before. */
    private static final Set<Concept> ASKING =
            EnumSet.of(CHANGE, USE, UNDO, BACK, PREVIOUS, TO, POLITE, FILLER, CURRENT, YOU, PROVIDER, MODEL, APP, ADD);

    /** The words that only say where a change counts. */
    private static final int FEW = 3;

    private static final Set<Concept> NARROWING = EnumSet.of(
            THIS_CHAT, ONLY, EVERYWHERE, INSTEAD, INSTEAD_AFTER, USE, CHANGE, TO, CURRENT, AI, MODEL, POLITE, FILLER);

    /** The words that only ask which model is in use. */
    private static final Set<Concept> WHICHEVER = EnumSet.of(WHICH, CURRENT, RUNNING, MODEL, AI, MY, POLITE, FILLER);

    private final Wording said;
    private final ChangeRules change;

    private Rules(Wording said) {
        this.said = said;
        this.change = new ChangeRules(said);
    }

    /** What a run of known words asks for. */
    static Outcome judge(List<Item> items) {
        var said = new Wording(items);
        var outcome = new Rules(said).decide();
        return outcome instanceof Request request && isOfElsewhere(request.intent(), said) ? new Nothing() : outcome;
    }

    /** Whether a request is about what is not offered here; "from Copilot to Claude" asks for Claude. */
    private static boolean isOfElsewhere(Intent intent, Wording said) {
        return switch (intent) {
            case Intent.UnknownProvider _ -> false;
            case Intent.Change _ -> said.wanted().stream().anyMatch(Mention::isElsewhere);
            case Intent.OnlyHere _,
                    Intent.Which _,
                    Intent.Offers _,
                    Intent.Undo _,
                    Intent.UseDefault _,
                    Intent.UpdateKey _,
                    Intent.ForgetKey _,
                    Intent.Help _ -> namesElsewhere(said.items());
        };
    }

    /** "How do I switch models in Copilot?" is about another assistant. */
    private static boolean namesElsewhere(List<Item> items) {
        return items.stream().anyMatch(item -> item instanceof Item.Named(var mention) && mention.isElsewhere());
    }

    /** Whether a run of known words refuses all that it names, or forbids something. */
    static boolean refuses(List<Item> items) {
        var wish = Wish.of(items);
        return wish.forbids() || (wish.refusesName() && wish.wanted().isEmpty());
    }

    /** What a run of known words names as an answer; null if it names nothing, or says something else as well. */
    static Intent.@Nullable Change name(List<Item> items) {
        var said = new Wording(items);
        var change = new ChangeRules(said);
        boolean more = said.wish().forbids() || said.isTold() || said.hasAny(WHICH, HOW, RUNNING, DELETE, WHOSE, OR);
        var named = said.wanted().isEmpty() || more ? null : change.namedKnown();
        return named == null || change.misspelt() != null ? null : named.change(said.keySource(), said.has(THIS_CHAT));
    }

    /** Whose key a run of known words means; null if it does not say. */
    static @Nullable KeySource keySource(List<Item> items) {
        var said = new Wording(items);
        boolean own = said.isOwnKey();
        boolean project = said.hasAny(DEFAULT, APP);
        boolean more = said.isTold() || said.hasAny(WHICH, HOW, DELETE, INSTEAD, INSTEAD_AFTER);
        return own == project || more ? null : own ? KeySource.OWN : KeySource.PROJECT;
    }

    /**
     * What a run of known words asks for if it corrects a change of the model; null if nothing.
     *
     * @param asked whether it is a question, which corrects nothing by a name alone
     * @param denies whether it begins with a "no"
     */
    static @Nullable Intent correction(List<Item> items, boolean asked, boolean denies) {
        var said = new Wording(items);
        if (new Rules(said).isAskerOfWho() || isAskerOfWhich(said)) {
            return new Intent.Which();
        }
        if (said.wish().forbids() || said.hasAny(WHICH, WHOSE, HOW, SHOW, HELP, DELETE, KEY)) {
            return null;
        }
        if (said.wanted().isEmpty() && said.has(THIS_CHAT)) {
            return !asked && isOnlyHere(said) ? new Intent.OnlyHere(null) : null;
        }
        if (said.wanted().isEmpty()) {
            return isTakenBack(said, asked) && !said.wish().refusesName() ? new Intent.Undo() : null;
        }
        // "Thanks, Claude" corrects nothing, and "Claude was slower" complains.
        boolean nameAlone = said.items().stream().allMatch(Item.Named.class::isInstance);
        boolean told = said.hasAny(STATEMENT, REASON) && !said.hasAny(SAID, INSTEAD, INSTEAD_AFTER, CHANGE, USE);
        boolean more = nameAlone || denies || said.items().stream().anyMatch(Rules::saysMoreThanCourtesy);
        if (asked || told || !more) {
            return null;
        }
        if (namesElsewhere(said.items())) {
            return denies || contrasts(said) ? new ChangeRules(said).misspelt() : null;
        }
        var named = new ChangeRules(said).named();
        boolean doubtful = isBare(said) || said.has(YOU) || isVerse(said);
        return named == null || (doubtful && !denies && !contrasts(said))
                ? null
                : named.change(said.keySource(), said.has(THIS_CHAT));
    }

    /** "Only in this chat, not everywhere", but not "everywhere, not only in this chat" or "let's have this conversation now". */
    private static boolean isOnlyHere(Wording said) {
        boolean narrows = said.has(ONLY) || said.items().size() <= FEW;
        boolean widens = said.items().stream()
                .takeWhile(item -> !Negations.is(item, THIS_CHAT))
                .anyMatch(item -> Negations.isAny(item, EnumSet.of(EVERYWHERE, INSTEAD, INSTEAD_AFTER)));
        return narrows && !widens && consistsOf(said, NARROWING);
    }

    /** "Which one is it now?" */
    private static boolean isAskerOfWhich(Wording said) {
        return said.has(WHICH) && said.hasAny(CURRENT, RUNNING, MODEL) && consistsOf(said, WHICHEVER);
    }

    private static boolean consistsOf(Wording said, Set<Concept> words) {
        return said.items().stream().allMatch(item -> item instanceof Item.Pause || Negations.isAny(item, words));
    }

    private static boolean isTakenBack(Wording said, boolean asked) {
        boolean earlier = said.hasAny(PREVIOUS, SETTINGS) && said.hasAny(UNDO, BACK, USE, CHANGE);
        if (asked) {
            return earlier;
        }
        // "The last one" alone may be one of a list.
        boolean former = said.has(PREVIOUS) && said.hasAny(POLITE, REASON, INSTEAD, INSTEAD_AFTER) && !said.has(MY);
        return earlier || former || said.has(UNDO) || said.items().stream().anyMatch(Rules::isBack);
    }

    /** "Again" asks for another answer. */
    private static boolean isBack(Item item) {
        return item instanceof Item.Said word && word.is(BACK) && !word.is(AGAIN);
    }

    /** "4.5" may be the answer to anything, and "light" a lamp. */
    private static boolean isBare(Wording said) {
        return said.wanted().stream()
                .allMatch(mention -> mention.provider() == null
                        && mention.model() != null
                        && (!mention.familiar() || mention.model().isNumber()));
    }

    /** "A haiku, please." */
    private static boolean isVerse(Wording said) {
        return said.wanted().stream().allMatch(mention -> mention.ordinary() && mention.model() != null);
    }

    private static boolean contrasts(Wording said) {
        return said.wish().prefers()
                || said.hasAny(SAID, INSTEAD, INSTEAD_AFTER)
                || (!isBare(said) && said.hasAny(CHANGE, USE));
    }

    private static boolean saysMoreThanCourtesy(Item item) {
        return item instanceof Item.Said(var concepts)
                && !EnumSet.of(POLITE, YOU, AI).containsAll(concepts);
    }

    private Outcome decide() {
        if (said.wish().forbids()) {
            return said.wish().forbidsNames() || said.has(KEY) ? besideForbidden() : new Refused();
        }
        boolean object = said.hasAny(MODEL, PROVIDER, AI, KEY, SETTINGS)
                || !said.wanted().isEmpty()
                || said.hasAny(PREVIOUS, DEFAULT, OTHER);
        boolean told = object && said.isTold();
        var request = told ? afterTelling() : object ? request() : null;
        if (request != null) {
            return request;
        }
        if (!object && isAskerOfWho()) {
            return said.possibly(new Intent.Which());
        }
        return told || said.wish().refusesName() ? new Refused() : new Nothing();
    }

    /** "Who is answering me?", "who pays for this?" */
    private boolean isAskerOfWho() {
        return said.has(WHICH)
                && said.has(RUNNING)
                && said.isOnly(WHICH, WHOSE, RUNNING, YOU, CURRENT, TO, FILLER, POLITE);
    }

    /** "Don't use gemini, use claude", "don't use my key, use yours": a request for another in another clause. */
    private Outcome besideForbidden() {
        var rest = new Wording(said.wish().allowed());
        if (rest.has(DELETE) && said.has(KEY) && !rest.wish().forbids()) {
            return afterForbidden(rest);
        }
        var source = rest.wish().forbids() || rest.isTold() || !rest.hasAny(USE, CHANGE) ? null : rest.ownerSaid();
        boolean ofKey = rest.has(KEY) || (said.has(KEY) && !rest.hasAny(MODEL, PROVIDER, AI, SETTINGS));
        if (source != null && ofKey && rest.wanted().isEmpty()) {
            return said.certainly(new Intent.Change(null, null, source, said.has(THIS_CHAT)));
        }
        return !rest.wanted().isEmpty() && new Rules(rest).decide() instanceof Request request
                ? request
                : new Refused();
    }

    /** "I don't use groq any more, delete that key", "don't use groq, delete my claude key". */
    private Request afterForbidden(Wording rest) {
        var beside = rest.ownersOfKey();
        var owners = beside.isEmpty() ? said.everyOwner() : beside;
        return owners.size() > 1
                ? said.possibly(new Intent.ForgetKey(null, false))
                : said.certainly(new Intent.ForgetKey(owners.isEmpty() ? null : owners.getFirst(), false));
    }

    /**
     * "I changed the model by mistake, undo that", "they say claude is good, use it": a last clause that is only a verb asks
     * for what was told before.
     */
    private @Nullable Request afterTelling() {
        var clauses = Wish.clauses(said.items()).stream()
                .filter(clause -> !clause.stream().allMatch(Wording::addsNothing))
                .toList();
        var last = clauses.getLast();
        boolean asks = clauses.size() > 1
                && last.stream()
                        .allMatch(item -> item instanceof Item.Said word && ASKING.containsAll(word.concepts()));
        if (!asks || (!said.hasAny(MODEL, PROVIDER, AI, KEY) && said.wanted().isEmpty())) {
            return null;
        }
        if (isVerbIn(last, UNDO) || isVerbIn(last, BACK)) {
            return said.hasAny(MODEL, PROVIDER, AI)
                            && !said.has(KEY)
                            && said.wanted().isEmpty()
                    ? said.certainly(new Intent.Undo())
                    : null;
        }
        boolean use = isVerbIn(last, USE) || isVerbIn(last, CHANGE);
        var named =
                use && !said.wanted().isEmpty() && change.misspelt() == null && !said.has(KEY) ? change.named() : null;
        return named == null ? null : said.certainly(named.change(null, said.has(THIS_CHAT)));
    }

    private static boolean isVerbIn(List<Item> clause, Concept verb) {
        return clause.stream().anyMatch(item -> item instanceof Item.Said word && word.is(verb));
    }

    private @Nullable Request request() {
        if (said.has(HOW)) {
            return help();
        }
        var aboutKey = said.hasAny(KEY, WHOSE) ? new KeyRules(said, change).request() : null;
        if (aboutKey != null) {
            return aboutKey;
        }
        var back = new ReturnRules(said);
        var question = new QuestionRules(said);
        return firstOf(back.undo(), back.useDefault(), question.offers(), question.which(), helpOr(), change.request());
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static @Nullable Request firstOf(@Nullable Request... requests) {
        return Stream.of(requests).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private @Nullable Request help() {
        boolean subject =
                said.hasAny(MODEL, PROVIDER, KEY, AI) || !said.wanted().isEmpty();
        boolean verb = said.has(AVAILABLE) || said.hasVerb();
        return subject && verb ? said.certainly(new Intent.Help(said.owner())) : null;
    }

    private @Nullable Request helpOr() {
        if (!said.has(HELP) || !said.hasAny(MODEL, PROVIDER, KEY)) {
            return null;
        }
        return said.hasAny(CHANGE, USE) && !said.has(SETTINGS)
                ? change.request()
                : said.certainly(new Intent.Help(said.owner()));
    }
}
