package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskAccountId;
import io.keyswitch.conversation.FlowState.AskApiKey;
import io.keyswitch.conversation.FlowState.AskKeyUse;
import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.conversation.FlowState.AskProvider;
import io.keyswitch.conversation.FlowStep.Apply;
import io.keyswitch.conversation.FlowStep.Ask;
import io.keyswitch.conversation.FlowStep.Leave;
import io.keyswitch.conversation.UserInput.ModelRequest;
import io.keyswitch.conversation.UserInput.PastedKey;
import io.keyswitch.conversation.UserInput.PlainMessage;
import io.keyswitch.modelconfig.KeyChoice;
import io.keyswitch.modelconfig.KeyFormats;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelChoice;
import io.keyswitch.modelconfig.ModelMatcher;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.modelconfig.SetupOutcome;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ModelWords;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.understanding.Intent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The model-change flow: maps the open question, the user's input and the facts to the next step. Pure. */
final class Flow {
    private final ProviderRegistry providers;
    private final ProjectKeys projectKeys;
    private final Replies replies;
    private final QuestionOrder order;
    private final NamedModel named;
    private final KeyIntake intake;
    private final KeyRequests keys;
    private final AnsweredQuestion answers;
    private final Returns returns;

    Flow(ProviderRegistry providers, ProjectKeys projectKeys, Replies replies) {
        this.providers = providers;
        this.projectKeys = projectKeys;
        this.replies = replies;
        this.order = new QuestionOrder(projectKeys, replies);
        this.named = new NamedModel(order, replies);
        this.intake = new KeyIntake(order, named, new KeyFormats(providers), replies);
        this.keys = new KeyRequests(order, intake, providers, replies);
        this.answers = new AnsweredQuestion(
                providers, projectKeys, order, intake, new ModelQuestion(order, intake, named, replies), replies);
        this.returns = new Returns(providers, projectKeys, order, replies);
    }

    /**
     * The next step after a message.
     *
     * @param question the open question; null if there is none
     */
    FlowStep next(@Nullable FlowState question, UserInput input, Facts facts) {
        return switch (input) {
            case ModelRequest(var request, var key, var _, var _) -> request(question, request, key, facts);
            case PastedKey pasted -> intake.pasted(question, pasted, facts);
            case PlainMessage _ -> new FlowStep.PassOn();
            case UserInput.AtQuestion answer ->
                question == null
                        ? new FlowStep.PassOn()
                        : named.said(question.words(), answers.next(question, answer, facts), facts);
        };
    }

    private FlowStep request(@Nullable FlowState question, Intent request, @Nullable ApiKey key, Facts facts) {
        return switch (request) {
            case Intent.Change change -> key == null ? change(question, change, facts) : startWith(key, change, facts);
            case Intent.UnknownProvider(var named, var near, var _) ->
                new Ask(asking(question).suggesting(near), replies.unknownProvider(named, near));
            case Intent.UseDefault(var thisThread) -> returns.toDefault(thisThread, facts);
            case Intent.OnlyHere(var provider) -> returns.onlyHere(provider, facts);
            case Intent.Which _ -> new FlowStep.SayWhich();
            case Intent.ForgetKey(var provider, boolean all) ->
                KeyRequests.isAboutHeldKey(question, provider, all, facts)
                        ? question instanceof AskKeyUse asked
                                ? order.letGo(asked, facts)
                                : new Leave(replies.keyLetGo())
                        : all && !facts.keys().isEmpty()
                                ? KeyRequests.forgetAllKeys(facts)
                                : keys.forgetKey(question, provider, facts);
            case Intent.Offers(var provider) -> order.aside(question, offers(question, provider, facts));
            case Intent.Help(var _) -> order.aside(question, replies.howToChange());
            case Intent.Undo _ -> returns.undo(facts);
            case Intent.UpdateKey(var provider) -> keys.updateWith(key, provider, facts);
        };
    }

    private String offers(@Nullable FlowState question, @Nullable Provider named, Facts facts) {
        var provider = whoseModels(question, named, facts);
        if (provider == null) {
            return replies.offeredProviders();
        }
        var models = replies.offeredModels(provider, facts.models());
        boolean ofAny = named == null && question == null;
        return ofAny ? models + "\n\n" + replies.offeredProviders() : models;
    }

    /** The provider whose models are asked for: the named one, else the one in question, else the one in use. */
    @Nullable
    Provider whoseModels(@Nullable FlowState question, @Nullable Provider named, Facts facts) {
        if (named != null) {
            return named;
        }
        return question == null ? current(facts) : question.provider();
    }

