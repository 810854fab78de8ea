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
import io.keyswitch.conversation.UserInput.Command;
import io.keyswitch.conversation.UserInput.ModelName;
import io.keyswitch.conversation.UserInput.ModelRequest;
import io.keyswitch.conversation.UserInput.PastedKey;
import io.keyswitch.conversation.UserInput.PlainMessage;
import io.keyswitch.core.Spelling;
import io.keyswitch.modelconfig.EarlierConfig;
import io.keyswitch.modelconfig.HeldKeys;
import io.keyswitch.modelconfig.KeyChoice;
import io.keyswitch.modelconfig.KeyFormats;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelChoice;
import io.keyswitch.modelconfig.ModelMatcher;
import io.keyswitch.modelconfig.NewKey;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.modelconfig.SetupOutcome;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.understanding.Intent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The model-change flow: maps the open question, the user's input and the facts to the next step. Pure. */
final class Flow {
    private static final Intent.Change ANY = new Intent.Change(null, null, null, false);

    private final ProviderRegistry providers;
    private final ProjectKeys projectKeys;
    private final KeyFormats keyFormats;
    private final Replies replies;

    Flow(ProviderRegistry providers, ProjectKeys projectKeys, Replies replies) {
        this.providers = providers;
        this.keyFormats = new KeyFormats(providers);
        this.projectKeys = projectKeys;
        this.replies = replies;
    }

    /**
     * The next step after a message.
     *
     * @param question the open question; null if there is none
     */
    FlowStep next(@Nullable FlowState question, UserInput input, Facts facts) {
        return switch (input) {
            case ModelRequest(var request, var key, var _, var _) -> request(question, request, key, facts);
            case Command command -> question == null ? new FlowStep.PassOn() : command(question, command.word(), facts);
            case PastedKey pasted -> pasted(question, pasted, facts);
            case UserInput.Choice(var place, var _) ->
                question == null ? new FlowStep.PassOn() : chosen(question, place, facts);
            case ModelName _ -> modelName(question, facts);
            case PlainMessage message -> question == null ? new FlowStep.PassOn() : answer(question, message, facts);
        };
    }

    /** The question that a state asks. */
    Ask ask(FlowState state, Facts facts) {
        return new Ask(
                state,
                switch (state) {
                    case AskProvider _ -> replies.whichProvider();
                    case AskKeyUse(var suggested) -> replies.useKey(suggested, offered(facts));
                    case AskKeySource(var provider, var _) -> replies.whichKey(provider);
                    case AskAccountId(var provider, var _) -> replies.whichAccount(provider, facts.accountId(provider));
                    case AskModelId asked -> replies.whichModel(asked.provider());
                    case AskApiKey(var provider, var accountId, var _) ->
                        replies.giveKey(provider, facts.keyHint(provider, accountId));
                });
    }

    private FlowStep request(@Nullable FlowState question, Intent request, @Nullable ApiKey key, Facts facts) {
        return switch (request) {
            case Intent.Change change -> key == null ? change(question, change, facts) : startWith(key, change, facts);
            case Intent.Misspelt(var named, var near, var _) ->
                new Ask(new AskProvider(near), replies.unknownProvider(named, near));
            case Intent.UseDefault(var thisThread) -> useDefault(thisThread, facts);
            case Intent.Which _ -> new FlowStep.SayWhich();
            case Intent.ForgetKey(var provider, boolean all) ->
                isAboutHeldKey(question, provider, all, facts)
                        ? new Leave(replies.keyLetGo())
                        : all && !facts.keys().isEmpty() ? forgetAllKeys(facts) : forgetKey(question, provider, facts);
            case Intent.Offers(var provider) -> aside(question, offers(question, provider, facts));
            case Intent.Help(var _) -> aside(question, replies.howToChange());
            case Intent.Undo _ -> undo(facts);
            case Intent.UpdateKey(var provider) -> updateWith(key, provider, facts);
        };
    }

    /** Replies without changing the flow, and reminds the user of the open question. */
    private FlowStep aside(@Nullable FlowState question, String reply) {
        return question == null ? new Tell(reply) : new Ask(question, reply + "\n\n" + replies.stillAsking());
    }

    private static Ask prefixed(String reply, Ask ask) {
        return new Ask(ask.state(), reply + "\n\n" + ask.reply());
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
        return switch (question) {
            case null -> current(facts);
            case AskProvider _ -> null;
            case AskKeyUse(var suggested) -> suggested;
            case AskKeySource(var provider, var _) -> provider;
            case AskAccountId(var provider, var _) -> provider;
            case AskModelId asked -> asked.provider();
            case AskApiKey asked -> asked.provider();
        };
    }

