package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskAccountId;
import io.keyswitch.conversation.FlowState.AskApiKey;
import io.keyswitch.conversation.FlowState.AskKeySource;
import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.conversation.FlowState.AskProvider;
import io.keyswitch.conversation.FlowStep.Apply;
import io.keyswitch.conversation.FlowStep.Ask;
import io.keyswitch.conversation.FlowStep.Leave;
import io.keyswitch.conversation.FlowStep.Tell;
import io.keyswitch.conversation.UserInput.Command;
import io.keyswitch.conversation.UserInput.ModelName;
import io.keyswitch.conversation.UserInput.ModelRequest;
import io.keyswitch.conversation.UserInput.PastedKey;
import io.keyswitch.conversation.UserInput.PlainMessage;
import io.keyswitch.core.Spelling;
import io.keyswitch.modelconfig.KeyChoice;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelChoice;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import org.jspecify.annotations.Nullable;

/** The model-change flow: from the open question, what a message says and what is known, to what follows. Pure. */
final class Flow {
    private static final Request.Change ANY = new Request.Change(null, null, null);

    private final ProviderRegistry providers;
    private final ProjectKeys projectKeys;
    private final Replies replies;

    Flow(ProviderRegistry providers, ProjectKeys projectKeys, Replies replies) {
        this.providers = providers;
        this.projectKeys = projectKeys;
        this.replies = replies;
    }

    /**
     * What follows from a message.
     *
     * @param question the open question; null if there is none
     */
    FlowStep next(@Nullable FlowState question, UserInput input, Facts facts) {
        return switch (input) {
            case ModelRequest(var request, var key, var _) -> request(request, key, facts);
            case Command command -> question == null ? new FlowStep.PassOn() : command(question, command.word(), facts);
            case PastedKey pasted -> pasted(question, pasted, facts);
            case ModelName _ -> modelName(question, facts);
            case PlainMessage message -> question == null ? new FlowStep.PassOn() : answer(question, message, facts);
        };
    }

    /** The question a state waits for an answer to. */
    Ask ask(FlowState state, Facts facts) {
        return new Ask(
                state,
                switch (state) {
                    case AskProvider _ -> replies.whichProvider();
                    case AskKeySource(var provider, var _) -> replies.whichKey(provider);
                    case AskAccountId(var provider, var _) -> replies.whichAccount(provider, facts.accountId(provider));
                    case AskModelId asked -> replies.whichModel(asked.provider());
                    case AskApiKey(var provider, var accountId, var _) ->
                        replies.giveKey(provider, facts.keyHint(provider, accountId));
                });
    }

    private FlowStep request(Request request, @Nullable ApiKey key, Facts facts) {
        return switch (request) {
            case Request.Change change -> key == null ? start(change, facts) : startWith(key, change, facts);
            case Request.Misspelt(var named, var near) ->
                new Ask(new AskProvider(near), replies.unknownProvider(named, near));
            case Request.UseDefault _ -> new FlowStep.UseDefault();
            case Request.WhichModel _ -> new FlowStep.SayWhich();
            case Request.ForgetKey(var provider) -> new FlowStep.ForgetKey(provider);
        };
    }

    /** The first step of a request, as far as what it names carries. */
    private FlowStep start(Request.Change request, Facts facts) {
        var provider = request.provider();
        return provider == null
                ? ask(new AskProvider(null), facts)
                : withProvider(provider, request.model(), request.keySource(), facts);
    }

    /** A key that came with the request is used at once where nothing else is missing. */
    private FlowStep startWith(ApiKey key, Request.Change request, Facts facts) {
        var step = start(new Request.Change(request.provider(), request.model(), KeySource.OWN), facts);
        return switch (step) {
            case Ask(AskApiKey asked, var _) -> apply(asked, new KeyChoice.Given(key));
            case Ask open -> tooEarly(open);
            default -> step;
        };
    }

    private Ask tooEarly(Ask open) {
        return new Ask(open.state(), replies.keyTooEarly() + "\n\n" + open.reply());
    }

