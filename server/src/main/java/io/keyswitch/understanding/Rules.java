package io.keyswitch.understanding;

import static io.keyswitch.understanding.Concept.*;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.understanding.Phrase.Item;
import io.keyswitch.understanding.Rules.Verdict.Nothing;
import io.keyswitch.understanding.Rules.Verdict.Refused;
import io.keyswitch.understanding.Rules.Verdict.Request;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the classes of words in a message ask for. Nothing here knows a language: which words stand together decides, and of their
 * order only what is beside a name.
 */
final class Rules {
    /** What words that are all known come to. */
    sealed interface Verdict {
        /**
         * They ask for something.
         *
         * @param certain whether the words leave no doubt about it
         * @param named whether it names a provider or model by a name that is no other word
         */
        record Request(Intent intent, boolean certain, boolean named) implements Verdict {}

        /** They speak of the model and its change, but forbid, tell or suppose it. */
        record Refused() implements Verdict {}

        /** They are about something else. */
        record Nothing() implements Verdict {}
    }

    static final Set<Concept> VERBS = EnumSet.of(CHANGE, USE, UNDO, BACK, RESET, DELETE, UPDATE, ADD);
    /** The words of a clause that only asks to do something with what came before. */
    private static final Set<Concept> ASKING =
            EnumSet.of(CHANGE, USE, UNDO, BACK, PREVIOUS, TO, POLITE, FILLER, CURRENT, YOU);
    /** The words of a question what somebody is. */
    private static final Set<Concept> IDENTITY =
            EnumSet.of(RUNNING, CURRENT, WHICH, YOU, AI, MODEL, PROVIDER, OR, OTHER, FILLER, POLITE);

    private static final Set<Concept> CONTRAST =
            EnumSet.of(INSTEAD, INSTEAD_AFTER, FROM, FROM_AFTER, TO, ONLY, POLITE, SAID);

    private final List<Item> items;
    private final Set<Concept> said = EnumSet.noneOf(Concept.class);
    private final List<Mention> wanted;
    private final Wish wish;

    private Rules(List<Item> items) {
        this.items = items;
        for (var item : items) {
            if (item instanceof Item.Said(var concepts)) {
                said.addAll(concepts);
            }
        }
        wish = Wish.of(items);
        wanted = wish.wanted();
    }

    /** What a run of known words asks for. */
    static Verdict judge(List<Item> items) {
        return new Rules(items).decide();
    }

    /** Whether a run of known words refuses all that it names, or forbids something. */
    static boolean refuses(List<Item> items) {
        var wish = Wish.of(items);
        return wish.forbids() || (wish.refusesName() && wish.wanted().isEmpty());
    }

    /** What a run of known words names as an answer; null if it names nothing, or says something else as well. */
    static Intent.@Nullable Change name(List<Item> items) {
        var rules = new Rules(items);
        boolean more =
                rules.wish.forbids() || rules.isStatement() || rules.hasAny(WHICH, HOW, RUNNING, DELETE, WHOSE, OR);
        var named = rules.wanted.isEmpty() || more ? null : rules.namedKnown();
        return named == null || rules.misspelt() != null
                ? null
                : new Intent.Change(named.provider(), named.model(), rules.keySource(), rules.has(THIS_CHAT));
    }

    /** Whose key a run of known words means; null if it does not say. */
    static @Nullable KeySource keySource(List<Item> items) {
        var rules = new Rules(items);
        boolean own = rules.isOwnKey();
        boolean project = rules.has(DEFAULT) || rules.has(APP);
        boolean more = rules.isStatement() || rules.hasAny(WHICH, HOW, DELETE, INSTEAD, INSTEAD_AFTER);
        return own == project || more ? null : own ? KeySource.OWN : KeySource.PROJECT;
    }

    private boolean has(Concept concept) {
        return said.contains(concept);
    }

    private boolean hasAny(Concept... concepts) {
        return Stream.of(concepts).anyMatch(said::contains);
    }

    private Verdict decide() {
        if (wish.forbids()) {
            return wish.forbidsNames() ? besideForbidden() : new Refused();
        }
        boolean object =
                hasAny(MODEL, PROVIDER, AI, KEY, SETTINGS) || !wanted.isEmpty() || hasAny(PREVIOUS, DEFAULT, OTHER);
        boolean told = object && isStatement();
        var request = told ? afterTelling() : object ? request() : null;
        if (request != null) {
            return request;
        }
        if (!object && isAskerOfWho()) {
            return possibly(new Intent.Which());
        }
        return told || wish.refusesName() ? new Refused() : new Nothing();
    }

