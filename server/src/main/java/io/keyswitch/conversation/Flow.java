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
import io.keyswitch.conversation.UserInput.Command;
import io.keyswitch.conversation.UserInput.FreeAnswer;
import io.keyswitch.conversation.UserInput.ModelName;
import io.keyswitch.conversation.UserInput.ModelRequest;
import io.keyswitch.conversation.UserInput.PastedKey;
import io.keyswitch.conversation.UserInput.PlainMessage;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.core.Spelling;
import io.keyswitch.modelconfig.EarlierConfig;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The model-change flow: maps the open question, the user's input and the facts to the next step. Pure. */
final class Flow {
    private final ProviderRegistry providers;
    private final ProjectKeys projectKeys;
    private final Replies replies;
    private final QuestionOrder order;
    private final KeyIntake intake;
    private final KeyRequests keys;

    Flow(ProviderRegistry providers, ProjectKeys projectKeys, Replies replies) {
        this.providers = providers;
        this.projectKeys = projectKeys;
        this.replies = replies;
        this.order = new QuestionOrder(projectKeys, replies);
        this.intake = new KeyIntake(order, new KeyFormats(providers), replies);
        this.keys = new KeyRequests(order, intake, providers, replies);
    }

    /**
     * The next step after a message.
     *
     * @param question the open question; null if there is none
     */
    FlowStep next(@Nullable FlowState question, UserInput input, Facts facts) {
        return switch (input) {
            case ModelRequest(var request, var key, var _, var _) -> request(question, request, key, facts);
            case Command command -> question == null ? new FlowStep.PassOn() : command(question, command, facts);
            case PastedKey pasted -> intake.pasted(question, pasted, facts);
            case UserInput.Choice(var place, var _) ->
                question == null ? new FlowStep.PassOn() : chosen(question, place, facts);
            case ModelName _ -> modelName(question, facts);
            case UserInput.Mention(var provider, var _) -> mentioned(question, provider, facts);
            case UserInput.Remark _ -> remark(question, facts);
            case FreeAnswer answer -> question == null ? new FlowStep.PassOn() : answer(question, answer, facts);
            case PlainMessage _ -> new FlowStep.PassOn();
        };
    }

