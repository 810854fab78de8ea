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
import io.keyswitch.conversation.UserInput.PastedKey;
import io.keyswitch.modelconfig.HeldKeys;
import io.keyswitch.modelconfig.KeyChoice;
import io.keyswitch.modelconfig.KeyFormats;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelChoice;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.secret.ApiKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The flow's steps after a key was pasted: it is used, held until its turn, offered for use or refused. Pure. */
final class KeyIntake {
    private final QuestionOrder order;
    private final NamedModel named;
    private final KeyFormats keyFormats;
    private final Replies replies;

    KeyIntake(QuestionOrder order, NamedModel named, KeyFormats keyFormats, Replies replies) {
        this.order = order;
        this.named = named;
        this.keyFormats = keyFormats;
        this.replies = replies;
    }

    /** Uses a key if one was asked for, holds one that was pasted too early, and offers to use one that was not asked for. */
    FlowStep pasted(@Nullable FlowState question, PastedKey pasted, Facts facts) {
        if (question instanceof AskKeyUse use && answersInterrupted(use, pasted)) {
            return pasted(use.interrupted(), pasted, facts.withoutHeld());
        }
        if (question instanceof AskApiKey asked) {
            return pasted.keys().size() == 1
                    ? awaited(asked, pasted.keys().getFirst())
                    : new Ask(asked, replies.notAKey(asked.provider(), true));
        }
        if (!pasted.recognised()) {
            return order.aside(question, replies.keyUnasked());
        }
        var key = pasted.keys().size() == 1 ? pasted.keys().getFirst() : null;
        return key == null ? notUsed(question, facts) : early(question, key, facts);
    }

    /** Whether a key is of the provider that the interrupted question is about. */
    private boolean answersInterrupted(AskKeyUse asked, PastedKey pasted) {
        var provider = asked.interrupted() == null ? null : asked.interrupted().provider();
        return provider != null
                && pasted.keys().size() == 1
                && keyFormats.of(pasted.keys().getFirst()).contains(provider);
    }

    /**
     * Where the format of the provider's own keys is known, a key of another's format is held until the user says for whom it is.
     */
    private FlowStep awaited(AskApiKey asked, ApiKey key) {
        return isOfAnother(asked.provider(), key)
                ? offerUse(key, keyFormats.of(key), asked)
                : QuestionOrder.given(asked, key);
    }

    private boolean isOfAnother(Provider provider, ApiKey key) {
        return !provider.keys().prefixes().isEmpty() && !mayBeFor(provider, key);
    }

    private FlowStep notUsed(@Nullable FlowState question, Facts facts) {
        return question == null ? new Tell(replies.keyRemoved()) : tooEarly(order.ask(question, facts));
    }

    private FlowStep early(@Nullable FlowState question, ApiKey key, Facts facts) {
        return switch (question) {
            case AskKeySource asked when mayBeFor(asked.provider(), key) -> holding(key, asked, facts);
            case AskModelId asked
            when mayBeFor(asked.provider(), key) ->
                asked.keySource() == KeySource.OWN
                        ? taken(key, asked.provider(), order.ask(asked, facts))
                        : holding(key, new AskKeySource(asked.provider(), null), facts);
            case AskAccountId asked
            when mayBeFor(asked.provider(), key) -> taken(key, asked.provider(), order.ask(asked, facts));
            case AskKeySource _, AskModelId _, AskAccountId _, AskProvider _, AskKeyUse _, AskApiKey _ ->
                offerOrRemove(question, key, facts);
            case null -> offerOrRemove(null, key, facts);
        };
    }

    private FlowStep offerOrRemove(@Nullable FlowState question, ApiKey key, Facts facts) {
        var issuers = keyFormats.of(key);
        boolean another = facts.held() != null && facts.held().confirmed();
        return issuers.isEmpty() || another ? notUsed(question, facts) : offerUse(key, issuers, question);
    }

    /** Goes on with a key for a provider, holding it until the questions before it are answered. */
    private FlowStep holding(ApiKey key, AskKeySource asked, Facts facts) {
        var provider = asked.provider();
        var known = facts.with(new HeldKeys.Held(key, List.of(provider), true));
        var step = named.said(asked.words(), order.withOwnKey(provider, asked.model(), known), known);
        return step instanceof Ask next ? taken(key, provider, next) : step;
    }

