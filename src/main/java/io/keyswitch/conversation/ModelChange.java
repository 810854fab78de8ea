package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskAccountId;
import io.keyswitch.conversation.FlowState.AskApiKey;
import io.keyswitch.core.ThreadId;
import io.keyswitch.core.UserId;
import io.keyswitch.language.Sentences;
import io.keyswitch.modelconfig.KeyChoice;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelChoice;
import io.keyswitch.modelconfig.ModelConfigs;
import io.keyswitch.modelconfig.ModelMatcher;
import io.keyswitch.modelconfig.ModelSetup;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.modelconfig.SetupOutcome;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.KeyShapes;
import io.keyswitch.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a user's message before anything else does, and answers it if it belongs to the flow or asks for something the
 * flow does. Only the user's own message changes a setting. Blocking; the caller keeps messages of one thread in order.
 */
public final class ModelChange {
    /**
     * An answer of the flow.
     *
     * @param userText the user's message as it may be stored: without a key
     * @param reply what the assistant says, in Markdown
     * @param prompt what it asks for; null if the flow is over
     * @param stateChange moves the flow on; to be done in the transaction that stores the turn, so that a message which is
     *     sent again finds the question it answered
     */
    public record Handled(
            String userText, String reply, @Nullable FlowPrompt prompt, Consumer<Handle> stateChange) {
        /** An answer that leaves the flow as it is. */
        public Handled(String userText, String reply) {
            this(userText, reply, null, _ -> {});
        }
    }

    /** How long an unanswered question stays. */
    static final Duration EXPIRY = Duration.ofMinutes(30);

    /** How long after that a lone secret is still taken for a late answer to the question for the key. */
    static final Duration LATE_KEY = Duration.ofHours(24);

    private static final int LEAST_LATE_KEY = 16;

    private static final String KEPT_NOTHING = "[message not stored: it may have held an API key]";

    private final ProviderRegistry providers;
    private final ProjectKeys projectKeys;
    private final ModelConfigs configs;
    private final ModelSetup setup;
    private final Suggestions suggestions;
    private final Requests requests;
    private final FlowStates states;
    private final InstantSource clock;

    public ModelChange(
            ProviderRegistry providers,
            ProjectKeys projectKeys,
            ModelConfigs configs,
            ModelSetup setup,
            Suggestions suggestions,
            Database database,
            InstantSource clock) {
        this.providers = providers;
        this.projectKeys = projectKeys;
        this.configs = configs;
        this.setup = setup;
        this.suggestions = suggestions;
        this.requests = new Requests(providers);
        this.states = new FlowStates(database, providers);
        this.clock = clock;
    }

    /**
     * Answers a message that is the flow's.
     *
     * @param redacted the same message with the keys taken out
     * @param secret whether the user was told to be typing a secret
     * @return null if the message is for the model
     */
    public @Nullable Handled handle(
            UserId user, ThreadId thread, String message, KeyShapes.Redacted redacted, boolean secret) {
        var stored = states.find(user, thread);
        var now = clock.instant();
        var state = stored == null ? null : openState(stored, now);
        boolean misled = secret && !(state instanceof AskApiKey) && Answer.command(message) == null;
        if (misled) {
            return new Handled(KEPT_NOTHING, Replies.tooLate());
        }
        if (state != null) {
            return answer(user, thread, state, message, redacted, secret);
        }
        var request = request(user, thread, redacted);
        if (request == null && isLateKey(user, message, now)) {
            return new Handled(KEPT_NOTHING, Replies.tooLate());
        }
        return request;
    }

    private Flow flow(UserId user) {
        return new Flow(providers, projectKeys, requests, suggestions.of(user));
    }

    private static @Nullable FlowState openState(FlowStates.Stored stored, Instant now) {
        return stored.since().plus(EXPIRY).isAfter(now) ? stored.state() : null;
    }

    private boolean isLateKey(UserId user, String message, Instant now) {
        if (!KeyShapes.looksLikeBareSecret(message, LEAST_LATE_KEY)) {
            return false;
        }
        var asked = states.keyAskedAt(user);
        return asked != null && asked.plus(LATE_KEY).isAfter(now);
    }

