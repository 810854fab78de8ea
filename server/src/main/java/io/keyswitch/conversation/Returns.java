package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskProvider;
import io.keyswitch.conversation.FlowStep.Apply;
import io.keyswitch.conversation.FlowStep.Ask;
import io.keyswitch.conversation.FlowStep.Leave;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.modelconfig.EarlierConfig;
import io.keyswitch.modelconfig.KeyChoice;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelChoice;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import org.jspecify.annotations.Nullable;

/** The steps that undo a change of the model, in all threads or in the others. Pure. */
final class Returns {
    private final ProviderRegistry providers;
    private final ProjectKeys projectKeys;
    private final QuestionOrder order;
    private final Replies replies;

    Returns(ProviderRegistry providers, ProjectKeys projectKeys, QuestionOrder order, Replies replies) {
        this.providers = providers;
        this.projectKeys = projectKeys;
        this.order = order;
        this.replies = replies;
    }

    /** For a thread that has no config of its own, the default becomes its own, and the other threads stay as they are. */
    FlowStep toDefault(boolean thisThread, Facts facts) {
        var standard = projectKeys.defaultModel();
        return thisThread && !facts.ofThread() && standard != null
                ? new Apply(new ModelChoice(standard.provider(), standard.model(), null, new KeyChoice.Project()))
                : new FlowStep.UseDefault();
    }

    /** The default of before is put back if it still works. */
    FlowStep onlyHere(@Nullable Provider chosen, Facts facts) {
        var inForce = facts.inForce();
        if (chosen == null || inForce == null || !inForce.provider().equals(chosen.id())) {
            return new Leave(replies.failed(new Failure(Reason.CHANGED_MEANWHILE)));
        }
        boolean restores = facts.lastChange() != null
                && facts.lastChange().before() instanceof EarlierConfig.Choice(var id, var _, var source)
                && isUsable(providers.find(id), source, facts);
        return new FlowStep.OnlyHere(chosen.id(), restores);
    }

    private boolean isUsable(@Nullable Provider provider, KeySource source, Facts facts) {
        return provider != null
                && switch (source) {
                    case PROJECT -> projectKeys.covers(provider);
                    case OWN -> facts.hasKey(provider);
                };
    }

    /** Goes back to the choice before the present one, with its key if that is still stored. */
    FlowStep undo(Facts facts) {
        return switch (facts.lastChange() == null ? null : facts.lastChange().before()) {
            case null -> QuestionOrder.prefixed(replies.noEarlierChoice(), order.ask(new AskProvider(null), facts));
            case EarlierConfig.None _ -> new FlowStep.UndoToNone();
            case EarlierConfig.Choice(var id, var model, var source) -> {
                var provider = providers.find(id);
                yield provider == null
                        ? QuestionOrder.prefixed(replies.providerRemoved(id), order.ask(new AskProvider(null), facts))
                        : undo(provider, model, source, facts);
            }
        };
    }

    private FlowStep undo(Provider provider, ModelId model, KeySource source, Facts facts) {
        var step = order.withKeySource(provider, model, source, facts);
        if (step instanceof Apply(var choice)) {
            return new FlowStep.Undo(choice);
        }
        return step instanceof Ask asked
                ? QuestionOrder.prefixed(replies.noKeyStored(provider.displayName()), asked)
                : step;
    }
}
