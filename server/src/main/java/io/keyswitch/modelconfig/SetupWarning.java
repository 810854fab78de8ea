package io.keyswitch.modelconfig;

import io.keyswitch.core.Reason;
import io.keyswitch.language.Sentence;
import io.keyswitch.language.Sentences;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import java.util.Map;

/**
 * A problem that a key check found and that does not prevent saving.
 *
 * @param verdict not {@link Verdict.Valid}
 */
public record SetupWarning(Verdict verdict, Provider provider, ModelId model, KeySource source) {
    /** The localised warning. */
    public String say(Sentences sentences) {
        var said = sentences.say(
                sentence(), source.word(), Map.of("provider", provider.displayName(), "model", model.value()));
        return verdict instanceof Verdict.UnknownModel(var suggestion) && suggestion != null
                ? said + " " + sentences.say(Sentence.DID_YOU_MEAN_MODEL, Map.of("model", suggestion))
                : said;
    }

    private Sentence sentence() {
        return switch (verdict) {
            case Verdict.Unusable(var failure) ->
                failure.is(Reason.REGION) ? Sentence.WARNING_REGION : Sentence.WARNING_KEY_REFUSED;
            case Verdict.Valid _, Verdict.Invalid _ -> Sentence.WARNING_KEY_REFUSED;
            case Verdict.NotPermitted _ -> Sentence.WARNING_NOT_PERMITTED;
            case Verdict.UnknownModel _, Verdict.ModelRetired _ -> Sentence.WARNING_UNKNOWN_MODEL;
            case Verdict.NoCredit _ -> Sentence.WARNING_NO_CREDIT;
            case Verdict.RateLimited _ -> Sentence.WARNING_RATE_LIMITED;
            case Verdict.UnknownAccount _, Verdict.Unreachable _ -> Sentence.WARNING_UNCHECKED;
        };
    }
}
