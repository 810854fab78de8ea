package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskAccountId;
import io.keyswitch.conversation.FlowState.AskApiKey;
import io.keyswitch.conversation.FlowState.AskKeySource;
import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.conversation.FlowState.AskProvider;
import io.keyswitch.conversation.FlowStep.Apply;
import io.keyswitch.conversation.FlowStep.Ask;
import io.keyswitch.conversation.FlowStep.Leave;
import io.keyswitch.core.Spelling;
import io.keyswitch.modelconfig.KeyChoice;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelChoice;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.KeyShapes;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The steps of the model-change flow for one user. It looks at what is there, and neither stores nor changes anything. */
final class Flow {
    private static final Pattern FAMILY = Pattern.compile("[A-Za-z]{3,}[-/]|@[a-z]{2}/");
    private static final int LONGEST_MODEL_NAME = 48;

    private final ProviderRegistry providers;
    private final ProjectKeys projectKeys;
    private final Requests requests;
    private final AtHand atHand;

    Flow(ProviderRegistry providers, ProjectKeys projectKeys, Requests requests, AtHand atHand) {
        this.providers = providers;
        this.projectKeys = projectKeys;
        this.requests = requests;
        this.atHand = atHand;
    }

    /** The first step of a request, as far as what it names carries. */
    FlowStep start(Request.Change request) {
        var provider = request.provider();
        return provider == null
                ? ask(new AskProvider(null))
                : withProvider(provider, request.model(), request.keySource());
    }

    /** The question a state waits for an answer to. */
    Ask ask(FlowState state) {
        return new Ask(
                state,
                switch (state) {
                    case AskProvider _ -> Replies.whichProvider(providers, projectKeys);
                    case AskKeySource(var provider, var _) -> Replies.whichKey(provider);
                    case AskAccountId(var provider, var _) ->
                        Replies.whichAccount(provider, atHand.accountId(provider));
                    case AskModelId asked -> Replies.whichModel(asked.provider());
                    case AskApiKey(var provider, var accountId, var _) -> {
                        var stored = atHand.key(provider, accountId);
                        yield Replies.giveKey(provider, stored == null ? null : stored.hint());
                    }
                });
    }

    /** Whether a message answers the question of a state, so that it must not be taken for a new request. */
    boolean isAnswer(FlowState state, String text) {
        return Answer.command(text) != null
                || switch (state) {
                    case AskProvider _ -> false;
                    case AskKeySource _ -> Answer.keySource(text) != null;
                    case AskAccountId(var provider, var _) ->
                        Answer.isKeep(text)
                                || (provider.accountId() != null
                                        && provider.accountId().accepts(Answer.thing(text)));
                    case AskModelId _ ->
                        ModelAnswer.isDefault(Answer.thing(text)) || ModelAnswer.isPossible(Answer.thing(text));
                    case AskApiKey asked ->
                        Answer.isKeep(text) || (PastedKey.in(text) != null && !namesAModel(asked, text));
                };
    }

    /** The step after an answer to the question of a state. */
    FlowStep next(FlowState state, String text) {
        var command = Answer.command(text);
        if (command != null) {
            return switch (command) {
                case CANCEL -> new Leave(Replies.cancelled());
                case BACK -> back(state);
                case HELP -> new Ask(state, Replies.help(state));
            };
        }
        return switch (state) {
            case AskProvider asked -> provider(asked, text);
            case AskKeySource(var provider, var model) -> keySource(provider, model, text);
            case AskAccountId(var provider, var model) -> accountId(provider, model, text);
            case AskModelId asked -> model(asked, text);
            case AskApiKey asked -> apiKey(asked, text);
        };
    }

    private FlowStep provider(AskProvider asked, String text) {
        if (asked.suggested() != null && Answer.isYes(text)) {
            return withProvider(asked.suggested(), null, null);
        }
        if (Answer.isNoName(text)) {
            var reply = asked.suggested() == null
                    ? Replies.unknownProvider(providers, projectKeys, "", null)
                    : Replies.whichProvider(providers, projectKeys);
            return new Ask(new AskProvider(null), reply);
        }
        var thing = Answer.thing(text);
        var request = requests.read(text) instanceof Request.Change change && change.provider() != null
                ? change
                : requests.naming(thing.toLowerCase(Locale.ROOT));
        if (request != null && request.provider() != null) {
            return withProvider(request.provider(), request.model(), request.keySource());
        }
        var near = Spelling.nearest(
                ProviderRegistry.nameKey(thing), providers.names().keySet());
        var suggested = near == null ? null : providers.names().get(near);
        var heard = KeyShapes.looksLikeBareSecret(thing) ? "" : thing;
        return new Ask(new AskProvider(suggested), Replies.unknownProvider(providers, projectKeys, heard, suggested));
    }

    private FlowStep withProvider(Provider provider, @Nullable ModelId model, @Nullable KeySource source) {
        if (!projectKeys.covers(provider)) {
            var next = withOwnKey(provider, model);
            boolean stored = atHand.key(provider, atHand.accountId(provider)) != null;
            return stored ? next : prefixed(Replies.noDefaultKey(provider), next);
        }
        if (source == null) {
            return ask(new AskKeySource(provider, model));
        }
        // "Use the default groq" leaves nothing open.
        boolean everythingDefault = source == KeySource.PROJECT && model == null;
        return withKeySource(provider, everythingDefault ? provider.defaultModel() : model, source);
    }