    private FlowStep request(@Nullable FlowState question, Intent request, @Nullable ApiKey key, Facts facts) {
        return switch (request) {
            case Intent.Change change -> key == null ? change(question, change, facts) : startWith(key, change, facts);
            case Intent.UnknownProvider(var named, var near, var _) ->
                new Ask(asking(question).suggesting(near), replies.unknownProvider(named, near));
            case Intent.UseDefault(var thisThread) -> useDefault(thisThread, facts);
            case Intent.OnlyHere(var provider) -> onlyHere(provider, facts);
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
            case Intent.Undo _ -> undo(facts);
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

    /** For a thread that has no config of its own, the default becomes its own, and the other threads stay as they are. */
    private FlowStep useDefault(boolean thisThread, Facts facts) {
        var standard = projectKeys.defaultModel();
        return thisThread && !facts.ofThread() && standard != null
                ? new Apply(new ModelChoice(standard.provider(), standard.model(), null, new KeyChoice.Project()))
                : new FlowStep.UseDefault();
    }

    /** The default of before is put back if it still works. */
    private FlowStep onlyHere(@Nullable Provider chosen, Facts facts) {
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
    private FlowStep undo(Facts facts) {
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
        return switch (step) {
            case Apply(var choice) -> new FlowStep.Undo(choice);
            case Ask asked -> QuestionOrder.prefixed(replies.noKeyStored(provider.displayName()), asked);
            default -> step;
        };
    }

    /**
     * The step after a choice or key was refused: asks again for the part at fault, and ends the flow if none is.
     *
     * @param step the step that led to the check
     */
    FlowStep refused(SetupOutcome.Refused refused, FlowStep step) {
        if (refused.part() == SetupOutcome.Part.NONE) {
            return new Leave(replies.failed(refused.failure()));
        }
        var state = switch (step) {
            case Apply(var choice) -> askAgain(refused.part(), choice);
            case FlowStep.Undo(var choice) -> askAgain(refused.part(), choice);
            case FlowStep.SaveKey(var given) ->
                refused.part() == SetupOutcome.Part.ACCOUNT_ID
                        ? new AskAccountId(given.provider(), null)
                        : new AskApiKey(given.provider(), given.accountId(), null);
            default -> throw new IllegalArgumentException("nothing was checked for " + step);
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
        var source = choice.key() instanceof KeyChoice.Project ? KeySource.PROJECT : KeySource.OWN;
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
            case AskKeySource(var provider, var model) -> {
                var source = nth(List.of(KeySource.PROJECT, KeySource.OWN), place);
                yield source == null
                        ? new Ask(question, replies.notAKeySource())
                        : order.withKeySource(provider, model, source, facts);
            }
            case AskModelId asked -> {
                var model = nth(Prompts.offered(asked, facts), place);
                yield model == null ? notAModelId(asked) : order.withModel(asked, model, facts);
            }
            case AskAccountId _, AskApiKey _ -> order.ask(question, facts);
        };
    }

    private static <T> @Nullable T nth(List<T> offered, int place) {
        int index = place < 0 ? offered.size() + place : place - 1;
        return index < 0 || index >= offered.size() ? null : offered.get(index);
    }

    /** The first question that a request leaves open, or its completed choice. */
    private FlowStep start(Intent.Change request, Facts facts) {
        var provider = request.provider();
        if (request.words() != null) {
            return startWith(request.words(), request, facts);
        }
        if (provider != null) {
            return order.withProvider(provider, request.model(), request.keySource(), facts);
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
                        sourceInUse(request, facts),
                        facts);
    }

    /** The model that words name at the provider that is meant, or the question which of several. */
    private FlowStep startWith(String words, Intent.Change request, Facts facts) {
        var provider = whoseModels(request, facts);
        var meant = provider == null ? new ModelReply.None() : meant(provider, words, facts);
        if (meant instanceof ModelReply.None && ModelWords.of(words).isNumber()) {
            return new FlowStep.PassOn();
        }
        if (provider == null || (request.provider() == null && meant instanceof ModelReply.None)) {
            return order.ask(new AskProvider(null, request.keySource()), facts);
        }
        var source = request.provider() == null ? sourceInUse(request, facts) : request.keySource();
        var model = meant instanceof ModelReply.Id(var id) ? id : null;
        // The app's key with a name that says no model is not the app's default.
        var step = source == KeySource.PROJECT && projectKeys.covers(provider)
                ? order.withKeySource(provider, model, source, facts)
                : order.withProvider(provider, model, source, facts);
        return step instanceof Ask(AskModelId asked, var _) ? asked(asked, meant, words, facts) : step;
    }

    /** What words mean at a provider: of several models, the one of the family in use, as "not 4.5, 5.5" is said of it. */
    private static ModelReply meant(Provider provider, String words, Facts facts) {
        var meant = ModelReply.ofWords(provider, words, facts.models());
        var inForce = facts.inForce();
        if (!(meant instanceof ModelReply.Several several)
                || inForce == null
                || !inForce.provider().equals(provider.id())) {
            return meant;
        }
        var family = ModelWords.of(inForce.modelId().value()).withoutNumbers();
        var same = several.fitting().stream()
                .filter(model -> ModelWords.of(model.value()).withoutNumbers().equals(family))
                .toList();
        return same.size() == 1 ? new ModelReply.Id(same.getFirst()) : meant;
    }

    /** The question for a model that a request named in words, none of which or several of which it is. */
    private Ask asked(AskModelId asked, ModelReply meant, String words, Facts facts) {
        return switch (meant) {
            case ModelReply.Doubtful(var typed, var suggested) -> doubtful(asked, typed, suggested, facts);
            case ModelReply.Several several -> which(asked, several);
            case ModelReply.Id _, ModelReply.None _ ->
                facts.models().isEmpty() || !ModelId.isValid(words)
                        ? order.ask(asked, facts)
                        : new Ask(asked, replies.doubtfulModel(asked.provider(), new ModelId(words), null, true));
        };
    }

    /** The provider whose models a request may name by words; null if there is none. */
    @Nullable
    Provider whoseModels(Intent.Change request, Facts facts) {
        return request.provider() == null ? current(facts) : request.provider();
    }

    /** "The app's key, not mine": the model in use with the project key, if there is one for it; else the default. */
    private FlowStep withProjectKey(boolean thisThread, Facts facts) {
        var config = facts.configOnOwnKey();
        var provider = config == null ? null : providers.find(config.provider());
        return config != null && provider != null && projectKeys.covers(provider) && provider.accountId() == null
                ? new Apply(new ModelChoice(provider, config.modelId(), null, new KeyChoice.Project()))
                : useDefault(thisThread, facts);
    }

    /** The provider in use in the thread, assumed for a model named without one; null if there is none. */
    private @Nullable Provider current(Facts facts) {
        if (facts.inForce() != null) {
            return providers.find(facts.inForce().provider());
        }
        var standard = projectKeys.defaultModel();
        return standard == null ? null : standard.provider();
    }

    private static KeySource sourceInUse(Intent.Change request, Facts facts) {
        if (request.keySource() != null) {
            return request.keySource();
        }
        return facts.inForce() == null ? KeySource.PROJECT : facts.inForce().keySource();
    }

    /** Uses a key sent with a request: at once if nothing else is missing, else after the next questions. */
    private FlowStep startWith(ApiKey key, Intent.Change request, Facts facts) {
        var provider = whoseModels(request, facts);
        // Nobody has said that the provider in use is to get another's key.
        boolean named =
                request.provider() != null || (request.isNamed() && provider != null && intake.mayBeFor(provider, key));
        if (named) {
            return intake.using(key, start(request.with(KeySource.OWN), facts.withoutHeld()), facts);
        }
        var issuer = intake.issuer(key);
        return issuer == null
                ? intake.pasted(null, new PastedKey(List.of(key), true, key.placeholder()), facts)
                : intake.using(
                        key,
                        start(
                                request.at(issuer).with(KeySource.OWN),
                                facts.with(List.of()).withoutHeld()),
                        facts);
    }

    /** A change asked for while a question is open; at the question about a pasted key, it may only name its provider. */
    private FlowStep change(@Nullable FlowState question, Intent.Change change, Facts facts) {
        var provider = change.provider();
        boolean forKey = question instanceof AskKeyUse && change.keySource() != KeySource.PROJECT;
        return forKey && provider != null && facts.heldProviders().contains(provider)
                ? withHeld(provider, change, facts)
                : start(withSource(change, asking(question).keySource()), facts);
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

    private FlowStep command(FlowState question, Command command, Facts facts) {
        return switch (command.word()) {
            case CANCEL -> new Leave(question instanceof AskKeyUse ? replies.keyLetGo() : replies.cancelled(facts));
            case BACK -> order.back(question, facts);
            case HELP -> new Ask(question, replies.help(question, command.about()));
            case YES -> yes(question, facts);
            case KEEP -> keep(question, facts);
            case DEFAULT -> answeredDefault(question, facts);
            case OWN ->
                question instanceof AskKeySource(var provider, var model)
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
            case AskAccountId(var provider, var model) -> {
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
            case AskKeySource(var provider, var model) ->
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
            case AskModelId asked -> notAModelId(asked);
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

    private FlowStep modelName(@Nullable FlowState question, Facts facts) {
        return switch (question) {
            case null -> new FlowStep.PassOn();
            case AskApiKey asked -> new Ask(asked, replies.modelInsteadOfKey(asked.provider()));
            case AskProvider _, AskKeyUse _, AskKeySource _, AskAccountId _, AskModelId _ -> order.ask(question, facts);
        };
    }

    private FlowStep mentioned(@Nullable FlowState question, Provider provider, Facts facts) {
        return switch (question) {
            case null -> new FlowStep.PassOn();
            case AskProvider asked -> new Ask(asked.suggesting(provider), replies.didYouMean(provider));
            case AskKeyUse _, AskKeySource _, AskAccountId _, AskModelId _, AskApiKey _ -> order.ask(question, facts);
        };
    }

    /** Whoever says something else where a key is asked for may want to leave. */
    private FlowStep remark(@Nullable FlowState question, Facts facts) {
        return switch (question) {
            case null -> new FlowStep.PassOn();
            case AskApiKey asked -> new Ask(asked, replies.noKeyInMessage(asked.provider()));
            case AskProvider _, AskKeyUse _, AskKeySource _, AskAccountId _, AskModelId _ ->
                somethingElse(question, facts);
        };
    }

    private FlowStep somethingElse(FlowState question, Facts facts) {
        return QuestionOrder.prefixed(replies.somethingElse(), order.ask(question, facts));
    }

    private FlowStep answer(FlowState question, FreeAnswer message, Facts facts) {
        return switch (question) {
            case AskProvider asked -> unknownProvider(asked, message, facts);
            // Whoever does not answer has gone on to something else.
            case AskKeyUse asked -> {
                if (asked.interrupted() == null) {
                    yield new FlowStep.PassOnAndEnd();
                }
                yield facts.held() == null ? heldNoLonger(asked.interrupted(), facts) : somethingElse(asked, facts);
            }
            case AskKeySource asked ->
                message.sentence() ? somethingElse(asked, facts) : new Ask(asked, replies.notAKeySource());
            case AskAccountId(var provider, var model) ->
                message.sentence() ? somethingElse(question, facts) : accountId(provider, model, message.name(), facts);
            case AskModelId asked -> model(asked, message, facts);
            case AskApiKey asked -> new Ask(asked, replies.notAKey(asked.provider(), false));
        };
    }

    private FlowStep unknownProvider(AskProvider asked, FreeAnswer message, Facts facts) {
        var named = message.name();
        var near = Spelling.nearest(
                ProviderRegistry.nameKey(named), providers.names().keySet());
        var suggested = near == null ? null : providers.names().get(near);
        if (suggested == null && message.sentence()) {
            return somethingElse(asked, facts);
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

    private FlowStep model(AskModelId asked, FreeAnswer message, Facts facts) {
        return switch (ModelReply.read(asked, message, facts.models())) {
            case ModelReply.Id(var model) -> order.withModel(asked, model, facts);
            case ModelReply.Doubtful(var typed, var suggested) -> doubtful(asked, typed, suggested, facts);
            case ModelReply.Several several -> which(asked, several);
            case ModelReply.None _ -> noModel(asked, message, facts);
        };
    }

    private Ask doubtful(AskModelId asked, ModelId typed, @Nullable ModelId suggested, Facts facts) {
        return new Ask(
                new AskModelId(asked.provider(), asked.keySource(), asked.accountId(), typed, suggested),
                replies.doubtfulModel(
                        asked.provider(), typed, suggested, !facts.models().isEmpty()));
    }

    private Ask which(AskModelId asked, ModelReply.Several several) {
        return new Ask(
                new AskModelId(asked.provider(), asked.keySource(), asked.accountId(), several.said(), null),
                replies.severalModels(several.said(), several.fitting()));
    }

    /** A key of unknown format may be pasted here too early; it is for the provider in question. */
    private FlowStep noModel(AskModelId asked, FreeAnswer message, Facts facts) {
        var named = message.model();
        if (named != null && named.maker() != null && !named.maker().equals(asked.provider())) {
            var model = ModelReply.ofWords(named.maker(), named.words(), List.of()) instanceof ModelReply.Id(var id)
                    ? id
                    : null;
            return start(new Intent.Change(named.maker(), model, null, false), facts);
        }
        if (message.keyForName() && ApiKey.isValid(message.name())) {
            var keys = asked.keySource() == KeySource.OWN ? List.of(ApiKey.of(message.name())) : List.<ApiKey>of();
            return intake.pasted(asked, new PastedKey(keys, true, message.kept()), facts);
        }
        return message.sentence() ? somethingElse(asked, facts) : notAModelId(asked);
    }

    private Ask notAModelId(AskModelId asked) {
        return new Ask(
                new AskModelId(asked.provider(), asked.keySource(), asked.accountId()),
                replies.notAModelId(asked.provider()));
    }
}