    FlowStep using(ApiKey key, FlowStep step) {
        return switch (step) {
            case Apply(var stored) ->
                isOfAnother(stored.provider(), key)
                        ? offerUse(key, keyFormats.of(key), asking(stored))
                        : new Apply(stored.with(new KeyChoice.Given(key)));
            case Ask open -> usingFor(open, key);
            case FlowStep.Hold _,
                    FlowStep.LetGo _,
                    FlowStep.Tell _,
                    FlowStep.Leave _,
                    FlowStep.SaveKey _,
                    FlowStep.Undo _,
                    FlowStep.UndoToNone _,
                    FlowStep.UseDefault _,
                    FlowStep.ForgetKeys _,
                    FlowStep.OnlyHere _,
                    FlowStep.SayWhich _,
                    FlowStep.PassOn _,
                    FlowStep.PassOnAndEnd _ -> step;
        };
    }

    private FlowStep usingFor(Ask open, ApiKey key) {
        if (open.state() instanceof AskApiKey asked) {
            return awaited(asked, key);
        }
        var provider = open.state().provider();
        return provider != null && mayBeFor(provider, key) ? taken(key, provider, open) : tooEarly(open);
    }

    FlowStep.Hold taken(ApiKey key, Provider provider, Ask next) {
        return new FlowStep.Hold(key, provider, QuestionOrder.prefixed(replies.keyTaken(provider), next));
    }

    /** Whether the format of a key is a provider's, or that of none. */
    boolean mayBeFor(Provider provider, ApiKey key) {
        var issuers = keyFormats.of(key);
        return issuers.isEmpty() || issuers.contains(provider);
    }

    private Ask tooEarly(Ask open) {
        return new Ask(open.state(), replies.keyTooEarly() + "\n\n" + open.reply());
    }

    /** Offers to use a pasted key for the providers with keys of its format. */
    private FlowStep offerUse(ApiKey key, List<Provider> issuers, @Nullable FlowState question) {
        var suggested = onlyOne(issuers);
        var interrupted = question instanceof AskKeyUse before ? before.interrupted() : question;
        return new FlowStep.Hold(
                key, null, new Ask(new AskKeyUse(suggested, interrupted), replies.useKey(suggested, issuers)));
    }

    /** The question that the right key would have answered. */
    private static AskApiKey asking(ModelChoice choice) {
        return new AskApiKey(choice.provider(), choice.accountId(), choice.model());
    }

    /** Uses the held key for a provider: for the model in use if that is the provider's, else for a chosen one. */
    FlowStep useHeld(Provider provider, @Nullable ModelId model, Facts facts) {
        if (facts.held() == null || !facts.heldProviders().contains(provider)) {
            return new Leave(replies.keyNoLongerHeld());
        }
        var key = facts.held().key();
        var config = facts.configOnOwnKey();
        boolean replaces = model == null && config != null && config.provider().equals(provider.id());
        return replaces
                ? QuestionOrder.given(new AskApiKey(provider, facts.accountId(provider), null), key)
                : heldFor(provider, model, key, facts);
    }

    /** Uses the held key for another model than the one in use, which is asked for. */
    FlowStep useHeldForAnother(Provider provider, Facts facts) {
        return facts.held() == null
                ? new Leave(replies.keyNoLongerHeld())
                : heldFor(provider, null, facts.held().key(), facts);
    }

    private FlowStep heldFor(Provider provider, @Nullable ModelId model, ApiKey key, Facts facts) {
        var known = facts.with(new HeldKeys.Held(key, List.of(provider), true));
        var step = order.withOwnKey(provider, model, known);
        return step instanceof Ask next ? new FlowStep.Hold(key, provider, next) : step;
    }

    /** The provider with keys of a format; null if there are none or several. */
    @Nullable
    Provider issuer(ApiKey key) {
        return onlyOne(keyFormats.of(key));
    }

    private static @Nullable Provider onlyOne(List<Provider> providers) {
        return providers.size() == 1 ? providers.getFirst() : null;
    }
}