    private Handled answer(
            UserId user,
            ThreadId thread,
            FlowState state,
            String message,
            KeyShapes.Redacted redacted,
            boolean secret) {
        var flow = flow(user);
        boolean isAnswer = secret || flow.isAnswer(state, message);
        var asked = isAnswer ? null : Asked.read(requests, redacted);
        if (asked != null && (!(state instanceof AskApiKey) || holdsNoSecret(user, asked.request(), message))) {
            return perform(user, thread, asked);
        }
        if (state instanceof AskApiKey) {
            var step = flow.next(state, message);
            return perform(user, thread, keyStepText(step, message, redacted), step);
        }
        if (redacted.found()) {
            return perform(user, thread, redacted.text(), tooEarly(flow.ask(state)));
        }
        if (KeyShapes.namesItselfAKey(message)) {
            return perform(user, thread, KEPT_NOTHING, tooEarly(flow.ask(state)));
        }
        var step = flow.next(state, message);
        // A key pasted where another answer was asked for may have no shape to know it by.
        boolean misplaced = !isAnswer && KeyShapes.looksLikeBareSecret(message);
        return perform(user, thread, misplaced ? KEPT_NOTHING : message, step);
    }

    /**
     * Whether the words of a request at the question for a key are all known ones. The free words among them may be the key,
     * whatever its shape: a model must be one that is known, or named like the provider's others.
     */
    private boolean holdsNoSecret(UserId user, Request request, String message) {
        if (!(request instanceof Request.Change(var provider, var model, var _))) {
            return true;
        }
        if (provider == null) {
            return requests.isFixedSentence(message);
        }
        return model == null
                || ModelMatcher.isOfFamily(provider, model)
                || ModelMatcher.isListed(
                        provider, model, suggestions.of(user).models(provider, KeySource.PROJECT, null));
    }

    private static FlowStep tooEarly(FlowStep.Ask open) {
        return new FlowStep.Ask(open.state(), Replies.keyTooEarly() + "\n\n" + open.reply());
    }

    /** What may be kept of a message that was asked to hold a key: the words of a command, or nothing but the key's end. */
    private static String keyStepText(FlowStep step, String message, KeyShapes.Redacted redacted) {
        if (step instanceof FlowStep.Apply(var choice) && choice.key() instanceof KeyChoice.Given(var key)) {
            return key.placeholder();
        }
        boolean harmless = Answer.command(message) != null || Answer.isKeep(message);
        return harmless && !redacted.found() ? message : KEPT_NOTHING;
    }

    private @Nullable Handled request(UserId user, ThreadId thread, KeyShapes.Redacted redacted) {
        var asked = Asked.read(requests, redacted);
        return asked == null ? null : perform(user, thread, asked);
    }

    /** Does what is asked; a question that was still open is dropped, unless nothing was asked for but an answer. */
    private Handled perform(UserId user, ThreadId thread, Asked asked) {
        var redacted = asked.redacted();
        return switch (asked.request()) {
            case Request.Change change -> perform(user, thread, redacted.text(), start(user, change, redacted));
            case Request.Misspelt(var named, var near) ->
                perform(
                        user,
                        thread,
                        redacted.text(),
                        new FlowStep.Ask(
                                new FlowState.AskProvider(near),
                                Replies.unknownProvider(providers, projectKeys, named, near)));
            case Request.UseDefault _ -> ended(user, thread, redacted.text(), useDefault(user));
            case Request.WhichModel _ -> whichModelInBetween(user, thread, redacted);
            case Request.ForgetKey(var provider) -> ended(user, thread, redacted.text(), forgetKey(user, provider));
        };
    }

    /** The first step; a key that came with the request is used at once where nothing else is missing. */
    private FlowStep start(UserId user, Request.Change request, KeyShapes.Redacted redacted) {
        ApiKey key = redacted.keys().size() == 1 ? redacted.keys().getFirst() : null;
        if (key == null) {
            return flow(user).start(request);
        }
        var step = flow(user).start(new Request.Change(request.provider(), request.model(), KeySource.OWN));
        return switch (step) {
            case FlowStep.Ask(AskApiKey asked, var _) ->
                new FlowStep.Apply(
                        new ModelChoice(asked.provider(), asked.model(), asked.accountId(), new KeyChoice.Given(key)));
            case FlowStep.Ask open -> tooEarly(open);
            case FlowStep.Apply _, FlowStep.Leave _ -> step;
        };
    }

    /** A thread in which a key was asked for keeps a trace, lest a key that comes late or twice is taken for a message. */
    private Handled ended(UserId user, ThreadId thread, String userText, String reply) {
        var stored = states.find(user, thread);
        var now = clock.instant();
        return new Handled(userText, reply, null, handle -> {
            if (stored != null && stored.keyAskedAt() != null) {
                states.end(handle, user, thread, now);
            } else if (stored != null) {
                states.delete(handle, user, thread);
            }
        });
    }

    private Handled perform(UserId user, ThreadId thread, String userText, FlowStep step) {
        return switch (step) {
            case FlowStep.Ask(var state, var reply) -> ask(user, thread, userText, state, reply);
            case FlowStep.Leave(var reply) -> ended(user, thread, userText, reply);
            case FlowStep.Apply(var choice) -> apply(user, thread, userText, choice);
        };
    }