    private FlowStep command(FlowState question, UserInput.Word word, Facts facts) {
        return switch (word) {
            case CANCEL -> new Leave(replies.cancelled());
            case BACK -> back(question, facts);
            case HELP -> new Ask(question, replies.help(question));
            case YES -> yes(question, facts);
            case KEEP -> keep(question, facts);
            case DEFAULT -> standard(question, facts);
            case OWN ->
                question instanceof AskKeySource(var provider, var model)
                        ? withKeySource(provider, model, KeySource.OWN, facts)
                        : ask(question, facts);
            case NOTHING_NAMED -> nothingNamed(question, facts);
        };
    }

    private FlowStep yes(FlowState question, Facts facts) {
        return switch (question) {
            case AskProvider(var suggested) when suggested != null -> withProvider(suggested, null, null, facts);
            case AskModelId asked when asked.suggested() != null -> withModel(asked, asked.suggested(), facts);
            case AskProvider _, AskKeySource _, AskAccountId _, AskModelId _, AskApiKey _ -> ask(question, facts);
        };
    }

    private FlowStep keep(FlowState question, Facts facts) {
        return switch (question) {
            case AskAccountId(var provider, var model) -> {
                var stored = facts.accountId(provider);
                yield stored == null ? notAnAccountId(provider, model) : withAccount(provider, stored, model, facts);
            }
            case AskApiKey asked ->
                facts.keyHint(asked.provider(), asked.accountId()) == null
                        ? new Ask(asked, replies.nothingToKeep(asked.provider()))
                        : apply(asked, new KeyChoice.Stored());
            case AskProvider _, AskKeySource _, AskModelId _ -> ask(question, facts);
        };
    }

    private FlowStep standard(FlowState question, Facts facts) {
        return switch (question) {
            case AskKeySource(var provider, var model) -> withKeySource(provider, model, KeySource.PROJECT, facts);
            case AskModelId asked -> withModel(asked, asked.provider().defaultModel(), facts);
            case AskProvider _, AskAccountId _, AskApiKey _ -> ask(question, facts);
        };
    }

    private FlowStep nothingNamed(FlowState question, Facts facts) {
        return switch (question) {
            case AskProvider(var suggested) ->
                suggested == null
                        ? new Ask(question, replies.unknownProvider("", null))
                        : ask(new AskProvider(null), facts);
            case AskModelId asked -> notAModelId(asked);
            case AskKeySource _, AskAccountId _, AskApiKey _ -> ask(question, facts);
        };
    }

    /** A key where one is asked for is taken; anywhere else it is only removed. */
    private FlowStep pasted(@Nullable FlowState question, PastedKey pasted, Facts facts) {
        return switch (question) {
            case null -> new Tell(pasted.recognised() ? replies.keyRemoved() : replies.keyUnasked());
            case AskApiKey asked ->
                pasted.keys().size() == 1
                        ? apply(asked, new KeyChoice.Given(pasted.keys().getFirst()))
                        : new Ask(asked, replies.notAKey(asked.provider(), true));
            case AskProvider _, AskKeySource _, AskAccountId _, AskModelId _ ->
                pasted.recognised() ? tooEarly(ask(question, facts)) : new Tell(replies.keyUnasked());
        };
    }

    private FlowStep modelName(@Nullable FlowState question, Facts facts) {
        return switch (question) {
            case null -> new FlowStep.PassOn();
            case AskApiKey asked -> new Ask(asked, replies.modelInsteadOfKey(asked.provider()));
            case AskProvider _, AskKeySource _, AskAccountId _, AskModelId _ -> ask(question, facts);
        };
    }

    private FlowStep answer(FlowState question, PlainMessage message, Facts facts) {
        return switch (question) {
            case AskProvider _ -> provider(message);
            case AskKeySource asked -> new Ask(asked, replies.notAKeySource());
            case AskAccountId(var provider, var model) -> accountId(provider, model, message.name(), facts);
            case AskModelId asked -> model(asked, message, facts);
            case AskApiKey asked -> new Ask(asked, replies.notAKey(asked.provider(), false));
        };
    }

    private FlowStep provider(PlainMessage message) {
        var named = message.name();
        var near = Spelling.nearest(
                ProviderRegistry.nameKey(named), providers.names().keySet());
        var suggested = near == null ? null : providers.names().get(near);
        // What is not kept is not repeated either.
        var echoed = message.kept().contains(named) ? named : "";
        return new Ask(new AskProvider(suggested), replies.unknownProvider(echoed, suggested));
    }

