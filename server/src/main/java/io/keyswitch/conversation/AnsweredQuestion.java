package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskAccountId;
import io.keyswitch.conversation.FlowState.AskApiKey;
import io.keyswitch.conversation.FlowState.AskKeySource;
import io.keyswitch.conversation.FlowState.AskKeyUse;
import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.conversation.FlowState.AskProvider;
import io.keyswitch.conversation.FlowStep.Ask;
import io.keyswitch.conversation.FlowStep.Leave;
import io.keyswitch.conversation.UserInput.Command;
import io.keyswitch.conversation.UserInput.FreeAnswer;
import io.keyswitch.conversation.UserInput.ModelName;
import io.keyswitch.core.Spelling;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The step that follows from what is said to an open question, unless that is a request or a key. Pure. */
final class AnsweredQuestion {
    private final ProviderRegistry providers;
    private final ProjectKeys projectKeys;
    private final QuestionOrder order;
    private final KeyIntake intake;
    private final ModelQuestion models;
    private final Replies replies;

    AnsweredQuestion(
            ProviderRegistry providers,
            ProjectKeys projectKeys,
            QuestionOrder order,
            KeyIntake intake,
            ModelQuestion models,
            Replies replies) {
        this.providers = providers;
        this.projectKeys = projectKeys;
        this.order = order;
        this.intake = intake;
        this.models = models;
        this.replies = replies;
    }

    FlowStep next(FlowState question, UserInput.AtQuestion answer, Facts facts) {
        return switch (answer) {
            case Command command -> command(question, command, facts);
            case UserInput.Choice(var place, var _) -> chosen(question, place, facts);
            case ModelName _ -> modelName(question, facts);
            case UserInput.Mention(var provider, var _) -> mentioned(question, provider, facts);
            case UserInput.Remark _ -> remark(question, facts);
            case FreeAnswer free -> answer(question, free, facts);
        };
    }

    private FlowStep chosen(FlowState question, int place, Facts facts) {
        return switch (question) {
            case AskKeyUse asked -> {
                var offered = facts.heldProviders();
                boolean none = place == -1 || place == offered.size() + 1;
                var provider = nth(offered, place);
                yield none
                        ? order.letGo(asked, facts)
                        : provider == null ? order.ask(question, facts) : intake.useHeld(provider, null, facts);
            }
            case AskProvider asked -> {
                var provider = nth(Prompts.offered(asked, providers), place);
                yield provider == null
                        ? order.ask(question, facts)
                        : order.withProvider(provider, null, asked.keySource(), facts);
            }
            case AskKeySource(var provider, var model, var _) -> {
                var source = nth(List.of(KeySource.PROJECT, KeySource.OWN), place);
                yield source == null
                        ? new Ask(question, replies.notAKeySource())
                        : order.withKeySource(provider, model, source, facts);
            }
            case AskModelId asked -> {
                var model = nth(Prompts.offered(asked, facts), place);
                yield model == null ? models.none(asked) : order.withModel(asked, model, facts);
            }
            case AskAccountId _, AskApiKey _ -> order.ask(question, facts);
        };
    }

    private static <T> @Nullable T nth(List<T> offered, int place) {
        int index = place < 0 ? offered.size() + place : place - 1;
        return index < 0 || index >= offered.size() ? null : offered.get(index);
    }

    private FlowStep command(FlowState question, Command command, Facts facts) {
        return switch (command.word()) {
            case CANCEL -> new Leave(replies.cancelled(facts));
            case BACK -> order.back(question, facts);
            case HELP -> new Ask(question, replies.help(question, command.about()));
            case YES -> yes(question, facts);
            case KEEP -> keep(question, facts);
            case DEFAULT -> answeredDefault(question, facts);
            case OWN ->
                question instanceof AskKeySource(var provider, var model, var _)
                        ? order.withKeySource(provider, model, KeySource.OWN, facts)
                        : order.ask(question, facts);
            case NOTHING_NAMED -> nothingNamed(question, facts);
            case ANY -> any(question, facts);
            case WAIT -> order.ask(question, facts);
        };
    }

    private FlowStep yes(FlowState question, Facts facts) {
        return switch (question) {
            case AskProvider(var suggested, var source)
            when suggested != null -> order.withProvider(suggested, null, source, facts);
            case AskKeyUse asked
            when facts.held() == null && asked.interrupted() != null -> heldNoLonger(asked.interrupted(), facts);
            case AskKeyUse asked when asked.suggested() != null -> intake.useHeld(asked.suggested(), null, facts);
            case AskModelId asked when asked.confirmed() != null -> order.withModel(asked, asked.confirmed(), facts);
            case AskProvider _, AskKeyUse _, AskKeySource _, AskAccountId _, AskModelId _, AskApiKey _ ->
                order.ask(question, facts);
        };
    }

    private FlowStep keep(FlowState question, Facts facts) {
        return switch (question) {
            case AskAccountId(var provider, var model, var _) -> {
                var stored = facts.accountId(provider);
                yield stored == null
                        ? notAnAccountId(provider, model)
                        : order.withAccount(provider, stored, model, facts);
            }
            case AskApiKey asked ->
                facts.keyHint(asked.provider(), asked.accountId()) == null
                        ? new Ask(asked, replies.nothingToKeep(asked.provider()))
                        : order.keep(asked, facts);
            case AskProvider _, AskKeyUse _, AskKeySource _, AskModelId _ -> order.ask(question, facts);
        };
    }

