package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowPrompt.Option;
import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Describes the flow's question to the app, so that it can show buttons or a password field. */
final class Prompts {
    private static final int MAX_MODELS = 50;

    private Prompts() {}

    static FlowPrompt prompt(FlowState state, ProviderRegistry providers, AtHand atHand) {
        var step = FlowStates.stepName(state);
        return new FlowPrompt(step, step, state instanceof FlowState.AskApiKey, options(state, providers, atHand));
    }

    private static List<Option> options(FlowState state, ProviderRegistry providers, AtHand atHand) {
        return switch (state) {
            case FlowState.AskProvider(var suggested) -> providers(suggested, providers);
            case FlowState.AskKeySource _ ->
                List.of(new Option("default", "Default (no API key)"), new Option("own", "My own API key"));
            case FlowState.AskModelId asked -> models(asked, atHand);
            case FlowState.AskAccountId(var provider, var _) -> keep(atHand.accountId(provider));
            case FlowState.AskApiKey(var provider, var accountId, var _) -> {
                var stored = atHand.key(provider, accountId);
                yield keep(stored == null ? null : "••••" + stored.hint());
            }
        };
    }

    /** The one that was probably meant comes first, as the yes it is asked for. */
    private static List<Option> providers(@Nullable Provider suggested, ProviderRegistry providers) {
        var meant = Stream.ofNullable(suggested)
                .map(provider -> new Option(provider.id().value(), "Yes, " + provider.displayName()));
        var others = providers.all().stream()
                .filter(provider -> !provider.equals(suggested))
                .map(provider -> new Option(provider.id().value(), provider.displayName()));
        return Stream.concat(meant, others).toList();
    }

    private static List<Option> keep(@Nullable String stored) {
        return stored == null ? List.of() : List.of(new Option("keep", "Keep " + stored));
    }

    private static List<Option> models(AskModelId asked, AtHand atHand) {
        if (asked.doubted() != null) {
            var anyway = new Option(asked.doubted().value(), "Use “%s” all the same".formatted(asked.doubted()));
            return asked.suggested() == null ? List.of(anyway) : List.of(option(asked.suggested()), anyway);
        }
        var standard = asked.provider().defaultModel();
        var listed = atHand.models(asked.provider(), asked.keySource(), asked.accountId());
        var others = listed.stream()
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