    private FlowStep withProvider(Provider provider, @Nullable ModelId model, @Nullable KeySource source, Facts facts) {
        if (!projectKeys.covers(provider)) {
            var next = withOwnKey(provider, model, facts);
            boolean stored = facts.keyHint(provider, facts.accountId(provider)) != null;
            return stored ? next : new Ask(next.state(), replies.noDefaultKey(provider) + "\n\n" + next.reply());
        }
        if (source == null) {
            return ask(new AskKeySource(provider, model), facts);
        }
        // "Use the default groq" leaves nothing open.
        boolean everythingDefault = source == KeySource.PROJECT && model == null;
        return withKeySource(provider, everythingDefault ? provider.defaultModel() : model, source, facts);
    }

    private FlowStep withKeySource(Provider provider, @Nullable ModelId model, KeySource source, Facts facts) {
        return switch (source) {
            case OWN -> withOwnKey(provider, model, facts);
            case PROJECT ->
                model == null
                        ? ask(new AskModelId(provider, source, null), facts)
                        : new Apply(new ModelChoice(provider, model, null, new KeyChoice.Project()));
        };
    }

    private Ask withOwnKey(Provider provider, @Nullable ModelId model, Facts facts) {
        return provider.accountId() == null
                ? withAccount(provider, null, model, facts)
                : ask(new AskAccountId(provider, model), facts);
    }

    private FlowStep accountId(Provider provider, @Nullable ModelId model, String named, Facts facts) {
        var rule = provider.accountId();
        var accountId = rule == null ? null : rule.read(named);
        return rule != null && accountId == null
                ? notAnAccountId(provider, model)
                : withAccount(provider, accountId, model, facts);
    }

    private Ask notAnAccountId(Provider provider, @Nullable ModelId model) {
        return new Ask(new AskAccountId(provider, model), replies.notAnAccountId(provider));
    }

    private Ask withAccount(Provider provider, @Nullable String accountId, @Nullable ModelId model, Facts facts) {
        return model == null
                ? ask(new AskModelId(provider, KeySource.OWN, accountId), facts)
                : ask(new AskApiKey(provider, accountId, model), facts);
    }

    private FlowStep model(AskModelId asked, PlainMessage message, Facts facts) {
        var provider = asked.provider();
        return switch (ModelAnswer.read(asked, message, facts.models())) {
            case ModelAnswer.Id(var model) -> withModel(asked, model, facts);
            case ModelAnswer.Doubtful(var typed, var suggested) ->
                new Ask(
                        new AskModelId(provider, asked.keySource(), asked.accountId(), typed, suggested),
                        replies.doubtfulModel(
                                provider, typed, suggested, !facts.models().isEmpty()));
            case ModelAnswer.None _ -> notAModelId(asked);
        };
    }

    private Ask notAModelId(AskModelId asked) {
        return new Ask(
                new AskModelId(asked.provider(), asked.keySource(), asked.accountId()),
                replies.notAModelId(asked.provider()));
    }

    private FlowStep withModel(AskModelId asked, ModelId model, Facts facts) {
        var provider = asked.provider();
        return switch (asked.keySource()) {
            case PROJECT -> new Apply(new ModelChoice(provider, model, asked.accountId(), new KeyChoice.Project()));
            case OWN -> ask(new AskApiKey(provider, asked.accountId(), model), facts);
        };
    }

    private static FlowStep apply(AskApiKey asked, KeyChoice key) {
        return new Apply(new ModelChoice(asked.provider(), asked.model(), asked.accountId(), key));
    }

    private FlowStep back(FlowState question, Facts facts) {
        return switch (question) {
            case AskProvider asked -> new Ask(asked, replies.nothingBefore());
            case AskKeySource _ -> start(ANY, facts);
            case AskAccountId(var provider, var _) -> beforeAccount(provider, facts);
            case AskModelId(var provider, var _, var _, var _, var _) ->
                provider.accountId() == null
                        ? beforeAccount(provider, facts)
                        : ask(new AskAccountId(provider, null), facts);
            case AskApiKey(var provider, var accountId, var _) -> withAccount(provider, accountId, null, facts);
        };
    }

    private FlowStep beforeAccount(Provider provider, Facts facts) {
        return projectKeys.covers(provider) ? ask(new AskKeySource(provider, null), facts) : start(ANY, facts);
    }
}
