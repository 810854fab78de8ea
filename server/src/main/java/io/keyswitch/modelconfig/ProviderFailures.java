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

/** Maps provider failures to API errors, in the same way for chats, key checks and {@code /v1}. */
public final class ProviderFailures {
    private ProviderFailures() {}

    /** The error of a completion that failed before any part of the response arrived. */
    public static Failure explain(LlmFailure failure, Target target, KeySource source) {
        return explain(failure, target, source, false);
    }

    /**
     * The error of a failed completion.
     *
     * @param incomplete whether part of the response had arrived
     */
    public static Failure explain(LlmFailure failure, Target target, KeySource source, boolean incomplete) {
        // Only the operator can mend the project key.
        boolean operators = failure.concernsKey() && source == KeySource.PROJECT;
        return new Failure(
                operators ? Reason.PROJECT_KEY : failure.reason(),
                new CompletionDetails(failure, target, source, incomplete));
    }

    /** An error about a provider and, if given, one of its models. */
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

    /** An error about a provider. */
    static Failure of(Reason reason, Provider provider) {
        return of(reason, provider, null);
    }

    /** An error about a provider that may no longer be in the registry. */
    static Failure of(Reason reason, String providerName) {
        return new Failure(reason, Details.naming(Map.of("provider", providerName)));
    }
}
