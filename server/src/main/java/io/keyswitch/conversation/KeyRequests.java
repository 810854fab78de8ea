package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskApiKey;
import io.keyswitch.conversation.FlowState.AskKeyUse;
import io.keyswitch.conversation.FlowState.AskProvider;
import io.keyswitch.conversation.FlowStep.Leave;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The flow's steps for requests about keys: to replace one, to store one, or to delete some. Pure. */
final class KeyRequests {
    private final QuestionOrder order;
    private final KeyIntake intake;
    private final ProviderRegistry providers;
    private final Replies replies;

    KeyRequests(QuestionOrder order, KeyIntake intake, ProviderRegistry providers, Replies replies) {
        this.order = order;
        this.intake = intake;
        this.providers = providers;
        this.replies = replies;
    }

    FlowStep updateWith(@Nullable ApiKey key, @Nullable Provider named, Facts facts) {
        if (key == null) {
            return named != null && facts.heldProviders().contains(named)
                    ? intake.useHeld(named, null, facts)
                    : updateKey(named, facts);
        }
        var meant = named == null ? intake.issuer(key) : named;
        return intake.using(key, updateKey(meant, facts.withoutHeld()));
    }

    /** Asks only for a key: for the model in use, in place of a stored one, or to be stored. */
    private FlowStep updateKey(@Nullable Provider meant, Facts facts) {
        var config = facts.configOnOwnKey();
        var inUse = config == null ? null : providers.find(config.provider());
        if (config != null && inUse != null && (meant == null || meant.equals(inUse))) {
            return order.askKey(new AskApiKey(inUse, facts.accountId(inUse), config.modelId()), facts);
        }
        if (meant == null) {
            return order.ask(new AskProvider(null), facts);
        }
        // A first key for an account is entered with its model, after the account.
        return meant.accountId() == null || facts.hasKey(meant)
                ? order.askKey(new AskApiKey(meant, facts.accountId(meant), null), facts)
                : order.withProvider(meant, null, KeySource.OWN, facts);
    }

    static FlowStep forgetAllKeys(Facts facts) {
        return new FlowStep.ForgetKeys(
                facts.keys().stream().map(Facts.Key::provider).distinct().toList());
    }

    /** Whether a user who wants a key deleted means the one that was pasted before the open question, not a stored one. */
    static boolean isAboutHeldKey(@Nullable FlowState question, @Nullable Provider meant, boolean all, Facts facts) {
        if (question instanceof AskKeyUse) {
            return meant == null && !all;
        }
        boolean named = meant == null || facts.heldFor(meant) != null;
        return question != null && facts.held() != null && named && facts.keys().isEmpty();
    }

    /** The key that is meant: the named one, else the one in use, else the only one. */
    FlowStep forgetKey(@Nullable FlowState question, @Nullable Provider meant, Facts facts) {
        if (meant != null) {
            return new FlowStep.ForgetKeys(List.of(meant.id()));
        }
        var config = facts.configOnOwnKey();
        if (config != null) {
            return new FlowStep.ForgetKeys(List.of(config.provider()));
        }
        return switch (facts.keys().size()) {
            case 0 ->
                new Leave(
                        question == null
                                ? replies.noKeyStored()
                                : replies.noKeyStored() + "\n\n" + replies.cancelled(facts));
            case 1 -> new FlowStep.ForgetKeys(List.of(facts.keys().getFirst().provider()));
            default -> new Leave(replies.whichKeyToForget(facts.keys()));
        };
    }
}