    /**
     * The step after a choice or key was refused: asks again for the part at fault, and ends the flow if none is.
     *
     * @param step the step that led to the check
     */
    FlowStep.AskOrLeave refused(SetupOutcome.Refused refused, FlowStep.Checkable step) {
        if (refused.part() == SetupOutcome.Part.NONE) {
            return new Leave(replies.failed(refused.failure()));
        }
        var state = switch (step) {
            case FlowStep.OfChoice chosen -> askAgain(refused.part(), chosen.choice());
            case FlowStep.SaveKey(var given) ->
                refused.part() == SetupOutcome.Part.ACCOUNT_ID
                        ? new AskAccountId(given.provider(), null)
                        : new AskApiKey(given.provider(), given.accountId(), null);
        };
        return new Ask(state, replies.refused(refused.failure()));
    }

    /**
     * The step after a choice whose model the provider does not list: asks whether it is meant, and holds a key given with it.
     *
     * @param nearest the nearest listed model; null if none is near
     */
    FlowStep unlisted(ModelChoice choice, @Nullable ModelId nearest) {
        var provider = choice.provider();
        var source = choice.key().source();
        var asked = new Ask(
                new AskModelId(provider, source, choice.accountId(), choice.model(), nearest),
                replies.doubtfulModel(provider, choice.model(), nearest, true));
        return choice.key() instanceof KeyChoice.Given(var key) ? intake.taken(key, provider, asked) : asked;
    }

    private static FlowState askAgain(SetupOutcome.Part part, ModelChoice choice) {
        return switch (part) {
            case KEY -> new AskApiKey(choice.provider(), choice.accountId(), choice.model());
            case MODEL -> new AskModelId(choice.provider(), KeySource.OWN, choice.accountId());
            case ACCOUNT_ID -> new AskAccountId(choice.provider(), choice.model());
            case KEY_SOURCE, NONE -> new AskApiKey(choice.provider(), null, choice.model());
        };
    }

    /** The first question that a request leaves open, or its completed choice. */
    private FlowStep start(Intent.Change request, Facts facts) {
        var provider = request.provider();
        if (request.words() != null) {
            return startWith(request.words(), request, facts);
        }
        if (provider != null) {
            return order.withProvider(provider, request.model(), sourceAt(provider, request, facts), facts);
        }
        if (request.model() == null && request.keySource() == KeySource.PROJECT) {
            return withProjectKey(request.thisThread(), facts);
        }
        var model = request.model();
        var current = model == null ? null : current(facts);
        return model == null || current == null
                ? order.ask(new AskProvider(null, request.keySource()), facts)
                : order.withProvider(
                        current,
                        ModelMatcher.completed(current, model, facts.models()),
                        sourceAt(current, request, facts),
                        facts);
    }

    /** What words ask for that leave a model's ID open. */
    private FlowStep startWith(String words, Intent.Change request, Facts facts) {
        var provider = whoseModels(request, facts);
        var meant = provider == null ? new ModelReply.None() : NamedModel.meant(provider, words, facts);
        // Right after a change, "12" corrects nothing that no model is called.
        if (meant instanceof ModelReply.None && ModelWords.of(words).isNumber()) {
            return new FlowStep.PassOn();
        }
        if (provider == null || (request.provider() == null && meant instanceof ModelReply.None)) {
            return order.ask(new AskProvider(null, request.keySource()), facts);
        }
        var source = sourceAt(provider, request, facts);
        var model = meant instanceof ModelReply.Id(var id) ? id : null;
        // The app's key with a name that says no model is not the app's default.
        var step = source == KeySource.PROJECT && projectKeys.covers(provider)
                ? order.withKeySource(provider, model, source, facts)
                : order.withProvider(provider, model, source, facts);
        return named.said(model == null ? words : null, step, facts);
    }

    /** The provider whose models a request may name by words; null if there is none. */
    @Nullable
    Provider whoseModels(@Nullable FlowState question, Intent.Change request, Facts facts) {
        return whoseModels(within(question, request, facts), facts);
    }

    private @Nullable Provider whoseModels(Intent.Change request, Facts facts) {
        return request.provider() == null ? current(facts) : request.provider();
    }