    private FlowStep updateWith(@Nullable ApiKey key, @Nullable Provider named, Facts facts) {
        if (key == null) {
            return named != null && offered(facts).contains(named)
                    ? useHeld(named, null, facts)
                    : updateKey(named, facts);
        }
        var meant = named == null ? onlyOne(keyFormats.of(key)) : named;
        return using(key, updateKey(meant, facts.withoutHeld()), facts);
    }

    private static Intent.Change keyChange(@Nullable Provider provider) {
        return new Intent.Change(provider, null, KeySource.OWN, false);
    }

    /** Asks only for a key: for the model in use, in place of a stored one, or to be stored. */
    private FlowStep updateKey(@Nullable Provider meant, Facts facts) {
        var config = facts.withOwnKey();
        var inUse = config == null ? null : providers.find(config.provider());
        if (config != null && inUse != null && (meant == null || meant.equals(inUse))) {
            return askKey(new AskApiKey(inUse, facts.accountId(inUse), config.modelId()), facts);
        }
        // A first key for an account is entered with its model, after the account.
        return meant != null && (meant.accountId() == null || facts.hasKey(meant))
                ? askKey(new AskApiKey(meant, facts.accountId(meant), null), facts)
                : start(keyChange(meant), facts);
    }

    /** For a thread that has no config of its own, the default becomes its own, and the other threads stay as they are. */
    private FlowStep useDefault(boolean thisThread, Facts facts) {
        var standard = projectKeys.defaultModel();
        return thisThread && !facts.ofThread() && standard != null
                ? new Apply(new ModelChoice(standard.provider(), standard.model(), null, new KeyChoice.Project()))
                : new FlowStep.UseDefault();
    }

    private static FlowStep forgetAllKeys(Facts facts) {
        return new FlowStep.ForgetKeys(
                facts.keys().stream().map(Facts.Key::provider).distinct().toList());
    }

    /** Whether a user who wants a key deleted means the one that was pasted before the open question, not a stored one. */
    private static boolean isAboutHeldKey(
            @Nullable FlowState question, @Nullable Provider meant, boolean all, Facts facts) {
        if (question instanceof AskKeyUse) {
            return meant == null && !all;
        }
        boolean named = meant == null || facts.heldFor(meant) != null;
        return question != null && facts.held() != null && named && facts.keys().isEmpty();
    }

    /** The key that is meant: the named one, else the one in use, else the only one. */
    private FlowStep forgetKey(@Nullable FlowState question, @Nullable Provider meant, Facts facts) {
        if (meant != null) {
            return new FlowStep.ForgetKeys(List.of(meant.id()));
        }
        var config = facts.withOwnKey();
        if (config != null) {
            return new FlowStep.ForgetKeys(List.of(config.provider()));
        }
        return switch (facts.keys().size()) {
            case 0 ->
                new Leave(
                        question == null
                                ? replies.noKeyStored()
                                : replies.noKeyStored() + "\n\n" + replies.cancelled(inUse(facts)));
            case 1 -> new FlowStep.ForgetKeys(List.of(facts.keys().getFirst().provider()));
            default -> new Leave(replies.whichKeyToForget(facts.keys()));
        };
    }

    /** Goes back to the choice before the present one, with its key if that is still stored. */
    private FlowStep undo(Facts facts) {
        return switch (facts.lastChange() == null ? null : facts.lastChange().before()) {
            case null -> prefixed(replies.noEarlierChoice(), ask(new AskProvider(null), facts));
            case EarlierConfig.None _ -> new FlowStep.UndoToNone();
            case EarlierConfig.Choice(var id, var model, var source) -> {
                var provider = providers.find(id);
                yield provider == null
                        ? prefixed(replies.providerRemoved(id), ask(new AskProvider(null), facts))
                        : undo(provider, model, source, facts);
            }
        };
    }

