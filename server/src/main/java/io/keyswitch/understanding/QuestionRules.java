package io.keyswitch.understanding;

import static io.keyswitch.understanding.Concept.*;

import io.keyswitch.understanding.Phrase.Item;
import io.keyswitch.understanding.Rules.Outcome.Request;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a message asks about the models on offer and the one in use. */
final class QuestionRules {
    /** The words of a question what somebody is. */
    private static final Set<Concept> IDENTITY =
            EnumSet.of(RUNNING, CURRENT, WHICH, YOU, AI, MODEL, PROVIDER, OR, OTHER, FILLER, POLITE);

    private final Wording said;

    QuestionRules(Wording said) {
        this.said = said;
    }

    @Nullable
    Request offers() {
        boolean object =
                said.hasAny(MODEL, PROVIDER) || (said.has(AI) && said.has(AVAILABLE) && said.hasAny(WHICH, SHOW));
        boolean list = said.has(SHOW) && !said.hasAny(CURRENT, RUNNING, MY, WHICH, OTHER);
        if (said.has(OTHER)
                && said.has(WHICH)
                && said.has(AVAILABLE)
                && !said.hasAny(KEY, CURRENT, RUNNING)
                && said.wanted().isEmpty()) {
            return object
                    ? said.certainly(new Intent.Offers(said.owner()))
                    : said.possibly(new Intent.Offers(said.owner()));
        }
        if (!object && isAskedOf()) {
            return said.possibly(new Intent.Offers(said.owner()));
        }
        boolean another = said.has(OTHER) && said.hasAny(USE, CHANGE) && !said.hasAny(SHOW, WHICH);
        boolean choice =
                said.has(AVAILABLE) && said.hasAny(SHOW, WHICH, MODEL, PROVIDER) && !said.has(CURRENT) && !another;
        if (!object || !(list || choice) || (said.has(CHANGE) && !said.has(AVAILABLE) && !said.has(SHOW))) {
            return null;
        }
        return said.certainly(new Intent.Offers(said.owner()));
    }

    /** "What do you have from mistral?" */
    private boolean isAskedOf() {
        return said.wanted().size() == 1
                && said.wanted().getFirst().model() == null
                && said.has(AVAILABLE)
                && said.hasAny(SHOW, WHICH)
                && !said.hasAny(CHANGE, KEY, RUNNING, CURRENT, MY);
    }

    @Nullable
    Request which() {
        if (isWhichOfNames()) {
            return said.certainly(new Intent.Which());
        }
        if (isOneNameAsked()) {
            return said.possibly(new Intent.Which());
        }
        if (!said.wanted().isEmpty() || said.hasAny(CHANGE, OTHER, DELETE, DEFAULT)) {
            return null;
        }
        boolean object = said.hasAny(MODEL, PROVIDER) || (said.has(AI) && said.has(WHICH));
        boolean question = said.has(WHICH) && (said.hasAny(RUNNING, CURRENT, MY, SHOW) || isNothingElse());
        boolean current =
                said.has(CURRENT) && !said.has(REASON) && (said.hasAny(SHOW, WHICH, RUNNING) || !said.has(USE));
        boolean running = said.has(RUNNING) && said.hasAny(WHICH, CURRENT);
        boolean shown = said.has(SHOW) && said.has(MY);
        return object && (question || current || running || shown) ? said.certainly(new Intent.Which()) : null;
    }

    /** "Is it claude or gpt that answers?", "ты клод или гпт?", "who am I talking to, gpt?" */
    private boolean isWhichOfNames() {
        boolean chosen = said.hasAny(CHANGE, BACK, DELETE, DEFAULT, REASON, KEY);
        boolean several = said.wanted().size() > 1 && !said.has(OTHER);
        boolean either = several && said.has(OR) && said.hasAny(RUNNING, CURRENT);
        boolean identity = isIdentityAsked()
                && (several
                        ? said.hasAny(RUNNING, YOU)
                        : (said.has(OR)
                                ? said.hasAny(RUNNING, YOU, CURRENT) && said.has(OTHER)
                                : said.has(WHICH) && isOfUse()));
        return !chosen && (either || identity);
    }

    /** Whether a question is about what is in use: "Claude, who are you?" is not. */
    private boolean isOfUse() {
        return said.hasAny(RUNNING, CURRENT) || (said.has(YOU) && said.hasAny(MODEL, AI));
    }

    /** "Are you claude?" may also be small talk. */
    private boolean isOneNameAsked() {
        return said.wanted().size() == 1 && said.has(RUNNING) && isIdentityAsked();
    }

    /** Whether every word may be one of a question what somebody is, and somebody is named. */
    private boolean isIdentityAsked() {
        return !said.wanted().isEmpty()
                && said.items().stream().allMatch(item -> switch (item) {
                    case Item.Said(var concepts) -> !Collections.disjoint(concepts, IDENTITY);
                    case Item.Named(var mention) -> mention.familiar() || mention.provider() != null;
                    case Item.Pause _ -> true;
                    case Item.Strange _ -> false;
                });
    }

    /** "Which model?" */
    private boolean isNothingElse() {
        return said.isOnly(WHICH, MODEL, PROVIDER, AI, YOU, THIS_CHAT, FILLER, POLITE);
    }
}
