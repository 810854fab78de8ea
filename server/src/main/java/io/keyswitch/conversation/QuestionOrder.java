package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskAccountId;
import io.keyswitch.conversation.FlowState.AskApiKey;
import io.keyswitch.conversation.FlowState.AskKeySource;
import io.keyswitch.conversation.FlowState.AskKeyUse;
import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.conversation.FlowState.AskProvider;
import io.keyswitch.conversation.FlowStep.Apply;
import io.keyswitch.conversation.FlowStep.Ask;
import io.keyswitch.conversation.FlowStep.Leave;
import io.keyswitch.conversation.FlowStep.Tell;
import io.keyswitch.modelconfig.KeyChoice;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelChoice;
import io.keyswitch.modelconfig.NewKey;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.secret.ApiKey;
import org.jspecify.annotations.Nullable;

/**
 * The order of the questions: provider, key source, account ID, model, key. Each is asked only if its answer is not known yet;
 * when all are known, the choice is complete. Pure.
 */
final class QuestionOrder {
    private final ProjectKeys projectKeys;
    private final Replies replies;

    QuestionOrder(ProjectKeys projectKeys, Replies replies) {
        this.projectKeys = projectKeys;
        this.replies = replies;
    }

    /** The question that a state asks. */
    Ask ask(FlowState state, Facts facts) {
        return new Ask(
                state,
                switch (state) {
                    case AskProvider _ -> replies.whichProvider();
                    case AskKeyUse(var suggested, var _) -> replies.useKey(suggested, facts.heldProviders());
                    case AskKeySource(var provider, var _, var _) -> replies.whichKey(provider);
                    case AskAccountId(var provider, var _, var _) ->
                        replies.whichAccount(provider, facts.accountId(provider));
                    case AskModelId asked -> replies.whichModel(asked.provider());
                    case AskApiKey(var provider, var accountId, var model) ->
                        replies.giveKey(provider, facts.keyHint(provider, accountId), model);
                });
    }

    static Ask prefixed(String reply, Ask ask) {
        return new Ask(ask.state(), reply + "\n\n" + ask.reply());
    }

    /** Asks again who has talked of something else. */
    Ask somethingElse(FlowState question, Facts facts) {
        return prefixed(replies.somethingElse(), ask(question, facts));
    }

    /** Replies without changing the flow, and reminds the user of the open question. */
    FlowStep aside(@Nullable FlowState question, String reply) {
        return question == null ? new Tell(reply) : new Ask(question, reply + "\n\n" + replies.stillAsking());
    }

    FlowStep withProvider(Provider provider, @Nullable ModelId model, @Nullable KeySource source, Facts facts) {
        if (!projectKeys.covers(provider)) {
            var next = withOwnKey(provider, model, facts);
            boolean given =
                    facts.keyHint(provider, facts.accountId(provider)) != null || facts.heldFor(provider) != null;
            return next instanceof Ask asked && !given ? prefixed(replies.noDefaultKey(provider), asked) : next;
        }
        if (source == null) {
            return ask(new AskKeySource(provider, model), facts);
        }
        // "Use the default groq" leaves nothing open.
        boolean everythingDefault = source == KeySource.PROJECT && model == null;
        return withKeySource(provider, everythingDefault ? provider.defaultModel() : model, source, facts);
    }

    FlowStep withKeySource(Provider provider, @Nullable ModelId model, KeySource source, Facts facts) {
        return switch (source) {
            case OWN -> withOwnKey(provider, model, facts);
            case PROJECT ->
                model == null
                        ? ask(new AskModelId(provider, source, null), facts)
                        : new Apply(new ModelChoice(provider, model, null, new KeyChoice.Project()));
        };
    }

    FlowStep withOwnKey(Provider provider, @Nullable ModelId model, Facts facts) {
        var account = facts.accountId(provider);
        boolean known = provider.accountId() == null || (account != null && facts.keyHint(provider, account) != null);
        return known ? withAccount(provider, account, model, facts) : ask(new AskAccountId(provider, model), facts);
    }

    FlowStep withAccount(Provider provider, @Nullable String accountId, @Nullable ModelId model, Facts facts) {
        return model == null
                ? ask(new AskModelId(provider, KeySource.OWN, accountId), facts)
                : withKey(new AskApiKey(provider, accountId, model), facts);
    }

    /** Asks for the key unless one was pasted before or is stored. */
    FlowStep withKey(AskApiKey asked, Facts facts) {
        boolean stored = facts.keyHint(asked.provider(), asked.accountId()) != null;
        return stored && facts.heldFor(asked.provider()) == null ? keep(asked, facts) : askKey(asked, facts);
    }

    /** Asks for a key unless one was pasted before. */
    FlowStep askKey(AskApiKey asked, Facts facts) {
        var held = facts.heldFor(asked.provider());
        return held == null ? ask(asked, facts) : given(asked, held);
    }

    FlowStep withModel(AskModelId asked, ModelId model, Facts facts) {
        var provider = asked.provider();
        return switch (asked.keySource()) {
            case PROJECT -> new Apply(new ModelChoice(provider, model, asked.accountId(), new KeyChoice.Project()));
            case OWN -> withKey(new AskApiKey(provider, asked.accountId(), model), facts);
        };
    }

    FlowStep keep(AskApiKey asked, Facts facts) {
        return asked.model() == null
                ? new Leave(replies.cancelled(facts))
                : new Apply(
                        new ModelChoice(asked.provider(), asked.model(), asked.accountId(), new KeyChoice.Stored()));
    }

    static FlowStep given(AskApiKey asked, ApiKey key) {
        return asked.model() == null
                ? new FlowStep.SaveKey(new NewKey(asked.provider(), asked.accountId(), key))
                : new Apply(
                        new ModelChoice(asked.provider(), asked.model(), asked.accountId(), new KeyChoice.Given(key)));
    }

    FlowStep back(FlowState question, Facts facts) {
        return switch (question) {
            case AskProvider asked -> new Ask(asked, replies.nothingBefore());
            case AskKeyUse asked ->
                asked.interrupted() == null ? new Ask(asked, replies.nothingBefore()) : letGo(asked, facts);
            case AskKeySource _ -> ask(new AskProvider(null), facts);
            case AskAccountId(var provider, var _, var _) -> beforeAccount(provider, facts);
            case AskModelId(var provider, var _, var _, var _, var _) ->
                provider.accountId() == null
                        ? beforeAccount(provider, facts)
                        : ask(new AskAccountId(provider, null), facts);
            case AskApiKey asked ->
                asked.model() == null
                        ? new Ask(asked, replies.nothingBefore())
                        : withAccount(asked.provider(), asked.accountId(), null, facts);
        };
    }

    /** Goes back to the question that a pasted key has interrupted, without the key. */
    FlowStep letGo(AskKeyUse asked, Facts facts) {
        var interrupted = asked.interrupted();
        return interrupted == null
                ? new Leave(replies.keyLetGo())
                : new FlowStep.LetGo(prefixed(replies.keyLetGo(), ask(interrupted, facts.withoutHeld())));
    }

    private FlowStep beforeAccount(Provider provider, Facts facts) {
        return projectKeys.covers(provider)
                ? ask(new AskKeySource(provider, null), facts)
                : ask(new AskProvider(null), facts);
    }
}