    private FlowStep undo(Provider provider, ModelId model, KeySource source, Facts facts) {
        var step = withKeySource(provider, model, source, facts);
        return switch (step) {
            case Apply(var choice) -> new FlowStep.Undo(choice);
            case Ask asked -> prefixed(replies.noKeyStored(provider.displayName()), asked);
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
        return choice.key() instanceof KeyChoice.Given(var key) ? taken(key, provider, asked) : asked;
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
            case AskKeyUse _ -> {
                var offered = offered(facts);
                boolean none = place == -1 || place == offered.size() + 1;
                var provider = nth(offered, place);
                yield none
                        ? new Leave(replies.keyLetGo())
                        : provider == null ? ask(question, facts) : useHeld(provider, null, facts);
            }
            case AskProvider asked -> {
                var provider = nth(Prompts.offered(asked, providers), place);
                yield provider == null ? ask(question, facts) : withProvider(provider, null, null, facts);
            }
            case AskKeySource(var provider, var model) -> {
                var source = nth(List.of(KeySource.PROJECT, KeySource.OWN), place);
                yield source == null
                        ? new Ask(question, replies.notAKeySource())
                        : withKeySource(provider, model, source, facts);
            }
            case AskModelId asked -> {
                var model = nth(Prompts.offered(asked, facts), place);
                yield model == null ? notAModelId(asked) : withModel(asked, model, facts);
            }
            case AskAccountId _, AskApiKey _ -> ask(question, facts);
        };
    }

    private static <T> @Nullable T nth(List<T> offered, int place) {
        int index = place < 0 ? offered.size() + place : place - 1;
        return index < 0 || index >= offered.size() ? null : offered.get(index);
    }

    /** The first question that a request leaves open, or its completed choice. */
    private FlowStep start(Intent.Change request, Facts facts) {
        var provider = request.provider();
        if (provider != null) {
            return withProvider(provider, request.model(), request.keySource(), facts);
        }
        if (request.model() == null && request.keySource() == KeySource.PROJECT) {
            return withProjectKey(request.thisThread(), facts);
        }
        var model = request.model();
        var current = model == null ? null : current(facts);
        return model == null || current == null
                ? ask(new AskProvider(null), facts)
                : withProvider(current, ModelMatcher.completed(current, model), sourceInUse(request, facts), facts);
    }

    /** "The app's key, not mine": the model in use with the project key, if there is one for it; else the default. */
    private FlowStep withProjectKey(boolean thisThread, Facts facts) {
        var config = facts.withOwnKey();
        var provider = config == null ? null : providers.find(config.provider());
        return config != null && provider != null && projectKeys.covers(provider) && provider.accountId() == null
                ? new Apply(new ModelChoice(provider, config.modelId(), null, new KeyChoice.Project()))
                : useDefault(thisThread, facts);
    }

    private @Nullable InUse inUse(Facts facts) {
        return InUse.of(facts.inForce(), providers, projectKeys);
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
        var named = request.provider() == null && request.model() == null
                ? onlyOne(keyFormats.of(key))
                : request.provider();
        var change = new Intent.Change(named, request.model(), KeySource.OWN, false);
        return using(key, start(change, facts.withoutHeld()), facts);
    }

    private static @Nullable Provider onlyOne(List<Provider> providers) {
        return providers.size() == 1 ? providers.getFirst() : null;
    }

    private FlowStep using(ApiKey key, FlowStep step, Facts facts) {
        return switch (step) {
            case Ask(AskApiKey asked, var _) -> given(asked, key);
            case Apply(var stored) -> new Apply(stored.with(new KeyChoice.Given(key)));
            case Ask open -> {
                var provider = whoseModels(open.state(), null, facts);
                yield provider != null && mayBeFor(provider, key) ? taken(key, provider, open) : tooEarly(open);
            }
            default -> step;
        };
    }

    private FlowStep.Hold taken(ApiKey key, Provider provider, Ask next) {
        return new FlowStep.Hold(key, provider, prefixed(replies.keyTaken(provider), next));
    }

    /** Whether the format of a key is a provider's, or that of none. */
    private boolean mayBeFor(Provider provider, ApiKey key) {
        var issuers = keyFormats.of(key);
        return issuers.isEmpty() || issuers.contains(provider);
    }

    private Ask tooEarly(Ask open) {
        return new Ask(open.state(), replies.keyTooEarly() + "\n\n" + open.reply());
    }

    /** Offers to use a pasted key for the providers with keys of its format. */
    private FlowStep offerUse(ApiKey key, List<Provider> issuers) {
        var suggested = onlyOne(issuers);
        return new FlowStep.Hold(key, null, new Ask(new AskKeyUse(suggested), replies.useKey(suggested, issuers)));
    }

    private static List<Provider> offered(Facts facts) {
        return facts.held() == null ? List.of() : facts.held().providers();
    }