    private FlowStep answeredDefault(FlowState question, Facts facts) {
        return switch (question) {
            case AskKeySource(var provider, var model, var _) ->
                order.withKeySource(provider, model, KeySource.PROJECT, facts);
            case AskModelId asked -> order.withModel(asked, asked.provider().defaultModel(), facts);
            case AskProvider _, AskKeyUse _, AskAccountId _, AskApiKey _ -> order.ask(question, facts);
        };
    }

    private FlowStep nothingNamed(FlowState question, Facts facts) {
        return switch (question) {
            case AskProvider asked ->
                asked.suggested() == null
                        ? new Ask(question, replies.unknownProvider("", null))
                        : order.ask(asked.suggesting(null), facts);
            case AskKeyUse asked -> order.letGo(asked, facts);
            case AskModelId asked -> models.none(asked);
            case AskKeySource _, AskAccountId _, AskApiKey _ -> order.ask(question, facts);
        };
    }

    /** Whoever has no preference gets the app's default provider, and a provider's default model. */
    private FlowStep any(FlowState question, Facts facts) {
        var standard = projectKeys.defaultModel();
        return switch (question) {
            case AskProvider asked
            when standard != null -> {
                var model = asked.keySource() == KeySource.PROJECT ? standard.model() : null;
                yield order.withProvider(standard.provider(), model, asked.keySource(), facts);
            }
            case AskModelId asked
            when asked.doubted() == null ->
                order.withModel(asked, asked.provider().defaultModel(), facts);
            // The default need not be one of those that fit.
            case AskProvider _, AskKeyUse _, AskKeySource _, AskAccountId _, AskModelId _, AskApiKey _ ->
                new Ask(question, replies.help(question, Set.of()));
        };
    }

    private FlowStep modelName(FlowState question, Facts facts) {
        return switch (question) {
            case AskApiKey asked -> new Ask(asked, replies.modelInsteadOfKey(asked.provider()));
            case AskProvider _, AskKeyUse _, AskKeySource _, AskAccountId _, AskModelId _ -> order.ask(question, facts);
        };
    }

    private FlowStep mentioned(FlowState question, Provider provider, Facts facts) {
        return switch (question) {
            case AskProvider asked -> new Ask(asked.suggesting(provider), replies.didYouMean(provider));
            case AskKeyUse _, AskKeySource _, AskAccountId _, AskModelId _, AskApiKey _ -> order.ask(question, facts);
        };
    }

    /** Whoever says something else where a key is asked for may want to leave. */
    private FlowStep remark(FlowState question, Facts facts) {
        return switch (question) {
            case AskApiKey asked -> new Ask(asked, replies.noKeyInMessage(asked.provider()));
            case AskProvider _, AskKeyUse _, AskKeySource _, AskAccountId _, AskModelId _ ->
                order.somethingElse(question, facts);
        };
    }

    private FlowStep answer(FlowState question, FreeAnswer message, Facts facts) {
        return switch (question) {
            case AskProvider asked -> unknownProvider(asked, message, facts);
            // Whoever does not answer has gone on to something else.
            case AskKeyUse asked -> {
                if (asked.interrupted() == null) {
                    yield new FlowStep.PassOnAndEnd();
                }
                yield facts.held() == null
                        ? heldNoLonger(asked.interrupted(), facts)
                        : order.somethingElse(asked, facts);
            }
            case AskKeySource asked ->
                message.sentence() ? order.somethingElse(asked, facts) : new Ask(asked, replies.notAKeySource());
            case AskAccountId(var provider, var model, var _) ->
                message.sentence()
                        ? order.somethingElse(question, facts)
                        : accountId(provider, model, message.name(), facts);
            case AskModelId asked -> models.answer(asked, message, facts);
            case AskApiKey asked -> new Ask(asked, replies.notAKey(asked.provider(), false));
        };
    }

    private FlowStep unknownProvider(AskProvider asked, FreeAnswer message, Facts facts) {
        var named = message.name();
        var near = Spelling.nearest(
                ProviderRegistry.nameKey(named), providers.names().keySet());
        var suggested = near == null ? null : providers.names().get(near);
        if (suggested == null && message.sentence()) {
            return order.somethingElse(asked, facts);
        }
        // A name that may be a key is not echoed.
        var echoed = message.kept().contains(named) ? named : "";
        return new Ask(asked.suggesting(suggested), replies.unknownProvider(echoed, suggested));
    }

    private FlowStep heldNoLonger(FlowState interrupted, Facts facts) {
        return QuestionOrder.prefixed(replies.keyNoLongerHeld(), order.ask(interrupted, facts));
    }

    private FlowStep accountId(Provider provider, @Nullable ModelId model, String named, Facts facts) {
        var rule = provider.accountId();
        var accountId = rule == null ? null : rule.read(named);
        return rule != null && accountId == null
                ? notAnAccountId(provider, model)
                : order.withAccount(provider, accountId, model, facts);
    }

    private Ask notAnAccountId(Provider provider, @Nullable ModelId model) {
        return new Ask(new AskAccountId(provider, model), replies.notAnAccountId(provider));
    }
}