    private Handled ask(UserId user, ThreadId thread, String userText, FlowState state, String reply) {
        var now = clock.instant();
        var prompt = Prompts.prompt(state, providers, suggestions.of(user));
        return new Handled(userText, reply, prompt, handle -> states.save(handle, user, thread, state, now));
    }

    private Handled apply(UserId user, ThreadId thread, String userText, ModelChoice choice) {
        return switch (setup.apply(user, choice)) {
            case SetupOutcome.Saved(var config, var warning, var dropped) -> {
                var said = warning == null ? null : warning.say(Sentences.english());
                yield ended(user, thread, userText, Replies.done(choice.provider(), config, said, nameOf(dropped)));
            }
            case SetupOutcome.Refused(var failure, var part) ->
                ask(
                        user,
                        thread,
                        userText,
                        askAgain(part, choice),
                        Replies.refused(Sentences.english().problem(failure)));
        };
    }

    private static FlowState askAgain(SetupOutcome.Part part, ModelChoice choice) {
        return switch (part) {
            case KEY -> new AskApiKey(choice.provider(), choice.accountId(), choice.model());
            case MODEL -> new FlowState.AskModelId(choice.provider(), KeySource.OWN, choice.accountId());
            case ACCOUNT_ID -> new AskAccountId(choice.provider(), choice.model());
            case KEY_SOURCE -> new AskApiKey(choice.provider(), null, choice.model());
        };
    }

    private String useDefault(UserId user) {
        var before = configs.readable(user);
        boolean changed = configs.delete(user);
        var dropped = before == null || before.ownKey() == null ? null : nameOf(before.provider());
        var standard = projectKeys.defaultModel();
        if (!changed && standard != null) {
            return Replies.alreadyOnDefault();
        }
        return standard == null
                ? Replies.nowOnDefault(null, null, dropped)
                : Replies.nowOnDefault(standard.provider(), standard.model(), dropped);
    }

    private @Nullable String nameOf(@Nullable ProviderId id) {
        var provider = id == null ? null : providers.find(id);
        return id == null ? null : provider == null ? id.value() : provider.displayName();
    }

    private Handled whichModelInBetween(UserId user, ThreadId thread, KeyShapes.Redacted redacted) {
        var open = openQuestion(user, thread);
        var reply = open == null ? whichModel(user) : whichModel(user) + "\n\n" + Replies.stillAsking();
        return new Handled(redacted.text(), reply, open, _ -> {});
    }

    private String whichModel(UserId user) {
        var config = configs.find(user);
        if (config != null) {
            Provider provider = providers.find(config.provider());
            var ownKey = config.ownKey();
            var using = Replies.using(
                    provider == null ? config.provider().value() : provider.displayName(),
                    config.modelId(),
                    config.keySource(),
                    ownKey == null ? null : ownKey.hint());
            boolean unreadable = ownKey != null
                    && provider != null
                    && suggestions.of(user).key(provider, config.accountId()) == null;
            return unreadable ? using + " " + Replies.keyUnreadable() : using;
        }
        var standard = projectKeys.defaultModel();
        return standard == null
                ? Replies.usingNothing()
                : Replies.using(standard.provider().displayName(), standard.model(), KeySource.PROJECT, null);
    }

    private String forgetKey(UserId user, @Nullable Provider meant) {
        var config = configs.find(user);
        boolean another = config != null && meant != null && !meant.id().equals(config.provider());
        if (config == null || config.ownKey() == null || another) {
            return Replies.noKeyStored(meant);
        }
        configs.delete(user);
        var provider = providers.find(config.provider());
        return Replies.keyForgotten(provider == null ? config.provider().value() : provider.displayName());
    }

    /** What the flow is waiting for in a thread; null if it does not run. */
    public @Nullable FlowPrompt openQuestion(UserId user, ThreadId thread) {
        var stored = states.find(user, thread);
        var state = stored == null ? null : openState(stored, clock.instant());
        return state == null ? null : Prompts.prompt(state, providers, suggestions.of(user));
    }

    /** Whether a stored text is what was kept of a message, keys taken out. */
    public static boolean isKeptFormOf(String stored, String message, KeyShapes.Redacted redacted) {
        var key = PastedKey.in(message);
        return stored.equals(redacted.text())
                || stored.equals(KEPT_NOTHING)
                || (key != null && stored.equals(key.placeholder()));
    }

    /** Offers the flow to a user for whom there is no model at all. */
    public Handled offer(UserId user, ThreadId thread, String userText) {
        return ask(user, thread, userText, new FlowState.AskProvider(null), Replies.offer(providers, projectKeys));
    }

    /** Forgets the flow of a thread, in the transaction that deletes it. */
    public void forget(Handle handle, UserId user, ThreadId thread) {
        states.delete(handle, user, thread);
    }
}
