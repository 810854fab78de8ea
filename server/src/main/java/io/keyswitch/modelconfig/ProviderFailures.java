package io.keyswitch.modelconfig;

import io.keyswitch.core.Details;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.Target;
import io.keyswitch.provider.Provider;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one explanation of what went wrong with a user's provider, for the chat, the check of a key and {@code /v1} alike. */
public final class ProviderFailures {
    private ProviderFailures() {}

    /** Why a completion for a target failed, before any of the answer arrived. */
    public static Failure explain(LlmFailure failure, Target target, KeySource source) {
        return explain(failure, target, source, false);
    }

    /**
     * Why a completion for a target failed.
     *
     * @param incomplete whether a part of the answer had arrived
     */
    public static Failure explain(LlmFailure failure, Target target, KeySource source, boolean incomplete) {
        // A refused project key is the operator's concern: no user can mend it.
        boolean operators = failure.is(Reason.INVALID_KEY) && source == KeySource.PROJECT;
        return new Failure(
                operators ? Reason.PROJECT_KEY : failure.reason(),
                new CompletionDetails(failure, target, source, incomplete));
    }

    /** A failure that is about a provider, and about one of its models if one is given. */
    static Failure of(Reason reason, Provider provider, @Nullable String model) {
        var arguments = new HashMap<String, String>();
        arguments.put("provider", provider.displayName());
        if (model != null) {
            arguments.put("model", model);
        }
        var rule = provider.accountId();
        if (rule != null) {
            arguments.put("label", rule.label());
            arguments.put("help", rule.help());
        }
        return new Failure(reason, Details.naming(arguments));
    }

    /** A failure that is about a provider. */
    static Failure of(Reason reason, Provider provider) {
        return of(reason, provider, null);
    }

    /** Names a provider that may no longer be in the registry. */
    static Failure of(Reason reason, String providerName) {
        return new Failure(reason, Details.naming(Map.of("provider", providerName)));
    }
}
