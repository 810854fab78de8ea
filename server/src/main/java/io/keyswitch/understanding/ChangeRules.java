package io.keyswitch.understanding;

import static io.keyswitch.understanding.Concept.*;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.understanding.Phrase.Item;
import io.keyswitch.understanding.Rules.Outcome.Request;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a message asks for a change of the model, and to which. */
final class ChangeRules {
    private static final Set<Concept> CONTRAST =
            EnumSet.of(INSTEAD, INSTEAD_AFTER, FROM, FROM_AFTER, TO, ONLY, POLITE, SAID);

    private static final int MOST_STRANGE = 4;

    /**
     * What is asked for.
     *
     * @param words the name of a model that leaves its id open; null if there is none
     */
    record Target(
            @Nullable Provider provider,
            @Nullable ModelId model,
            @Nullable String words) {
        Intent.Change change(@Nullable KeySource keySource, boolean thisThread) {
            return new Intent.Change(provider, model, words, keySource, thisThread);
        }
    }

    private final Wording said;

    ChangeRules(Wording said) {
        this.said = said;
    }

    @Nullable
    Request request() {
        boolean onKey = said.has(KEY)
                && said.keySource() != null
                && !said.wanted().isEmpty()
                && (said.has(OWN) || !said.isNameOfKey());
        boolean question = said.hasAny(WHICH, WHOSE, SHOW)
                || (said.has(RUNNING) && !onKey)
                || (said.has(OR) && said.wanted().size() < 2);
        if (question && !said.has(CHANGE)) {
            return isWishForAnother() ? offered(changeTo()) : null;
        }
        var misspelt = misspelt();
        if (misspelt != null) {
            boolean ordinary = said.wanted().stream().allMatch(Mention::ordinary);
            if (ordinary && !said.has(CHANGE)) {
                return said.has(USE) ? said.possibly(misspelt) : null;
            }
            return said.hasAny(CHANGE, USE) ? said.certainly(misspelt) : null;
        }
        return said.wanted().isEmpty() ? openChange() : changeTo();
    }

    private static @Nullable Request offered(@Nullable Request request) {
        return request == null ? null : request.asPossible();
    }

    /** "I want grok to answer me": the word for answering asks nothing. */
    private boolean isWishForAnother() {
        return said.has(RUNNING)
                && said.has(USE)
                && said.wanted().size() == 1
                && !said.hasAny(WHICH, SHOW, OR, CURRENT, WHOSE, REASON);
    }

    Intent.@Nullable UnknownProvider misspelt() {
        for (var mention : said.wanted()) {
            if (mention.misspelt() != null) {
                return new Intent.UnknownProvider(mention.misspelt(), mention.provider(), said.has(THIS_CHAT));
            }
        }
        return null;
    }

    private @Nullable Request openChange() {
        boolean object = said.hasAny(MODEL, PROVIDER);
        boolean own = said.isOwnKey();
        if (own && said.has(KEY) && said.hasAny(USE, CHANGE, ADD, AVAILABLE)) {
            return said.certainly(new Intent.Change(null, null, KeySource.OWN, said.has(THIS_CHAT)));
        }
        boolean changed = said.has(CHANGE) && (object || said.has(AI));
        boolean other = said.has(OTHER) && (object || said.has(AI)) && !said.has(RESET);
        boolean chosen = said.has(USE) && object && !said.hasAny(CURRENT, REASON);
        if (changed || other || chosen) {
            return said.certainly(new Intent.Change(null, null, said.keySource(), said.has(THIS_CHAT)));
        }
        return said.has(CHANGE) && said.has(OTHER)
                ? said.possibly(new Intent.Change(null, null, null, said.has(THIS_CHAT)))
                : null;
    }

