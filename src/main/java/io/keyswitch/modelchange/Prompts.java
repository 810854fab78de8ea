package io.keyswitch.modelchange;

import io.keyswitch.llm.ListedModel;
import io.keyswitch.modelchange.FlowPrompt.Option;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import java.util.List;
import java.util.stream.Stream;

/** What an app is told about the flow's question, to show buttons or a password field. */
final class Prompts {
    private static final int MAX_MODELS = 50;

    private Prompts() {}

    static FlowPrompt prompt(FlowState state, ProviderRegistry providers, List<ListedModel> models) {
        var step = FlowStates.stepName(state);
        return new FlowPrompt(step, step, state instanceof FlowState.AskApiKey, options(state, providers, models));
    }

    private static List<Option> options(FlowState state, ProviderRegistry providers, List<ListedModel> models) {
        return switch (state) {
            case FlowState.AskProvider _ ->
                providers.all().stream()
                        .map(provider -> new Option(provider.id().value(), provider.displayName()))
                        .toList();
            case FlowState.AskKeySource _ ->
                List.of(new Option("default", "Default (no API key)"), new Option("own", "My own API key"));
            case FlowState.AskModelId(var provider, var _, var _) -> models(provider, models);
            case FlowState.AskAccountId _, FlowState.AskApiKey _ -> List.of();
        };
    }

    private static List<Option> models(Provider provider, List<ListedModel> listed) {
        var standard = provider.defaultModel().value();
        var others = listed.stream()
                .filter(model -> !model.id().equals(standard))
                .map(model -> new Option(model.id(), model.displayName() == null ? model.id() : model.displayName()));
        return Stream.concat(Stream.of(new Option(standard, standard)), others)
                .limit(MAX_MODELS)
                .toList();
    }
}