    /** Uses the held key for a provider: for the model in use if that is the provider's, else for a chosen one. */
    private FlowStep useHeld(Provider provider, @Nullable ModelId model, Facts facts) {
        if (facts.held() == null) {
            return new Leave(replies.keyNoLongerHeld());
        }
        var key = facts.held().key();
        var config = facts.withOwnKey();
        boolean replaces = model == null && config != null && config.provider().equals(provider.id());
        var known = facts.with(new HeldKeys.Held(key, List.of(provider), true));
        var step = replaces
                ? given(new AskApiKey(provider, facts.accountId(provider), null), key)
                : withOwnKey(provider, model, known);
        return step instanceof Ask next ? new FlowStep.Hold(key, provider, next) : step;
    }

    /** A change asked for while a question is open; at the question about a pasted key, it may only name its provider. */
    private FlowStep change(@Nullable FlowState question, Intent.Change change, Facts facts) {
        var provider = change.provider();
        boolean forKey = question instanceof AskKeyUse && change.keySource() != KeySource.PROJECT;
        return forKey && provider != null && offered(facts).contains(provider)
                ? useHeld(provider, change.model(), facts)
                : start(change, facts);
    }

    private FlowStep command(FlowState question, UserInput.Word word, Facts facts) {
        return switch (word) {
            case CANCEL ->
                new Leave(question instanceof AskKeyUse ? replies.keyLetGo() : replies.cancelled(inUse(facts)));
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
            case AskKeyUse(var suggested) when suggested != null -> useHeld(suggested, null, facts);
            case AskModelId asked when asked.confirmed() != null -> withModel(asked, asked.confirmed(), facts);
            case AskProvider _, AskKeyUse _, AskKeySource _, AskAccountId _, AskModelId _, AskApiKey _ ->
                ask(question, facts);
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
                        : keep(asked, facts);
            case AskProvider _, AskKeyUse _, AskKeySource _, AskModelId _ -> ask(question, facts);
        };
    }

    private FlowStep standard(FlowState question, Facts facts) {
        return switch (question) {
            case AskKeySource(var provider, var model) -> withKeySource(provider, model, KeySource.PROJECT, facts);
            case AskModelId asked -> withModel(asked, asked.provider().defaultModel(), facts);
            case AskProvider _, AskKeyUse _, AskAccountId _, AskApiKey _ -> ask(question, facts);
        };
    }

    private FlowStep nothingNamed(FlowState question, Facts facts) {
        return switch (question) {
            case AskProvider(var suggested) ->
                suggested == null
                        ? new Ask(question, replies.unknownProvider("", null))
                        : ask(new AskProvider(null), facts);
            case AskKeyUse _ -> new Leave(replies.keyLetGo());
            case AskModelId asked -> notAModelId(asked);
            case AskKeySource _, AskAccountId _, AskApiKey _ -> ask(question, facts);
        };
    }

    /** Uses a key if one was asked for, holds one that was pasted too early, and offers to use one that was not asked for. */
    private FlowStep pasted(@Nullable FlowState question, PastedKey pasted, Facts facts) {
        if (question instanceof AskApiKey asked) {
            return pasted.keys().size() == 1
                    ? given(asked, pasted.keys().getFirst())
                    : new Ask(asked, replies.notAKey(asked.provider(), true));
        }
        if (!pasted.recognised()) {
            return aside(question, replies.keyUnasked());
        }
        var key = pasted.keys().size() == 1 ? pasted.keys().getFirst() : null;
        return key == null ? notUsed(question, facts) : early(question, key, facts);
    }

    private FlowStep notUsed(@Nullable FlowState question, Facts facts) {
        return question == null ? new Tell(replies.keyRemoved()) : tooEarly(ask(question, facts));
    }

    private FlowStep early(@Nullable FlowState question, ApiKey key, Facts facts) {
        return switch (question) {
            case AskKeySource(var provider, var model)
            when mayBeFor(provider, key) -> holding(key, provider, model, facts);
            case AskModelId asked
            when mayBeFor(asked.provider(), key) ->
                asked.keySource() == KeySource.OWN
                        ? taken(key, asked.provider(), ask(asked, facts))
                        : holding(key, asked.provider(), null, facts);
            case AskAccountId(var provider, var model)
            when mayBeFor(provider, key) -> taken(key, provider, ask(new AskAccountId(provider, model), facts));
            case AskKeySource _, AskModelId _, AskAccountId _ -> notUsed(question, facts);
            case AskProvider _, AskKeyUse _, AskApiKey _ -> offerOrRemove(question, key, facts);
            case null -> offerOrRemove(null, key, facts);
        };
    }

    private FlowStep offerOrRemove(@Nullable FlowState question, ApiKey key, Facts facts) {
        var issuers = keyFormats.of(key);
        return issuers.isEmpty() ? notUsed(question, facts) : offerUse(key, issuers);
    }