    private @Nullable Request changeTo() {
        boolean familiar = said.wanted().stream().anyMatch(mention -> mention.familiar() || mention.provider() != null);
        if (!familiar && !said.hasAny(MODEL, PROVIDER)) {
            return null;
        }
        var named = named();
        if (named == null) {
            return said.hasAny(CHANGE, USE)
                    ? said.certainly(new Intent.Change(null, null, said.keySource(), said.has(THIS_CHAT)))
                    : null;
        }
        var change = named.change(said.keySource(), said.has(THIS_CHAT));
        boolean ordinary = said.wanted().stream().allMatch(Mention::ordinary);
        boolean versioned = said.wanted().stream().anyMatch(ChangeRules::hasVersion);
        boolean tierAlone = ordinary && said.wanted().stream().anyMatch(mention -> mention.model() != null);
        boolean verb = said.hasAny(CHANGE, BACK) || (said.has(USE) && !(tierAlone && !said.hasAny(MODEL, PROVIDER)));
        boolean asked = ((versioned || said.hasAny(MODEL, PROVIDER))
                        && said.hasAny(POLITE, FILLER, TO, MODEL, PROVIDER, ONLY, THIS_CHAT))
                || (!ordinary && said.hasAny(ONLY, THIS_CHAT))
                || (said.hasAny(THIS_CHAT, ONLY) && !tierAlone && isNothingBesideThisChat())
                || (said.has(KEY) && said.keySource() != null && (said.has(OWN) || !said.hasAny(AVAILABLE, STORED)));
        boolean reasoned = said.hasAny(REASON, AVAILABLE) && !(said.has(KEY) && said.keySource() != null);
        if (verb || ((asked || isContrast()) && !reasoned)) {
            return isAddress() ? said.possibly(change) : said.certainly(change);
        }
        if (tierAlone) {
            return said.has(USE) ? said.possibly(change) : null;
        }
        return said.has(USE) || said.has(OTHER) || versioned || (!ordinary && said.has(POLITE))
                ? said.possibly(change)
                : null;
    }

    /** "Claude, answer me" may be said to whoever answers. */
    private boolean isAddress() {
        return !said.hasAny(CHANGE, BACK, MODEL, PROVIDER, KEY, THIS_CHAT, ONLY, OTHER)
                && said.items().size() > 2
                && said.items().getFirst() instanceof Item.Named(var mention)
                && mention.ordinary()
                && said.items().get(1) instanceof Item.Pause
                && said.items().stream().filter(Item.Named.class::isInstance).count() == 1;
    }

    /** "Claude, only in this chat, please." */
    private boolean isNothingBesideThisChat() {
        return said.isOnly(THIS_CHAT, ONLY, FILLER, POLITE, CURRENT, TO, AI);
    }

    /** "Not gemini, claude" or "from gemini to claude", and nothing else. */
    private boolean isContrast() {
        return said.wish().prefers()
                && said.items().stream()
                        .allMatch(item -> isOfContrast(item) || (said.has(SAID) && Wording.addsNothing(item)));
    }

    private static boolean isOfContrast(Item item) {
        return !(item instanceof Item.Said(var concepts)) || !Collections.disjoint(concepts, CONTRAST);
    }

    private static boolean hasVersion(Mention mention) {
        return mention.model() != null && mention.model().hasVersion();
    }

    /** What all names of a request mean; of a model that many serve, the beginning of its id. Null if they contradict. */
    @Nullable
    Target named() {
        var known = namedKnown();
        boolean open = known != null && known.provider() == null && known.model() == null;
        var begun = open
                ? said.wanted().stream()
                        .map(Mention::model)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(SpokenModel::anywhere)
                        .orElse(null)
                : null;
        return begun == null ? known : new Target(null, begun, null);
    }

    /** The provider and model that all names together mean; null if they contradict each other. */
    @Nullable
    Target namedKnown() {
        var providers = said.wanted().stream()
                .map(Mention::provider)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        var models = said.wanted().stream()
                .map(Mention::model)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (providers.size() > 1 || models.size() > 1) {
            return null;
        }
        var model = models.isEmpty() ? null : models.getFirst();
        var provider = providers.isEmpty() ? makerOf(model) : providers.getFirst();
        var id = model == null ? null : model.idAt(provider);
        return new Target(provider, id, model == null || id != null ? null : model.text());
    }

    /**
     * The one model that is named and wanted; null if there is none or several. A word such as "instant" names none amid words
     * that are not known.
     *
     * @param strange how many words are not known
     */
    @Nullable
    SaidModel saidModel(int strange) {
        var named = said.wanted().stream()
                .filter(mention -> mention.model() != null)
                .distinct()
                .toList();
        var models = named.stream()
                .map(Mention::model)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        boolean plain = named.stream().allMatch(mention -> mention.familiar() || hasVersion(mention));
        if (models.size() != 1 || strange > (plain ? MOST_STRANGE : 1)) {
            return null;
        }
        boolean alone = said.items().stream()
                .allMatch(item -> item instanceof Phrase.Item.Named || item instanceof Phrase.Item.Pause);
        return new SaidModel(models.getFirst().text(), alone, makerOf(models.getFirst()));
    }

    private static @Nullable Provider makerOf(@Nullable SpokenModel model) {
        return model == null || model.hasPath() ? null : model.maker();
    }
}
