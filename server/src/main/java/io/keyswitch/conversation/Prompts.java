package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowPrompt.Option;
import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.conversation.FlowState.AskProvider;
import io.keyswitch.modelconfig.ModelMatcher;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Describes the flow's question to the app, so that it can show buttons or a password field. Pure. */
final class Prompts {
    private static final int MAX_MODELS = 50;

    /** The number of models that are offered for words of their IDs. */
    static final int MAX_FITTING = 8;

    private final ProviderRegistry providers;
    private final Replies replies;

    Prompts(ProviderRegistry providers, Replies replies) {
        this.providers = providers;
        this.replies = replies;
    }

    FlowPrompt prompt(FlowState state, Facts facts) {
        var step = QuestionName.of(state).word();
        return new FlowPrompt(step, step, state instanceof FlowState.AskApiKey, options(state, facts));
    }

    private List<Option> options(FlowState state, Facts facts) {
        return switch (state) {
            case AskProvider asked -> providers(asked);
            case FlowState.AskKeyUse(var suggested, var _) -> keyUses(suggested, facts);
            case FlowState.AskKeySource _ -> List.of(replies.optionDefault(), replies.optionOwn());
            case AskModelId asked -> models(asked, facts);
            case FlowState.AskAccountId(var provider, var _, var _) -> keep(facts.accountId(provider));
            case FlowState.AskApiKey(var provider, var accountId, var _) -> {
                var hint = facts.keyHint(provider, accountId);
                yield keep(hint == null ? null : "••••" + hint);
            }
        };
    }

    private List<Option> providers(AskProvider asked) {
        return offered(asked, providers).stream()
                .map(provider ->
                        provider.equals(asked.suggested()) ? replies.optionSuggested(provider) : option(provider))
                .toList();
    }

    /** The providers to choose from; the suggested one comes first. */
    static List<Provider> offered(AskProvider asked, ProviderRegistry providers) {
        return Stream.concat(Stream.ofNullable(asked.suggested()), providers.all().stream())
                .distinct()
                .toList();
    }

    private List<Option> keyUses(@Nullable Provider suggested, Facts facts) {
        var no = replies.optionNo();
        if (suggested != null) {
            return List.of(replies.optionYes(suggested), no);
        }
        var issuers = facts.held() == null ? Stream.<Provider>empty() : facts.held().providers().stream();
        return Stream.concat(issuers.map(Prompts::option), Stream.of(no)).toList();
    }

    private List<Option> keep(@Nullable String stored) {
        return stored == null ? List.of() : List.of(replies.optionKeep(stored));
    }

    private List<Option> models(AskModelId asked, Facts facts) {
        return offered(asked, facts).stream()
                .map(model -> model.equals(asked.doubted()) ? replies.optionAnyway(model) : option(model))
                .toList();
    }

    /**
     * The models to choose from: the suggested, the fitting and the typed one if that is unknown, else the default and the listed
     * ones.
     */
    static List<ModelId> offered(AskModelId asked, Facts facts) {
        var doubted = asked.doubted();
        if (doubted != null) {
            var fitting = ModelMatcher.near(asked.provider(), doubted.value(), facts.models()).stream()
                    .limit(MAX_FITTING);
            var typed = Stream.of(doubted).filter(model -> ModelReply.isPossible(model.value()));
            return Stream.of(Stream.ofNullable(asked.suggested()), fitting, typed)
                    .flatMap(Function.identity())
                    .distinct()
                    .toList();
        }
        var listed = facts.models().stream().map(model -> new ModelId(model.id()));
        return Stream.concat(Stream.of(asked.provider().defaultModel()), listed)
                .distinct()
                .limit(MAX_MODELS)
                .toList();
    }

    private static Option option(Provider provider) {
        return new Option(provider.id().value(), provider.displayName());
    }

    private static Option option(ModelId model) {
        return new Option(model.value(), model.value());
    }
}
