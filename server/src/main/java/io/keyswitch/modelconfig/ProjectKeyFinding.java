package io.keyswitch.modelconfig;

import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;

/**
 * What was found out about a provider's project key, in a sentence for the operator.
 *
 * @param isProblem whether users get errors until the operator does what the sentence says
 */
public record ProjectKeyFinding(Provider provider, boolean isProblem, String sentence) {
    private static final String UNTIL_THEN = "; until then, users without a key of their own get errors";

    /** The finding of a check with a model. */
    static ProjectKeyFinding of(Provider provider, ModelId model, Verdict verdict) {
        var names = provider.displayName();
        var key = "the project key in " + provider.keys().projectKey();
        return switch (verdict) {
            case Verdict.Valid _ -> fine(provider, names + " accepts " + key);
            case Verdict.RateLimited _ -> fine(provider, names + " accepts " + key + ", but limits its rate now");
            case Verdict.Unreachable _ ->
                fine(provider, names + " could not be reached or gave no clear answer, so " + key + " is unchecked");
            case Verdict.Invalid _, Verdict.UnknownAccount _ ->
                problem(provider, names + " rejects " + key + ": set a valid key and restart" + UNTIL_THEN);
            case Verdict.NoCredit _ ->
                problem(provider, names + " has no credit left for " + key + ": add credit there" + UNTIL_THEN);
            case Verdict.NotPermitted _ ->
                problem(
                        provider,
                        "%s does not let %s use the model %s: allow it there, or configure another default model"
                                .formatted(names, key, model));
            case Verdict.UnknownModel _, Verdict.ModelRetired _ ->
                problem(
                        provider,
                        "%s does not list the model %s for %s: configure another default model"
                                .formatted(names, model, key));
            case Verdict.Unusable(var failure) ->
                problem(
                        provider,
                        "%s refuses %s (%s): mend that there, or set another key and restart%s"
                                .formatted(names, key, failure.reason().word(), UNTIL_THEN));
        };
    }

    /** The finding that a provider has no call that checks a project key. */
    static ProjectKeyFinding unchecked(Provider provider) {
        return fine(
                provider,
                "%s has no call that checks a key (check.get), so the project key in %s is unchecked"
                        .formatted(provider.displayName(), provider.keys().projectKey()));
    }

    /**
     * The finding that users chose a project key that is not set.
     *
     * @param configs the number of their model configs
     */
    static ProjectKeyFinding missing(Provider provider, long configs) {
        var variable = provider.keys().projectKey();
        var cure = variable == null
                ? "providers." + provider.id() + ".projectKey names no variable"
                : variable + " is not set";
        return problem(
                provider,
                "Users chose the project key of %s (model configs: %d), but %s: set it and restart; until then, their users get errors"
                        .formatted(provider.displayName(), configs, cure));
    }

    private static ProjectKeyFinding fine(Provider provider, String sentence) {
        return new ProjectKeyFinding(provider, false, sentence);
    }

    private static ProjectKeyFinding problem(Provider provider, String sentence) {
        return new ProjectKeyFinding(provider, true, sentence);
    }
}