    /** "Who is answering me?" */
    private boolean isAskerOfWho() {
        return has(WHICH)
                && has(RUNNING)
                && EnumSet.of(WHICH, RUNNING, YOU, CURRENT, TO, FILLER, POLITE).containsAll(said);
    }

    /** "Don't use gemini, use claude": a request for another that is named in another clause. */
    private Verdict besideForbidden() {
        var rest = new Rules(wish.allowed());
        if (rest.has(DELETE) && has(KEY) && !rest.wish.forbids()) {
            return certainly(new Intent.ForgetKey(anyOwner(), false));
        }
        return !rest.wanted.isEmpty() && rest.decide() instanceof Request request ? request : new Refused();
    }

    /** "I don't use groq any more, delete that key": the key of whoever is named. */
    private @Nullable Provider anyOwner() {
        return items.stream()
                .filter(Item.Named.class::isInstance)
                .map(item -> ((Item.Named) item).mention().owner())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /**
     * "I changed the model by mistake, undo that", "they say claude is good, use it": a last clause that is only a verb asks
     * for what was told before.
     */
    private @Nullable Request afterTelling() {
        var clauses = Wish.clauses(items).stream()
                .filter(clause -> !clause.stream().allMatch(Rules::addsNothing))
                .toList();
        var last = clauses.getLast();
        boolean asks = clauses.size() > 1
                && last.stream()
                        .allMatch(item -> item instanceof Item.Said word && ASKING.containsAll(word.concepts()));
        if (!asks || (!hasAny(MODEL, PROVIDER, AI, KEY) && wanted.isEmpty())) {
            return null;
        }
        if (isVerbIn(last, UNDO) || isVerbIn(last, BACK)) {
            return hasAny(MODEL, PROVIDER, AI) && !has(KEY) && wanted.isEmpty() ? certainly(new Intent.Undo()) : null;
        }
        boolean use = isVerbIn(last, USE) || isVerbIn(last, CHANGE);
        var named = use && !wanted.isEmpty() && misspelt() == null && !has(KEY) ? named() : null;
        return named == null
                ? null
                : certainly(new Intent.Change(named.provider(), named.model(), null, has(THIS_CHAT)));
    }

    private static boolean addsNothing(Item item) {
        return item instanceof Item.Said(var concepts)
                && EnumSet.of(POLITE, FILLER).containsAll(concepts);
    }

    private static boolean isVerbIn(List<Item> clause, Concept verb) {
        return clause.stream().anyMatch(item -> item instanceof Item.Said word && word.is(verb));
    }

    private @Nullable Request request() {
        if (has(HOW)) {
            return help();
        }
        var byKey = has(KEY) || has(WHOSE) ? aboutKey() : null;
        if (byKey != null) {
            return byKey;
        }
        return firstOf(undo(), useDefault(), offers(), which(), helpOr(), change());
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static @Nullable Request firstOf(@Nullable Request... verdicts) {
        return Stream.of(verdicts).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** The past and others' doings, but for what happened to a key. */
    private boolean isStatement() {
        boolean told = items.stream()
                .anyMatch(
                        item -> item instanceof Item.Said word && (word.is(SAID) ? !wish.prefers() : isTelling(word)));
        return told && !(has(KEY) && hasAny(NEW, UPDATE));
    }

    private static boolean isTelling(Item.Said word) {
        return word.is(STATEMENT) && !word.is(NEW);
    }

    private Request certainly(Intent intent) {
        return new Request(intent, true, isNamed());
    }

    private Request possibly(Intent intent) {
        return new Request(intent, false, isNamed());
    }

    private boolean isNamed() {
        return wanted.stream().anyMatch(mention -> !mention.ordinary());
    }

    private @Nullable Request help() {
        boolean subject = hasAny(MODEL, PROVIDER, KEY, AI) || !wanted.isEmpty();
        boolean verb = has(AVAILABLE) || said.stream().anyMatch(VERBS::contains);
        return subject && verb ? certainly(new Intent.Help(owner())) : null;
    }

    private @Nullable Request helpOr() {
        if (!has(HELP) || !hasAny(MODEL, PROVIDER, KEY)) {
            return null;
        }
        return hasAny(CHANGE, USE) && !has(SETTINGS) ? change() : certainly(new Intent.Help(owner()));
    }

    private @Nullable Request aboutKey() {
        boolean standard = has(DEFAULT) && hasAny(USE, CHANGE, BACK, RESET) && !hasAny(WHOSE, WHICH, OR);
        // "Claude, it runs on my own key", "stop charging my key, use yours" ask nothing.
        boolean told = has(INSTEAD) && has(APP) && hasAny(USE, CHANGE);
        boolean question = (hasAny(WHOSE, WHICH, OR) || (has(RUNNING) && wanted.isEmpty())) && !standard && !told;
        if (question && (has(WHOSE) || has(RUNNING) || (has(OWN) && has(APP))) && !hasAny(DELETE, NEW)) {
            return hasAny(CHANGE) && !has(RUNNING) ? null : certainly(new Intent.Which());
        }
        if (!has(KEY)) {
            return null;
        }
        boolean looked = has(SHOW) && hasAny(MY, ALL_KEYS);
        if (looked && wanted.isEmpty() && !hasAny(DELETE, UPDATE, ADD, NEW, CHANGE, USE)) {
            return certainly(new Intent.Which());
        }
        if (has(DELETE) && !has(NEW)) {
            return certainly(new Intent.ForgetKey(owner(), has(ALL_KEYS) && owner() == null));
        }
        boolean ownKey = has(OWN) && !has(NEW) && !isOwnRefused();
        if (ownKey && hasAny(USE, CHANGE, ADD, AVAILABLE)) {
            return change();
        }
        if (!wanted.isEmpty() && has(MY) && has(USE) && !has(NEW) && !isNameOfKey()) {
            return change();
        }
        if (!wanted.isEmpty() && keySource() == KeySource.PROJECT && hasAny(CHANGE, USE)) {
            return change();
        }
        if (hasAny(UPDATE, NEW)) {
            var update = certainly(new Intent.UpdateKey(owner()));
            return isToldOfAnyKey() ? possibly(update) : update;
        }
        if (!wanted.isEmpty() && hasAny(CHANGE, USE)) {
            return change();
        }
        if (has(ADD)) {
            return certainly(new Intent.UpdateKey(owner()));
        }
        if (hasAny(DEFAULT, APP) && hasAny(USE, CHANGE, BACK, RESET)) {
            boolean appsKey = has(APP) && hasAny(USE, CHANGE) && !hasAny(RESET, MODEL, PROVIDER, SETTINGS);
            return certainly(
                    isOwnRefused() || appsKey
                            ? new Intent.Change(null, null, KeySource.PROJECT, has(THIS_CHAT))
                            : new Intent.UseDefault(has(THIS_CHAT)));
        }
        return has(MY) && hasAny(USE, CHANGE) ? change() : null;
    }

    /** "I lost my key, I need a new one" may be about the key of a house. */
    private boolean isToldOfAnyKey() {
        boolean told = items.stream().anyMatch(item -> item instanceof Item.Said word && isTelling(word));
        return told && owner() == null && !hasAny(UPDATE, MODEL, PROVIDER, AI, SETTINGS, APP, OWN);
    }

    /** Whether a name stands beside the word for a key: "my OpenAI key". */
    private boolean isNameOfKey() {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Item.Named && (isKeyBeside(i, -1) || isKeyBeside(i, 1))) {
                return true;
            }
        }
        return false;
    }

    private boolean isKeyBeside(int name, int step) {
        for (int i = name + step; i >= 0 && i < items.size(); i += step) {
            if (!(items.get(i) instanceof Item.Said item)) {
                return false;
            }
            if (item.is(KEY)) {
                return true;
            }
            if (item.concepts().stream().anyMatch(VERBS::contains)) {
                return false;
            }
        }
        return false;
    }

    private @Nullable Request undo() {
        boolean compared = has(OR) && has(NEW);
        if (!wanted.isEmpty() || has(DEFAULT) || has(KEY) || compared) {
            return null;
        }
        boolean model = hasAny(MODEL, PROVIDER, AI);
        boolean step = has(UNDO) && (model || has(PREVIOUS) || (has(CHANGE) && has(SETTINGS)));
        boolean earlier = has(PREVIOUS) && hasAny(BACK, UNDO, CHANGE, USE) && model;
        if (step || earlier) {
            return certainly(new Intent.Undo());
        }
        boolean asItWas = hasAny(BACK, UNDO) && has(PREVIOUS) && isNothingBesideBack();
        return asItWas || (has(UNDO) && has(CHANGE)) ? possibly(new Intent.Undo()) : null;
    }

    /** "Put it back how it was." */
    private boolean isNothingBesideBack() {
        return EnumSet.of(BACK, UNDO, PREVIOUS, CHANGE, USE, TO, CURRENT, FILLER, POLITE)
                .containsAll(said);
    }

    private @Nullable Request useDefault() {
        if (!wanted.isEmpty()) {
            return null;
        }
        if (has(EVERYWHERE) && has(DEFAULT) && !has(RESET)) {
            // "Make this the default for all my chats" asks for a model for all of them, not for the app's.
            return certainly(new Intent.Change(null, null, isOwnKey() ? KeySource.OWN : null, false));
        }
        boolean object = hasAny(MODEL, PROVIDER, AI, SETTINGS);
        boolean restored = hasAny(RESET, DELETE) && hasAny(MODEL, PROVIDER, SETTINGS) && !hasAny(PREVIOUS, WHICH);
        boolean standard =
                has(DEFAULT) && !hasAny(WHICH, SHOW) && (hasAny(BACK, RESET, USE, CHANGE) || (object && has(FILLER)));
        return restored || standard ? certainly(new Intent.UseDefault(has(THIS_CHAT))) : null;
    }

    private @Nullable Request offers() {
        boolean object = hasAny(MODEL, PROVIDER) || (has(AI) && has(AVAILABLE) && hasAny(WHICH, SHOW));
        boolean list = has(SHOW) && !hasAny(CURRENT, RUNNING, MY, WHICH, OTHER);
        if (has(OTHER) && has(WHICH) && has(AVAILABLE) && !hasAny(KEY, CURRENT, RUNNING) && wanted.isEmpty()) {
            return object ? certainly(new Intent.Offers(owner())) : possibly(new Intent.Offers(owner()));
        }
        if (!object && isAskedOf()) {
            return possibly(new Intent.Offers(owner()));
        }
        boolean another = has(OTHER) && hasAny(USE, CHANGE) && !hasAny(SHOW, WHICH);
        boolean choice = has(AVAILABLE) && hasAny(SHOW, WHICH, MODEL, PROVIDER) && !has(CURRENT) && !another;
        if (!object || !(list || choice) || (has(CHANGE) && !has(AVAILABLE) && !has(SHOW))) {
            return null;
        }
        return certainly(new Intent.Offers(owner()));
    }

    /** "What do you have from mistral?" */
    private boolean isAskedOf() {
        return wanted.size() == 1
                && wanted.getFirst().model() == null
                && has(AVAILABLE)
                && hasAny(SHOW, WHICH)
                && !hasAny(CHANGE, KEY, RUNNING, CURRENT, MY);
    }

    private @Nullable Request which() {
        if (isWhichOfNames()) {
            return certainly(new Intent.Which());
        }
        if (isOneNameAsked()) {
            return possibly(new Intent.Which());
        }
        if (!wanted.isEmpty() || hasAny(CHANGE, OTHER, DELETE, DEFAULT)) {
            return null;
        }
        boolean object = hasAny(MODEL, PROVIDER) || (has(AI) && has(WHICH));
        boolean question = has(WHICH) && (hasAny(RUNNING, CURRENT, MY, SHOW) || isNothingElse());
        boolean current = has(CURRENT) && !has(REASON) && (hasAny(SHOW, WHICH, RUNNING) || !has(USE));
        boolean running = has(RUNNING) && hasAny(WHICH, CURRENT);
        boolean shown = has(SHOW) && has(MY);
        return object && (question || current || running || shown) ? certainly(new Intent.Which()) : null;
    }

    /** "Is it claude or gpt that answers?", "ты клод или гпт?", "who am I talking to, gpt?" */
    private boolean isWhichOfNames() {
        boolean chosen = hasAny(CHANGE, BACK, DELETE, DEFAULT, REASON, KEY);
        boolean several = wanted.size() > 1 && !has(OTHER);
        boolean either = several && has(OR) && hasAny(RUNNING, CURRENT);
        boolean identity = isIdentityAsked()
                && (several
                        ? hasAny(RUNNING, YOU)
                        : (has(OR) ? hasAny(RUNNING, YOU, CURRENT) && has(OTHER) : has(WHICH) && isOfUse()));
        return !chosen && (either || identity);
    }

    /** Whether a question is about what is in use: "Claude, who are you?" is not. */
    private boolean isOfUse() {
        return hasAny(RUNNING, CURRENT) || (has(YOU) && hasAny(MODEL, AI));
    }

    /** "Are you claude?" may also be small talk. */
    private boolean isOneNameAsked() {
        return wanted.size() == 1 && has(RUNNING) && isIdentityAsked();
    }

    /** Whether every word may be one of a question what somebody is, and somebody is named. */
    private boolean isIdentityAsked() {
        return !wanted.isEmpty()
                && items.stream().allMatch(item -> switch (item) {
                    case Item.Said(var concepts) -> !Collections.disjoint(concepts, IDENTITY);
                    case Item.Named(var mention) -> mention.familiar() || mention.provider() != null;
                    case Item.Pause _ -> true;
                    case Item.Strange _ -> false;
                });
    }

    /** "Which model?" */
    private boolean isNothingElse() {
        return EnumSet.of(WHICH, MODEL, PROVIDER, AI, YOU, THIS_CHAT, FILLER, POLITE)
                .containsAll(said);
    }

    private @Nullable Request change() {
        boolean onKey = has(KEY) && keySource() != null && !wanted.isEmpty() && (has(OWN) || !isNameOfKey());
        boolean question = hasAny(WHICH, SHOW) || (has(RUNNING) && !onKey) || (has(OR) && wanted.size() < 2);
        if (question && !has(CHANGE)) {
            return isWishForAnother() ? possibly(changeTo()) : null;
        }
        var misspelt = misspelt();
        if (misspelt != null) {
            return hasAny(CHANGE, USE) ? certainly(misspelt) : null;
        }
        return wanted.isEmpty() ? openChange() : changeTo();
    }

    /** "I want grok to answer me": the word for answering asks nothing. */
    private boolean isWishForAnother() {
        return has(RUNNING) && has(USE) && wanted.size() == 1 && !hasAny(WHICH, SHOW, OR, CURRENT, WHOSE, REASON);
    }

    private static @Nullable Request possibly(@Nullable Request request) {
        return request == null ? null : new Request(request.intent(), false, request.named());
    }

    private Intent.@Nullable Misspelt misspelt() {
        for (var mention : wanted) {
            if (mention.misspelt() != null && mention.provider() != null) {
                return new Intent.Misspelt(mention.misspelt(), mention.provider(), has(THIS_CHAT));
            }
        }
        return null;
    }

    private @Nullable Request openChange() {
        boolean object = hasAny(MODEL, PROVIDER);
        boolean own = isOwnKey();
        if (own && has(KEY) && hasAny(USE, CHANGE, ADD, AVAILABLE)) {
            return certainly(new Intent.Change(null, null, KeySource.OWN, has(THIS_CHAT)));
        }
        boolean changed = has(CHANGE) && (object || has(AI));
        boolean other = has(OTHER) && (object || has(AI)) && !has(RESET);
        boolean chosen = has(USE) && object && !hasAny(CURRENT, REASON);
        if (changed || other || chosen) {
            return certainly(new Intent.Change(null, null, keySource(), has(THIS_CHAT)));
        }
        return has(CHANGE) && has(OTHER) ? possibly(new Intent.Change(null, null, null, has(THIS_CHAT))) : null;
    }

    private @Nullable Request changeTo() {
        boolean familiar = wanted.stream().anyMatch(mention -> mention.familiar() || mention.provider() != null);
        if (!familiar && !hasAny(MODEL, PROVIDER)) {
            return null;
        }
        var named = named();
        if (named == null) {
            return hasAny(CHANGE, USE) ? certainly(new Intent.Change(null, null, keySource(), has(THIS_CHAT))) : null;
        }
        var change = new Intent.Change(named.provider(), named.model(), keySource(), has(THIS_CHAT));
        boolean ordinary = wanted.stream().allMatch(Mention::ordinary);
        boolean versioned = wanted.stream().anyMatch(Rules::hasVersion);
        boolean tierAlone = wanted.stream().anyMatch(mention -> mention.ordinary() && mention.model() != null);
        boolean verb = hasAny(CHANGE, BACK) || (has(USE) && !(tierAlone && !hasAny(MODEL, PROVIDER)));
        boolean asked =
                ((versioned || hasAny(MODEL, PROVIDER)) && hasAny(POLITE, FILLER, TO, MODEL, PROVIDER, ONLY, THIS_CHAT))
                        || (!ordinary && hasAny(ONLY, THIS_CHAT))
                        || (hasAny(THIS_CHAT, ONLY) && !tierAlone && isNothingBesideThisChat())
                        || (has(KEY) && keySource() != null);
        boolean reasoned = hasAny(REASON, AVAILABLE) && !(has(KEY) && keySource() != null);
        if (verb || ((asked || isContrast()) && !reasoned)) {
            return isAddress() ? possibly(change) : certainly(change);
        }
        if (tierAlone) {
            return has(USE) ? possibly(change) : null;
        }
        return has(USE) || has(OTHER) || versioned || (!ordinary && has(POLITE)) ? possibly(change) : null;
    }

    /** "Claude, answer me" may be said to whoever answers. */
    private boolean isAddress() {
        return !hasAny(CHANGE, BACK, MODEL, PROVIDER, KEY, THIS_CHAT, ONLY, OTHER)
                && items.size() > 2
                && items.getFirst() instanceof Item.Named(var mention)
                && mention.ordinary()
                && items.get(1) instanceof Item.Pause
                && items.stream().filter(Item.Named.class::isInstance).count() == 1;
    }

    /** "Claude, only in this chat, please." */
    private boolean isNothingBesideThisChat() {
        return EnumSet.of(THIS_CHAT, ONLY, FILLER, POLITE, CURRENT, TO, AI).containsAll(said);
    }

    /** "Not gemini, claude" or "from gemini to claude", and nothing else. */
    private boolean isContrast() {
        return wish.prefers()
                && items.stream().allMatch(item -> isOfContrast(item) || (has(SAID) && addsNothing(item)));
    }

    private static boolean isOfContrast(Item item) {
        return !(item instanceof Item.Said(var concepts)) || !Collections.disjoint(concepts, CONTRAST);
    }

    private static boolean hasVersion(Mention mention) {
        return mention.model() != null && mention.model().hasVersion();
    }

    private record Target(
            @Nullable Provider provider, @Nullable ModelId model) {}

    /** What all names of a request mean; of a model that many serve, the beginning of its id. Null if they contradict. */
    private @Nullable Target named() {
        var known = namedKnown();
        boolean open = known != null && known.provider() == null && known.model() == null;
        var begun = open
                ? wanted.stream()
                        .map(Mention::model)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(SpokenModel::anywhere)
                        .orElse(null)
                : null;
        return begun == null ? known : new Target(null, begun);
    }

    /** The provider and model that all names together mean; null if they contradict each other. */
    private @Nullable Target namedKnown() {
        var providers = wanted.stream()
                .map(Mention::provider)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        var models = wanted.stream()
                .map(Mention::model)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (providers.size() > 1 || models.size() > 1) {
            return null;
        }
        var model = models.isEmpty() ? null : models.getFirst();
        var provider = providers.isEmpty() ? makerOf(model) : providers.getFirst();
        return new Target(provider, model == null ? null : model.idAt(provider));
    }

    private static @Nullable Provider makerOf(@Nullable SpokenModel model) {
        return model == null || model.hasPath() ? null : model.maker();
    }

    private @Nullable Provider owner() {
        return wanted.stream()
                .map(Mention::owner)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private boolean isOwnKey() {
        return (has(OWN) || (has(MY) && has(KEY))) && !isOwnRefused();
    }

    private boolean isOwnRefused() {
        return Negations.isOwnRefused(items);
    }

    private @Nullable KeySource keySource() {
        boolean own = isOwnKey();
        boolean project = (has(DEFAULT) || (has(APP) && has(KEY))) && !Negations.isAppRefused(items);
        if (own && project) {
            var asking = withoutReasons();
            return asking == null ? null : asking.keySource();
        }
        return own == project ? null : own ? KeySource.OWN : KeySource.PROJECT;
    }

    /** "Gemini with your key, mine has run out": the request without the clauses that only give a reason; null if none does. */
    private @Nullable Rules withoutReasons() {
        var clauses = Wish.clauses(items);
        var asking = clauses.stream()
                .filter(clause -> clause.stream().noneMatch(item -> item instanceof Item.Said word && word.is(REASON))
                        || clause.stream().anyMatch(Item.Named.class::isInstance))
                .toList();
        return asking.size() == clauses.size()
                ? null
                : new Rules(asking.stream()
                        .flatMap(clause -> Stream.concat(clause.stream(), Stream.of(new Item.Pause())))
                        .toList());
    }
}
