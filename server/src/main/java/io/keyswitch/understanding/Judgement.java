package io.keyswitch.understanding;

import io.keyswitch.understanding.Phrase.Item;
import io.keyswitch.understanding.Rules.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges what an utterance asks for, with what is said beside it. */
final class Judgement {
    private Judgement() {}

    static Outcome of(List<Item> items) {
        var whole = ofAll(items);
        if (isCertain(whole)) {
            return whole;
        }
        var withoutReasons = withoutReasons(items);
        if (withoutReasons != null) {
            return withoutReasons;
        }
        var first = Asides.beforeNext(items);
        return first.size() < items.size()
                        && ofAll(first) instanceof Outcome.Request request
                        && request.certain()
                        && request.intent() instanceof Intent.Change change
                        && change.isNamed()
                ? request.asPossible()
                : whole;
    }

    /**
     * What an utterance asks for apart from its reasons; null if nothing. It is only offered if words remain unknown, or if a
     * reason may say what is meant, and a key is never deleted for a reason that names another.
     */
    private static @Nullable Outcome withoutReasons(List<Item> items) {
        var asked = Asides.withoutReasons(items);
        if (asked.size() == items.size() || !(ofAll(asked) instanceof Outcome.Request request) || !request.certain()) {
            return null;
        }
        boolean telling = Asides.reasons(items).stream().anyMatch(Asides::mayNarrow);
        if (request.intent() instanceof Intent.ForgetKey) {
            return telling ? null : request.asPossible();
        }
        return telling || InLanguage.strange(asked) > 0 ? request.asPossible() : request;
    }

    private static boolean isCertain(Outcome outcome) {
        return outcome instanceof Outcome.Request request && request.certain();
    }

    private static Outcome ofAll(List<Item> items) {
        if (InLanguage.isOutside(items)) {
            return new Outcome.Refused();
        }
        var joined = Asides.joined(items);
        return InLanguage.strange(items) == 0 ? Rules.judge(joined) : HalfKnown.judge(joined);
    }
}
