package io.keyswitch.understanding;

import static io.keyswitch.understanding.Concept.*;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.understanding.Rules.Outcome.Request;
import org.jspecify.annotations.Nullable;

/** Whether a message asks for the model before the last change, or for the app's default. */
final class ReturnRules {
    private final Wording said;

    ReturnRules(Wording said) {
        this.said = said;
    }

    @Nullable
    Request undo() {
        boolean compared = said.has(OR) && said.has(NEW);
        if (!said.wanted().isEmpty() || said.has(DEFAULT) || said.has(KEY) || compared) {
            return null;
        }
        boolean model = said.hasAny(MODEL, PROVIDER, AI);
        boolean step = said.has(UNDO) && (model || said.has(PREVIOUS) || (said.has(CHANGE) && said.has(SETTINGS)));
        boolean earlier = said.has(PREVIOUS) && said.hasAny(BACK, UNDO, CHANGE, USE) && model;
        if (step || earlier) {
            return said.certainly(new Intent.Undo());
        }
        boolean asItWas = (said.has(UNDO) || (said.has(BACK) && said.has(PREVIOUS))) && isNothingBesideBack();
        return asItWas || (said.has(UNDO) && said.has(CHANGE)) ? said.possibly(new Intent.Undo()) : null;
    }

    /** "Put it back how it was." */
    private boolean isNothingBesideBack() {
        return said.isOnly(BACK, UNDO, PREVIOUS, CHANGE, USE, TO, CURRENT, FILLER, POLITE);
    }

    @Nullable
    Request useDefault() {
        if (!said.wanted().isEmpty()) {
            return null;
        }
        if (said.has(EVERYWHERE) && said.has(DEFAULT) && !said.has(RESET)) {
            // "Make this the default for all my chats" asks for a model for all of them, not for the app's.
            return said.certainly(new Intent.Change(null, null, said.isOwnKey() ? KeySource.OWN : null, false));
        }
        boolean object = said.hasAny(MODEL, PROVIDER, AI, SETTINGS);
        boolean restored =
                said.hasAny(RESET, DELETE) && said.hasAny(MODEL, PROVIDER, SETTINGS) && !said.hasAny(PREVIOUS, WHICH);
        boolean standard = said.has(DEFAULT)
                && !said.hasAny(WHICH, SHOW)
                && (said.hasAny(BACK, RESET, USE, CHANGE) || (object && said.has(FILLER)));
        return restored || standard ? said.certainly(new Intent.UseDefault(said.has(THIS_CHAT))) : null;
    }
}
