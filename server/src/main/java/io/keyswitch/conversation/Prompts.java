package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowPrompt.Option;
import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Describes the flow's question to the app, so that it can show buttons or a password field. Pure. */
final class Prompts {
    private static final int MAX_MODELS = 50;

    private final ProviderRegistry providers;
    private final Replies replies;

    Prompts(ProviderRegistry providers, Replies replies) {
        this.providers = providers;
        this.replies = replies;
    }

    FlowPrompt prompt(FlowState state, Facts facts) {
        var step = FlowStates.stepName(state);
        return new FlowPrompt(step, step, state instanceof FlowState.AskApiKey, options(state, facts));
    }

    private List<Option> options(FlowState state, Facts facts) {
        return switch (state) {
            case FlowState.AskProvider(var suggested) -> providers(suggested);
            case FlowState.AskKeySource _ ->
                List.of(new Option("default", replies.optionDefault()), new Option("own", replies.optionOwn()));
            case AskModelId asked -> models(asked, facts);
            case FlowState.AskAccountId(var provider, var _) -> keep(facts.accountId(provider));
            case FlowState.AskApiKey(var provider, var accountId, var _) -> {
                var hint = facts.keyHint(provider, accountId);
                yield keep(hint == null ? null : "••••" + hint);
            }
        };
    }

    /** The one that was probably meant comes first, as the yes it is asked for. */
    private List<Option> providers(@Nullable Provider suggested) {
        var meant = Stream.ofNullable(suggested)
                .map(provider -> new Option(provider.id().value(), replies.optionYes(provider)));
        var others = providers.all().stream()
                .filter(provider -> !provider.equals(suggested))
                .map(provider -> new Option(provider.id().value(), provider.displayName()));
        return Stream.concat(meant, others).toList();
    }

    private List<Option> keep(@Nullable String stored) {
        return stored == null ? List.of() : List.of(new Option("keep", replies.optionKeep(stored)));
    }

    private List<Option> models(AskModelId asked, Facts facts) {
        if (asked.doubted() != null) {
            var anyway = new Option(asked.doubted().value(), replies.optionAnyway(asked.doubted()));
            return asked.suggested() == null ? List.of(anyway) : List.of(option(asked.suggested()), anyway);
        }
        var standard = asked.provider().defaultModel();
        var others = facts.models().stream()
                .filter(model -> !model.id().equals(standard.value()))
                .map(model -> new Option(model.id(), model.id()));
        return Stream.concat(Stream.of(option(standard)), others)
                .limit(MAX_MODELS)
                .toList();
    }

    private static Option option(ModelId model) {
        return new Option(model.value(), model.value());
    }
}
