package io.keyswitch.chat;

import io.keyswitch.core.Failure;
import io.keyswitch.core.FailureCode;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.Route;
import java.util.HashMap;
import java.util.Map;

/** Says in our own sentences why a message was not answered, and what the user can do about it. */
final class Failures {
    private static final String CHANGE = " Say “change my model” to ";

    private Failures() {}

    static Failure of(Route.Unusable route) {
        var reason = switch (route.reason()) {
            case PROVIDER_REMOVED -> "provider_removed";
            case PROJECT_KEY_REMOVED -> "project_key_removed";
            case KEY_UNREADABLE -> "key_unreadable";
            case CONFIG_UNREADABLE -> "config_unreadable";
        };
        return new Failure(FailureCode.FAILED_PRECONDITION, route.sentence(), Map.of("reason", reason));
    }

    /** The user's key was deleted while their message was being answered with it. */
    static Failure keyDeleted() {
        return new Failure(
                FailureCode.FAILED_PRECONDITION,
                "Your key was deleted or changed while this message was being answered, so the answer was ended.",
                Map.of("reason", "key_deleted", "incomplete", true));
    }

    /**
     * The failure of a completion.
     *
     * @param begun whether a part of the answer had arrived
     */
    static Failure of(LlmFailure failure, Route.Ready route, boolean begun) {
        var provider = route.target().provider().displayName();
        boolean own = route.keySource() == KeySource.OWN;
        var said = say(failure, provider, route.target().model().value(), own);
        var details = new HashMap<String, Object>();
        details.put("reason", said.reason());
        details.put("provider", route.target().provider().id().value());
        details.put("retryable", failure.retryable());
        var wait = failure.retryAfter();
        if (wait != null) {
            details.put("retryAfterSeconds", wait.toSeconds());
        }
        if (begun) {
            details.put("incomplete", true);
        }
        var sentence = begun ? said.sentence() + " What had arrived of the answer is kept." : said.sentence();
        return new Failure(said.code(), sentence, details);
    }

    private record Said(FailureCode code, String reason, String sentence) {}

    private static Said say(LlmFailure failure, String provider, String model, boolean own) {
        return switch (failure) {
            case LlmFailure.InvalidKey _ ->
                own
                        ? new Said(
                                FailureCode.FAILED_PRECONDITION,
                                "invalid_key",
                                provider + " no longer accepts your API key." + CHANGE + "enter a new one.")
                        : new Said(
                                FailureCode.UNAVAILABLE,
                                "project_key",
                                "The default key for " + provider + " is not accepted right now." + CHANGE
                                        + "use another one.");
            case LlmFailure.NotPermitted _ ->
                new Said(
                        FailureCode.FAILED_PRECONDITION,
                        "not_permitted",
                        "%s does not let %s use the model “%s”."
                                        .formatted(provider, own ? "your API key" : "the default key", model)
                                + CHANGE
                                + "choose another one.");
            case LlmFailure.NoCredit _ ->
                own
                        ? new Said(
                                FailureCode.RESOURCE_EXHAUSTED,
                                "no_credit",
                                "Your account at " + provider
                                        + " has no credit left. Please top it up there, or say “change my model”.")
                        : new Said(
                                FailureCode.RESOURCE_EXHAUSTED,
                                "no_credit",
                                "The default key for " + provider + " has no credit left." + CHANGE
                                        + "use your own key.");
            case LlmFailure.RateLimited _ ->
                new Said(
                        FailureCode.RESOURCE_EXHAUSTED,
                        "rate_limited",
                        provider + " has received too many requests with " + (own ? "your" : "the default")
                                + " key. Please try again in a moment.");
            case LlmFailure.UnknownModel _ ->
                new Said(
                        FailureCode.FAILED_PRECONDITION,
                        "unknown_model",
                        "%s does not know the model “%s”.".formatted(provider, model) + CHANGE + "choose another one.");
            case LlmFailure.UnknownAccount _ ->
                new Said(
                        FailureCode.FAILED_PRECONDITION,
                        "unknown_account",
                        provider + " does not know your account id." + CHANGE + "enter it again.");
            case LlmFailure.ContextTooLong _ ->
                new Said(
                        FailureCode.INVALID_ARGUMENT,
                        "context_too_long",
                        "This conversation is too long for “%s”. Please begin a new one, or shorten your message."
                                .formatted(model));
            case LlmFailure.Blocked _ ->
                new Said(
                        FailureCode.INVALID_ARGUMENT,
                        "blocked",
                        provider
                                + " would not answer this message because of its safety rules. Please say it differently.");
            case LlmFailure.Rejected _, LlmFailure.Unsupported _ ->
                new Said(
                        FailureCode.INTERNAL,
                        "rejected",
                        "%s did not accept the request for “%s”.".formatted(provider, model) + CHANGE
                                + "choose another one.");
            case LlmFailure.Overloaded _ ->
                new Said(
                        FailureCode.UNAVAILABLE,
                        "overloaded",
                        provider + " is overloaded. Try again in a few seconds.");
            case LlmFailure.ServerError _ ->
                new Said(
                        FailureCode.UNAVAILABLE,
                        "server_error",
                        provider + " had an internal error. Please try again.");
            case LlmFailure.Paused(var wait) ->
                new Said(
                        FailureCode.UNAVAILABLE,
                        "paused",
                        "%s rejected too many requests for “%s”, so requests to it are paused. Please try again in %d seconds."
                                .formatted(provider, model, wait.toSeconds()));
            case LlmFailure.Unreachable _ ->
                new Said(
                        FailureCode.UNAVAILABLE,
                        "unreachable",
                        provider + " could not be reached. Please try again in a moment.");
            case LlmFailure.TimedOut _ ->
                new Said(
                        FailureCode.DEADLINE_EXCEEDED,
                        "timed_out",
                        provider + " took too long to answer. Please try again.");
            case LlmFailure.Stopped _ ->
                new Said(FailureCode.UNAVAILABLE, "stopped", "The server is being restarted. Please try again.");
            case LlmFailure.BrokenAnswer _ ->
                new Said(
                        FailureCode.UNAVAILABLE,
                        "broken_answer",
                        "The answer from " + provider + " ended early. Please try again.");
            case LlmFailure.EmptyAnswer _ ->
                new Said(
                        FailureCode.UNAVAILABLE,
                        "empty_answer",
                        "The model “%s” returned an empty answer. Please try again, or choose another model."
                                .formatted(model));
        };
    }
}