    private static FlowStep prefixed(String sentence, FlowStep step) {
        return step instanceof Ask(var state, var reply) ? new Ask(state, sentence + "\n\n" + reply) : step;
    }

    private FlowStep keySource(Provider provider, @Nullable ModelId model, String text) {
        var source = Answer.keySource(text);
        return source == null
                ? new Ask(new AskKeySource(provider, model), Replies.notAKeySource())
                : withKeySource(provider, model, source);
    }

    private FlowStep withKeySource(Provider provider, @Nullable ModelId model, KeySource source) {
        return switch (source) {
            case OWN -> withOwnKey(provider, model);
            case PROJECT ->
                model == null
                        ? ask(new AskModelId(provider, source, null))
                        : new Apply(new ModelChoice(provider, model, null, new KeyChoice.Project()));
        };
    }

    private FlowStep withOwnKey(Provider provider, @Nullable ModelId model) {
        return provider.accountId() == null
                ? withAccount(provider, null, model)
                : ask(new AskAccountId(provider, model));
    }

    private FlowStep accountId(Provider provider, @Nullable ModelId model, String text) {
        var stored = atHand.accountId(provider);
        var accountId = stored != null && Answer.isKeep(text) ? stored : Answer.thing(text);
        var rule = provider.accountId();
        if (rule != null && rule.accepts(accountId.toLowerCase(Locale.ROOT))) {
            return withAccount(provider, accountId.toLowerCase(Locale.ROOT), model);
        }
        return rule == null || rule.accepts(accountId)
                ? withAccount(provider, accountId, model)
                : new Ask(new AskAccountId(provider, model), Replies.notAnAccountId(rule));
    }

    private FlowStep withAccount(Provider provider, @Nullable String accountId, @Nullable ModelId model) {
        return model == null
                ? ask(new AskModelId(provider, KeySource.OWN, accountId))
                : ask(new AskApiKey(provider, accountId, model));
    }

    private FlowStep model(AskModelId asked, String text) {
        var provider = asked.provider();
        var source = asked.keySource();
        var listed = atHand.models(provider, source, asked.accountId());
        return switch (ModelAnswer.read(asked, text, listed)) {
            case ModelAnswer.Id(var model) -> withModel(asked, model);
            case ModelAnswer.Doubtful(var typed, var suggested) ->
                new Ask(
                        new AskModelId(provider, source, asked.accountId(), typed, suggested),
                        Replies.doubtfulModel(provider, typed, suggested, !listed.isEmpty()));
            case ModelAnswer.None _ ->
                new Ask(new AskModelId(provider, source, asked.accountId()), Replies.notAModelId(provider));
        };
    }

    private FlowStep withModel(AskModelId asked, ModelId model) {
        var provider = asked.provider();
        return switch (asked.keySource()) {
            case PROJECT -> new Apply(new ModelChoice(provider, model, asked.accountId(), new KeyChoice.Project()));
            case OWN -> ask(new AskApiKey(provider, asked.accountId(), model));
        };
    }

    private FlowStep apiKey(AskApiKey asked, String text) {
        if (Answer.isKeep(text)) {
            return atHand.key(asked.provider(), asked.accountId()) == null
                    ? new Ask(asked, Replies.nothingToKeep(asked.provider()))
                    : apply(asked, new KeyChoice.Stored());
        }
        if (namesAModel(asked, text)) {
            return new Ask(asked, Replies.modelInsteadOfKey(asked.provider()));
        }
        ApiKey key = PastedKey.in(text);
        return key == null
                ? new Ask(asked, Replies.notAKey(asked.provider(), PastedKey.isAmbiguous(text)))
                : apply(asked, new KeyChoice.Given(key));
    }

    private static FlowStep apply(AskApiKey asked, KeyChoice key) {
        return new Apply(new ModelChoice(asked.provider(), asked.model(), asked.accountId(), key));
    }

    /** Models of a provider share the beginning of their names, "claude-", and keys begin otherwise. */
    private boolean namesAModel(AskApiKey asked, String text) {
        if (text.length() > Requests.MAX_LENGTH) {
            return false;
        }
        var models = Stream.concat(
                        Stream.of(asked.model()), providers.all().stream().map(Provider::defaultModel))
                .toList();
        return Arrays.stream(text.split("\\s+"))
                .map(KeyShapes::clean)
                .anyMatch(word -> models.stream()
                        .anyMatch(model -> word.equalsIgnoreCase(model.value()) || isOfFamily(word, model)));
    }

    private static boolean isOfFamily(String text, ModelId model) {
        var family = FAMILY.matcher(model.value());
        return family.lookingAt()
                && text.length() <= LONGEST_MODEL_NAME
                && text.regionMatches(true, 0, family.group(), 0, family.end());
    }

    private FlowStep back(FlowState state) {
        return switch (state) {
            case AskProvider asked -> new Ask(asked, Replies.nothingBefore());
            case AskKeySource _ -> start(new Request.Change(null, null, null));
            case AskAccountId(var provider, var _) -> beforeAccount(provider);
            case AskModelId asked -> beforeModel(asked.provider());
            case AskApiKey(var provider, var accountId, var _) -> withAccount(provider, accountId, null);
        };
    }

    private FlowStep beforeModel(Provider provider) {
        return provider.accountId() == null ? beforeAccount(provider) : ask(new AskAccountId(provider, null));
    }

    private FlowStep beforeAccount(Provider provider) {
        return projectKeys.covers(provider)
                ? ask(new AskKeySource(provider, null))
                : start(new Request.Change(null, null, null));
    }
}