    /** Goes on with a key for a provider, holding it until the questions before it are answered. */
    private FlowStep holding(ApiKey key, Provider provider, @Nullable ModelId model, Facts facts) {
        var known = facts.with(new HeldKeys.Held(key, List.of(provider), true));
        var step = withOwnKey(provider, model, known);
        return step instanceof Ask next ? taken(key, provider, next) : step;
    }

    private FlowStep modelName(@Nullable FlowState question, Facts facts) {
        return switch (question) {
            case null -> new FlowStep.PassOn();
            case AskApiKey asked -> new Ask(asked, replies.modelInsteadOfKey(asked.provider()));
            case AskProvider _, AskKeyUse _, AskKeySource _, AskAccountId _, AskModelId _ -> ask(question, facts);
        };
    }

    private FlowStep answer(FlowState question, PlainMessage message, Facts facts) {
        return switch (question) {
            case AskProvider _ -> provider(message);
            // Whoever does not answer has gone on to something else.
            case AskKeyUse _ -> new FlowStep.PassOnAndEnd();
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
        // A name that may be a key is not echoed.
        var echoed = message.kept().contains(named) ? named : "";
        return new Ask(new AskProvider(suggested), replies.unknownProvider(echoed, suggested));
    }

    private FlowStep withProvider(Provider provider, @Nullable ModelId model, @Nullable KeySource source, Facts facts) {
        if (!projectKeys.covers(provider)) {
            var next = withOwnKey(provider, model, facts);
            boolean stored = facts.keyHint(provider, facts.accountId(provider)) != null;
            return next instanceof Ask asked && !stored ? prefixed(replies.noDefaultKey(provider), asked) : next;
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

    private FlowStep withOwnKey(Provider provider, @Nullable ModelId model, Facts facts) {
        var account = facts.accountId(provider);
        boolean known = provider.accountId() == null || (account != null && facts.keyHint(provider, account) != null);
        return known ? withAccount(provider, account, model, facts) : ask(new AskAccountId(provider, model), facts);
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

    private FlowStep withAccount(Provider provider, @Nullable String accountId, @Nullable ModelId model, Facts facts) {
        return model == null
                ? ask(new AskModelId(provider, KeySource.OWN, accountId), facts)
                : withKey(new AskApiKey(provider, accountId, model), facts);
    }

    /** Asks for the key unless one was pasted before or is stored. */
    private FlowStep withKey(AskApiKey asked, Facts facts) {
        boolean stored = facts.keyHint(asked.provider(), asked.accountId()) != null;
        return stored && facts.heldFor(asked.provider()) == null ? keep(asked, facts) : askKey(asked, facts);
    }

    /** Asks for a key unless one was pasted before. */
    private FlowStep askKey(AskApiKey asked, Facts facts) {
        var held = facts.heldFor(asked.provider());
        return held == null ? ask(asked, facts) : given(asked, held);
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
            case ModelAnswer.Several(var said, var fitting) ->
                new Ask(
                        new AskModelId(provider, asked.keySource(), asked.accountId(), said, null),
                        replies.severalModels(said, fitting));
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
            case OWN -> withKey(new AskApiKey(provider, asked.accountId(), model), facts);
        };
    }

    private FlowStep keep(AskApiKey asked, Facts facts) {
        return asked.model() == null
                ? new Leave(replies.cancelled(inUse(facts)))
                : new Apply(
                        new ModelChoice(asked.provider(), asked.model(), asked.accountId(), new KeyChoice.Stored()));
    }

    private static FlowStep given(AskApiKey asked, ApiKey key) {
        return asked.model() == null
                ? new FlowStep.SaveKey(new NewKey(asked.provider(), asked.accountId(), key))
                : new Apply(
                        new ModelChoice(asked.provider(), asked.model(), asked.accountId(), new KeyChoice.Given(key)));
    }

    private FlowStep back(FlowState question, Facts facts) {
        return switch (question) {
            case AskProvider asked -> new Ask(asked, replies.nothingBefore());
            case AskKeyUse asked -> new Ask(asked, replies.nothingBefore());
            case AskKeySource _ -> start(ANY, facts);
            case AskAccountId(var provider, var _) -> beforeAccount(provider, facts);
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

    private FlowStep beforeAccount(Provider provider, Facts facts) {
        return projectKeys.covers(provider) ? ask(new AskKeySource(provider, null), facts) : start(ANY, facts);
    }
}
