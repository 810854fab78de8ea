package io.keyswitch.understanding;

import static io.keyswitch.understanding.Concept.*;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.understanding.Phrase.Item;
import io.keyswitch.understanding.Rules.Outcome.Request;
import org.jspecify.annotations.Nullable;

/** What a message that speaks of a key, or asks whose it is, asks for. */
final class KeyRules {
    private final Wording said;
    private final ChangeRules change;

    KeyRules(Wording said, ChangeRules change) {
        this.said = said;
        this.change = change;
    }

    /** What is asked for; null if it is not about a key. */
    @Nullable
    Request request() {
        if (isAskedWhose()) {
            return said.has(CHANGE) && !said.has(RUNNING) ? null : said.certainly(new Intent.Which());
        }
        if (!said.has(KEY)) {
            return null;
        }
        if (isShown()) {
            return said.certainly(new Intent.Which());
        }
        if (isAskedForStored()) {
            return said.has(WHICH) && said.hasAny(STORED, AVAILABLE)
                    ? said.certainly(new Intent.Which())
                    : said.possibly(new Intent.Which());
        }
        var deletion = said.has(DELETE) && !said.has(NEW) ? deletion() : null;
        if (deletion != null) {
            return deletion;
        }
        if (isContrastOfKeys() && said.wanted().isEmpty()) {
            return said.certainly(new Intent.Change(null, null, said.keySource(), said.has(THIS_CHAT)));
        }
        if (isChangeOnKey() || isContrastOfKeys()) {
            return change.request();
        }
        if (said.hasAny(UPDATE, NEW)) {
            var update = said.certainly(new Intent.UpdateKey(said.owner()));
            return isToldOfAnyKey() ? update.asPossible() : update;
        }
        if (!said.wanted().isEmpty() && said.hasAny(CHANGE, USE)) {
            return change.request();
        }
        if (said.has(ADD)) {
            return said.certainly(new Intent.UpdateKey(said.owner()));
        }
        if (said.hasAny(DEFAULT, APP) && said.hasAny(USE, CHANGE, BACK, RESET)) {
            return said.certainly(toAppsKey());
        }
        return said.has(MY) && said.hasAny(USE, CHANGE) ? change.request() : null;
    }

    /**
     * "Use groq and delete my claude key": the key that the verb is for. If that is not clear, none is deleted, and the rest of
     * the message decides; null then.
     */
    private @Nullable Request deletion() {
        var named = said.everyOwner();
        if (named.isEmpty()) {
            return said.certainly(new Intent.ForgetKey(null, said.has(ALL_KEYS)));
        }
        var deleted = said.ownersOfDeletedKey();
        boolean clear = deleted.size() == 1 && !said.joinsNames();
        if (clear || (named.size() == 1 && (!said.isNameOfUse() || said.endsInDeletion()))) {
            return said.certainly(new Intent.ForgetKey(clear ? deleted.getFirst() : named.getFirst(), false));
        }
        return said.hasAny(USE, CHANGE, BACK, RESET, ADD) ? null : said.possibly(new Intent.Which());
    }

    /** "Whose key does it run on?", "is it my key or yours?" */
    private boolean isAskedWhose() {
        boolean standard = said.has(DEFAULT) && said.hasAny(USE, CHANGE, BACK, RESET) && !said.hasAny(WHOSE, WHICH, OR);
        // "Claude, it runs on my own key", "stop charging my key, use yours" ask nothing.
        boolean told = said.has(INSTEAD) && said.has(APP) && said.hasAny(USE, CHANGE);
        boolean question = said.hasAny(WHOSE, WHICH, OR)
                || (said.has(RUNNING) && said.wanted().isEmpty());
        boolean ofKeys = said.hasAny(WHOSE, RUNNING) || (said.has(OWN) && said.has(APP));
        boolean ofCompany = !said.wanted().isEmpty() && !said.hasAny(KEY, RUNNING, CURRENT, OWN, MY, APP);
        return question && ofKeys && !ofCompany && !standard && !told && !said.hasAny(DELETE, NEW);
    }

    /** "Show me my keys." */
    private boolean isShown() {
        return said.has(SHOW)
                && said.hasAny(MY, ALL_KEYS)
                && said.wanted().isEmpty()
                && !said.hasAny(DELETE, UPDATE, ADD, NEW, CHANGE, USE);
    }

    /** "Which keys do you have of mine?", "is my groq key still saved?" */
    private boolean isAskedForStored() {
        boolean mine = said.hasAny(MY, OWN, STORED, ALL_KEYS);
        boolean asked = said.has(STORED) || (said.has(WHICH) && said.wanted().isEmpty());
        return mine
                && asked
                && !said.hasAny(
                        DELETE, UPDATE, ADD, NEW, CHANGE, USE, BACK, RESET, HOW, MODEL, PROVIDER, OTHER, DEFAULT);
    }

    /** "Use claude with my own key", "switch to claude with the app's key". */
    private boolean isChangeOnKey() {
        boolean own = said.has(OWN) && !said.has(NEW) && !said.isOwnRefused();
        boolean named = !said.wanted().isEmpty();
        return (own && said.hasAny(USE, CHANGE, ADD, AVAILABLE))
                || (named && said.has(MY) && said.has(USE) && !said.has(NEW) && !said.isNameOfKey())
                || (named && said.keySource() == KeySource.PROJECT && said.hasAny(CHANGE, USE));
    }

    /** "Not my key but the app's": needs no verb. */
    private boolean isContrastOfKeys() {
        return said.keySource() != null
                && (said.isOwnRefused() || said.isAppRefused())
                && !said.hasAny(UPDATE, NEW, ADD, WHICH, WHOSE, RUNNING);
    }

    private Intent toAppsKey() {
        boolean keyAlone = said.has(APP) && said.hasAny(USE, CHANGE) && !said.hasAny(RESET, MODEL, PROVIDER, SETTINGS);
        return said.isOwnRefused() || keyAlone
                ? new Intent.Change(null, null, KeySource.PROJECT, said.has(THIS_CHAT))
                : new Intent.UseDefault(said.has(THIS_CHAT));
    }

    /** "I lost my key, I need a new one" may be about the key of a house. */
    private boolean isToldOfAnyKey() {
        boolean told =
                said.items().stream().anyMatch(item -> item instanceof Item.Said word && Wording.isTelling(word));
        return told && said.owner() == null && !said.hasAny(UPDATE, MODEL, PROVIDER, AI, SETTINGS, APP, OWN);
    }
}