    /** "The app's key, not mine": the model in use with the project key, if there is one for it; else the default. */
    private FlowStep withProjectKey(boolean thisThread, Facts facts) {
        var config = facts.configOnOwnKey();
        var provider = config == null ? null : providers.find(config.provider());
        return config != null && provider != null && projectKeys.covers(provider) && provider.accountId() == null
                ? new Apply(new ModelChoice(provider, config.modelId(), null, new KeyChoice.Project()))
                : returns.toDefault(thisThread, facts);
    }

    /** The provider in use in the thread, assumed for a model named without one; null if there is none. */
    private @Nullable Provider current(Facts facts) {
        if (facts.inForce() != null) {
            return providers.find(facts.inForce().provider());
        }
        var standard = projectKeys.defaultModel();
        return standard == null ? null : standard.provider();
    }

    /** Whose key is meant; for another model of the provider in use, that in use. Null if that is to be asked. */
    private static @Nullable KeySource sourceAt(Provider provider, Intent.Change request, Facts facts) {
        if (request.keySource() != null || namesNoModel(request)) {
            return request.keySource();
        }
        var inForce = facts.inForce();
        if (inForce == null) {
            return request.provider() == null ? KeySource.PROJECT : null;
        }
        return inForce.provider().equals(provider.id()) ? inForce.keySource() : null;
    }

    /** Uses a key sent with a request: at once if nothing else is missing, else after the next questions. */
    private FlowStep startWith(ApiKey key, Intent.Change request, Facts facts) {
        var provider = whoseModels(request, facts);
        // Nobody has said that the provider in use is to get another's key.
        boolean named =
                request.provider() != null || (request.isNamed() && provider != null && intake.mayBeFor(provider, key));
        if (named) {
            return intake.using(key, start(request.with(KeySource.OWN), facts.withoutHeld()));
        }
        var issuer = intake.issuer(key);
        return issuer == null
                ? intake.pasted(null, new PastedKey(List.of(key), true, key.placeholder()), facts)
                : intake.using(
                        key,
                        start(
                                request.at(issuer).with(KeySource.OWN),
                                facts.with(List.of()).withoutHeld()));
    }

    /** A change asked for while a question is open; at the question about a pasted key, it may only name its provider. */
    private FlowStep change(@Nullable FlowState question, Intent.Change change, Facts facts) {
        var provider = change.provider();
        boolean ofOwnKey = change.keySource() != KeySource.PROJECT;
        var awaited = ofOwnKey && namesNoModel(change) ? awaitedKey(question) : null;
        if (awaited != null && awaited.provider().equals(provider)) {
            return question instanceof AskKeyUse asked ? order.letGo(asked, facts) : order.ask(awaited, facts);
        }
        boolean forKey = question instanceof AskKeyUse && ofOwnKey;
        return forKey && provider != null && facts.heldProviders().contains(provider)
                ? withHeld(provider, change, facts)
                : start(within(question, change, facts), facts);
    }

    private static boolean namesNoModel(Intent.Change change) {
        return change.model() == null && change.words() == null;
    }

    /** The question for a key that is open, or was until another key was pasted: "use my Claude key" asks for nothing else. */
    private static @Nullable AskApiKey awaitedKey(@Nullable FlowState question) {
        var asked = question instanceof AskKeyUse use ? use.interrupted() : question;
        return asked instanceof AskApiKey awaited ? awaited : null;
    }

    /** A request at an open question: what it leaves out, the question tells. */
    private static Intent.Change within(@Nullable FlowState question, Intent.Change change, Facts facts) {
        if (!(question instanceof AskModelId asked) || change.provider() != null || namesNoModel(change)) {
            return withSource(change, asking(question).keySource());
        }
        var model = change.model() == null
                ? null
                : ModelMatcher.completed(asked.provider(), change.model(), facts.models());
        var source = change.keySource() == null ? asked.keySource() : change.keySource();
        return new Intent.Change(asked.provider(), model, change.words(), source, change.thisThread());
    }

    private FlowStep withHeld(Provider provider, Intent.Change change, Facts facts) {
        if (change.words() == null) {
            return intake.useHeld(provider, change.model(), facts);
        }
        return ModelReply.ofWords(provider, change.words(), List.of()) instanceof ModelReply.Id(var model)
                ? intake.useHeld(provider, model, facts)
                : intake.useHeldForAnother(provider, facts);
    }

    /** The open question for a provider; a new one if another question or none is open. */
    private static AskProvider asking(@Nullable FlowState question) {
        return question instanceof AskProvider asked ? asked : new AskProvider(null);
    }

    private static Intent.Change withSource(Intent.Change change, @Nullable KeySource said) {
        return change.keySource() != null ? change : change.with(said);
    }
}
