package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskAccountId;
import io.keyswitch.conversation.FlowState.AskApiKey;
import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import io.keyswitch.language.Language;
import io.keyswitch.language.Sentences;
import io.keyswitch.modelconfig.Checked;
import io.keyswitch.modelconfig.HeldKeys;
import io.keyswitch.modelconfig.KeyFormats;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelChoice;
import io.keyswitch.modelconfig.ModelConfig;
import io.keyswitch.modelconfig.ModelConfigs;
import io.keyswitch.modelconfig.ModelSetup;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.modelconfig.Scope;
import io.keyswitch.modelconfig.SetupOutcome;
import io.keyswitch.modelconfig.Undoable;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.understanding.Intent;
import io.keyswitch.understanding.Understanding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Handles messages that are for the model-change flow, before any model sees them. {@link #read} parses a message and
 * {@link #prepare} calls providers and decides, both without the thread's lock; {@link #perform} applies the decision
 * with the lock held, if the thread has not changed meanwhile. Only the user's own message changes a setting. Blocking.
 */
public final class ModelChange {
    /**
     * A message that was read, and the step decided for it.
     *
     * @param accepted the checked choice or key to save; null if the step saves none
     */
    public record Prepared(Read read, Facts facts, FlowStep step, Checked.@Nullable Accepted accepted) {
        ThreadRef thread() {
            return read.thread();
        }

        /** The message as it may be stored and sent to a model. */
        public String kept() {
            return read.input().kept();
        }

        /** Whether a secret was removed from it. */
        public boolean secretsRemoved() {
            return read.input() instanceof UserInput.PlainMessage message && message.secretsRemoved();
        }
    }

    /**
     * A reply of the flow.
     *
     * @param userText the user's message as it may be stored, without keys
     * @param reply the reply, in Markdown
     * @param prompt the next question; null if the flow is over
     * @param stateChange updates the flow; must run in the transaction that stores the turn, so that a retried message
     *     finds the question it answered
     */
    public record Handled(
            String userText, String reply, @Nullable FlowPrompt prompt, Consumer<Handle> stateChange) {}

    /** What speaks one language. */
    private record Voice(Replies replies, Flow flow, Prompts prompts) {}

    /** How long an unanswered question stays open. */
    static final Duration EXPIRY = Duration.ofMinutes(30);

    /** How long after a key was asked for a message of one word is still treated as a key. */
    static final Duration LATE_KEY = Duration.ofHours(24);

    private final ProviderRegistry providers;
    private final ProjectKeys projectKeys;
    private final ModelConfigs configs;
    private final ModelSetup setup;
    private final FactFinder facts;
    private final FlowStates states;
    private final KeyFormats keyFormats;
    private final InputReader reader;
    private final ConcurrentMap<Language, Voice> voices = new ConcurrentHashMap<>();
    private final InstantSource clock;

    public ModelChange(
            ProviderRegistry providers,
            ProjectKeys projectKeys,
            ModelConfigs configs,
            ModelSetup setup,
            FactFinder facts,
            FlowStates states,
            InstantSource clock) {
        this.providers = providers;
        this.projectKeys = projectKeys;
        this.configs = configs;
        this.setup = setup;
        this.facts = facts;
        this.states = states;
        this.keyFormats = new KeyFormats(providers);
        this.reader = new InputReader(providers, Understanding.inBackground(providers));
        this.clock = clock;
    }

    /** The voice for the language of a request, else for that of the thread's last one. */
    private Voice voice(Read read) {
        return voice(read.language());
    }

    private Voice voice(@Nullable Language language) {
        return voices.computeIfAbsent(language == null ? Language.EN : language, this::newVoice);
    }

    private Voice newVoice(Language language) {
        var replies = new Replies(Sentences.of(language), providers, projectKeys);
        return new Voice(replies, new Flow(providers, projectKeys, replies), new Prompts(providers, replies));
    }

    /**
     * A message as it was read.
     *
     * @param question the question that was open; null if none was
     * @param appLanguage the language of the app; null if unknown
     */
    public record Read(
            ThreadRef thread,
            UserInput input,
            FlowStates.Stored stored,
            @Nullable FlowState question,
            @Nullable Language appLanguage) {
        /** The language to reply in: that of the thread's requests, else that of the app; null if neither is known. */
        @Nullable
        Language language() {
            var spoken = spokenLanguage();
            return spoken == null ? appLanguage : spoken;
        }

        /** The language of the request, else that of the thread's last one; null if neither is known. */
        @Nullable
        Language spokenLanguage() {
            return input instanceof UserInput.ModelRequest request && request.language() != null
                    ? request.language()
                    : stored.language();
        }

        /** Whether it asks for a model for its thread alone, or goes on in a flow that does. */
        boolean isForThisThread() {
            boolean asked = input instanceof UserInput.ModelRequest request
                    && request.request().isForThisThread();
            return asked || (question != null && stored.thisThread());
        }

        /** Whether it may trigger a key check; such messages of a thread are handled one at a time. */
        public boolean mayCheckKey() {
            return switch (input) {
                case UserInput.Command(var word, var _) ->
                    switch (word) {
                        case CANCEL, BACK, HELP -> false;
                        case YES, KEEP, DEFAULT, OWN, NOTHING_NAMED -> true;
                    };
                case UserInput.Choice _ -> true;
                case UserInput.ModelRequest(var request, var _, var _, var _) ->
                    request instanceof Intent.Change
                            || request instanceof Intent.UpdateKey
                            || request instanceof Intent.UseDefault
                            || request instanceof Intent.Undo;
                case UserInput.PastedKey _ -> question != null;
                case UserInput.ModelName _ -> question instanceof AskApiKey;
                case UserInput.PlainMessage _ ->
                    question instanceof AskApiKey || question instanceof AskModelId || question instanceof AskAccountId;
            };
        }

        /**
         * Whether it was classified as a secret. It must stay one when it is read again after the question has changed.
         */
        public boolean isSecret() {
            return input instanceof UserInput.PastedKey
                    || (!(question instanceof AskApiKey) && input.kept().equals(InputReader.KEPT_NOTHING));
        }
    }

    /**
     * Reads a message in the context of the open question.
     *
     * @param secret whether the app showed a password field for it, or an earlier read classified it as a secret
     * @param appLanguage the language of the app; null if unknown
     */
    public Read read(ThreadRef thread, String text, boolean secret, @Nullable Language appLanguage) {
        var stored = states.find(thread);
        var question = openQuestion(stored);
        var input = reader.read(
                new InputReader.Message(text, secret, facts.ownKeys(thread.user())),
                new InputReader.Context(question, keyAskedRecently(stored)));
        return new Read(thread, input, stored, question, appLanguage);
    }

    /** Decides the next step and calls the provider if needed. Changes nothing. */
    public Prepared prepare(Read read) {
        var user = read.thread().user();
        var input = read.input();
        var question = read.question();
        if (question == null && input instanceof UserInput.PlainMessage) {
            return new Prepared(read, Facts.NONE, new FlowStep.PassOn(), null);
        }
        var known = known(read);
        var decided = checked(read, voice(read).flow().next(question, input, known));
        var offered = withOptions(user, question, decided.step(), known);
        return new Prepared(read, offered, decided.step(), decided.accepted());
    }

    /**
     * The facts that the flow may need. The models are listed only if the message may name one, or the model question
     * is repeated.
     */
    private Facts known(Read read) {
        var user = read.thread().user();
        var question = read.question();
        var input = read.input();
        var known = facts.about(read.thread());
        if (input instanceof UserInput.ModelRequest(Intent.Offers(var named), var _, var _, var _)) {
            var provider = voice(read).flow().whoseModels(question, named, known);
            return provider == null ? known : known.with(facts.models(user, provider, known));
        }
        boolean listed = input instanceof UserInput.PlainMessage
                || input instanceof UserInput.Choice
                || (input instanceof UserInput.ModelRequest asking && asking.request() instanceof Intent.Which);
        return question instanceof AskModelId asked && listed ? withModels(user, known, asked) : known;
    }

    private record Decided(FlowStep step, Checked.@Nullable Accepted accepted) {}

    /** Checks the choice or key of a step with the provider, if the step has one. */
    private Decided checked(Read read, FlowStep step) {
        var user = read.thread().user();
        var checked = switch (step) {
            case FlowStep.Apply(var choice) -> setup.check(user, choice);
            case FlowStep.Undo(var choice) -> setup.check(user, choice);
            case FlowStep.SaveKey(var given) -> setup.check(user, given);
            default -> null;
        };
        return switch (checked) {
            case null -> new Decided(step, null);
            case Checked.Accepted accepted -> new Decided(step, accepted);
            case Checked.Refused(var outcome) -> new Decided(askAgain(read, outcome, step), null);
        };
    }

    /** Adds the models to offer with the next question, unless they are already listed. */
    private Facts withOptions(UserId user, @Nullable FlowState question, FlowStep step, Facts known) {
        if (step instanceof FlowStep.Hold(var key, var provider, var next)) {
            var issuers = provider == null ? keyFormats.of(key) : List.of(provider);
            return withOptions(user, null, next, known.with(new HeldKeys.Held(key, issuers)));
        }
        if (!(step instanceof FlowStep.Ask(AskModelId next, var _)) || next.doubted() != null) {
            return known;
        }
        boolean listed = question instanceof AskModelId asked
                && Facts.sameList(asked, next)
                && !known.models().isEmpty();
        return listed ? known : withModels(user, known, next);
    }

    private Facts withModels(UserId user, Facts known, AskModelId asked) {
        return known.with(facts.models(user, asked, known));
    }

    private @Nullable FlowState openQuestion(FlowStates.Stored stored) {
        return isWithin(EXPIRY, stored.since()) ? stored.state() : null;
    }

    private boolean keyAskedRecently(FlowStates.Stored stored) {
        return isWithin(LATE_KEY, stored.keyAskedAnywhereAt());
    }

    private boolean isWithin(Duration period, @Nullable Instant since) {
        return since != null && since.plus(period).isAfter(clock.instant());
    }

    /** Whether the open question is still the one for which the message was read. The thread's lock must be held. */
    public boolean isCurrent(Prepared prepared) {
        return Objects.equals(
                openQuestion(states.find(prepared.thread())), prepared.read().question());
    }

    /**
     * Applies the decision about a message. The thread's lock must be held.
     *
     * @return null if the message is for the model
     */
    public @Nullable Handled perform(Prepared prepared) {
        return switch (prepared.step()) {
            case FlowStep.PassOn _ -> passOn(prepared);
            case FlowStep.PassOnAndEnd _ -> {
                states.change(handle -> end(handle, prepared));
                yield null;
            }
            case FlowStep.Ask ask -> ask(prepared, ask);
            case FlowStep.Hold hold -> hold(prepared, hold);
            case FlowStep.Tell(var reply) -> tell(prepared, reply);
            case FlowStep.Leave(var reply) -> ended(prepared, reply);
            case FlowStep.UseDefault _ -> ended(prepared, useDefault(prepared));
            case FlowStep.UndoToNone _ -> ended(prepared, undoToNone(prepared));
            case FlowStep.ForgetKey(var provider) -> ended(prepared, forgetKey(prepared, provider));
            case FlowStep.SayWhich _ -> sayWhich(prepared);
            case FlowStep.Apply _, FlowStep.Undo _, FlowStep.SaveKey _ -> save(prepared);
        };
    }

    /**
     * The scope that a message changes: that of the change it takes back, its thread if it says so or has a config of its
     * own, else the default.
     */
    private static Scope scope(Prepared prepared) {
        var thread = prepared.thread();
        var undone = undone(prepared);
        if (undone != null) {
            return undone.scope();
        }
        return prepared.read().isForThisThread() || prepared.facts().ofThread()
                ? Scope.only(thread)
                : Scope.allThreads(thread.user());
    }

    private static @Nullable Undoable undone(Prepared prepared) {
        return prepared.read().input() instanceof UserInput.ModelRequest(Intent.Undo _, var _, var _, var _)
                ? prepared.facts().lastChange()
                : null;
    }

    private Replies replies(Prepared prepared) {
        return voice(prepared.read()).replies();
    }

    private Handled ask(Prepared prepared, FlowStep.Ask ask) {
        var now = clock.instant();
        return new Handled(
                prepared.kept(),
                ask.reply(),
                voice(prepared.read()).prompts().prompt(ask.state(), prepared.facts()),
                handle -> states.save(handle, prepared.thread(), ask.state(), manner(prepared), now));
    }

    private Handled hold(Prepared prepared, FlowStep.Hold hold) {
        var asked = ask(prepared, hold.question());
        return new Handled(asked.userText(), asked.reply(), asked.prompt(), handle -> {
            asked.stateChange().accept(handle);
            states.hold(handle, prepared.thread(), hold.key(), hold.provider());
        });
    }

    /** Holds the key that was removed from a message for the model, so that its user can still choose to use it. */
    private @Nullable Handled passOn(Prepared prepared) {
        var key = removedKey(prepared.read());
        if (key != null && !keyFormats.of(key).isEmpty()) {
            states.change(handle -> states.hold(handle, prepared.thread(), key, null));
        }
        return null;
    }

    private static @Nullable ApiKey removedKey(Read read) {
        return read.question() == null && read.input() instanceof UserInput.PlainMessage message ? message.key() : null;
    }

    private static FlowStates.Manner manner(Prepared prepared) {
        var read = prepared.read();
        var undone = undone(prepared);
        boolean thisThread =
                undone == null ? read.isForThisThread() : undone.scope().isThread();
        return new FlowStates.Manner(read.spokenLanguage(), thisThread);
    }

    /** Leaves the flow as it is, but for the language of a request outside of it. */
    private Handled tell(Prepared prepared, String reply) {
        var read = prepared.read();
        boolean news = read.question() == null
                && read.spokenLanguage() != null
                && read.spokenLanguage() != read.stored().language();
        return new Handled(prepared.kept(), reply, null, handle -> {
            if (news) {
                end(handle, prepared);
            }
        });
    }

    private Handled ended(Prepared prepared, String reply) {
        return new Handled(prepared.kept(), reply, null, handle -> end(handle, prepared));
    }

    private void end(Handle handle, Prepared prepared) {
        var read = prepared.read();
        states.end(handle, prepared.thread(), read.stored(), read.spokenLanguage(), clock.instant());
    }

    private Handled save(Prepared prepared) {
        var scope = scope(prepared);
        var accepted = Objects.requireNonNull(prepared.accepted());
        var outcome = prepared.step() instanceof FlowStep.Undo && accepted instanceof Checked.AcceptedChoice earlier
                ? setup.undo(scope, earlier)
                : setup.save(scope, accepted);
        return switch (outcome) {
            case SetupOutcome.Saved(var config, var warning) ->
                ended(
                        prepared,
                        replies(prepared).done(scope, providers.displayName(config.provider()), config, warning));
            case SetupOutcome.KeySaved(var key, var warning) ->
                ended(prepared, replies(prepared).keySaved(providers.displayName(key.provider()), warning));
            case SetupOutcome.Refused refused -> refused(prepared, askAgain(prepared.read(), refused, prepared.step()));
        };
    }

    private Handled refused(Prepared prepared, FlowStep step) {
        return switch (step) {
            case FlowStep.Ask ask -> ask(prepared, ask);
            case FlowStep.Leave(var reply) -> ended(prepared, reply);
            default -> throw new IllegalStateException("a refusal asks or ends the flow");
        };
    }

    /** Asks for the part of a choice or key that was refused; ends the flow if no part of it is at fault. */
    private FlowStep askAgain(Read read, SetupOutcome.Refused refused, FlowStep step) {
        var replies = voice(read).replies();
        if (refused.part() == SetupOutcome.Part.NONE) {
            return new FlowStep.Leave(replies.failed(refused.failure()));
        }
        var state = switch (step) {
            case FlowStep.Apply(var choice) -> askAgain(refused.part(), choice);
            case FlowStep.Undo(var choice) -> askAgain(refused.part(), choice);
            case FlowStep.SaveKey(var given) -> new AskApiKey(given.provider(), given.accountId(), null);
            default -> throw new IllegalArgumentException("nothing was checked for " + step);
        };
        return new FlowStep.Ask(state, replies.refused(refused.failure()));
    }

    private static FlowState askAgain(SetupOutcome.Part part, ModelChoice choice) {
        return switch (part) {
            case KEY -> new AskApiKey(choice.provider(), choice.accountId(), choice.model());
            case MODEL -> new AskModelId(choice.provider(), KeySource.OWN, choice.accountId());
            case ACCOUNT_ID -> new AskAccountId(choice.provider(), choice.model());
            case KEY_SOURCE, NONE -> new AskApiKey(choice.provider(), null, choice.model());
        };
    }

    private String useDefault(Prepared prepared) {
        var scope = scope(prepared);
        boolean changed = configs.delete(scope);
        if (scope.isThread()) {
            return replies(prepared).likeOtherChats(nowInUse(prepared));
        }
        var standard = projectKeys.defaultModel();
        return !changed && standard != null
                ? replies(prepared).alreadyOnDefault()
                : replies(prepared).nowOnDefault(standard, keptKeyOf(prepared.facts()));
    }

    private String undoToNone(Prepared prepared) {
        var scope = scope(prepared);
        if (!configs.undo(scope)) {
            return replies(prepared).failed(new Failure(Reason.CHANGED_MEANWHILE));
        }
        return scope.isThread()
                ? replies(prepared).likeOtherChats(nowInUse(prepared))
                : replies(prepared).nowOnDefault(projectKeys.defaultModel(), keptKeyOf(prepared.facts()));
    }

    /** The provider whose key stays stored though it is no longer in use; null if there is none. */
    private @Nullable String keptKeyOf(Facts before) {
        var config = before.withOwnKey();
        return config == null ? null : providers.displayName(config.provider());
    }

    /** What the thread uses after a change; null for nothing. */
    private Replies.@Nullable InUse nowInUse(Prepared prepared) {
        return inUse(configs.inForce(prepared.thread()).config());
    }

    private Replies.@Nullable InUse inUse(@Nullable ModelConfig config) {
        if (config != null) {
            return new Replies.InUse(providers.displayName(config.provider()), config.modelId(), config.keySource());
        }
        var standard = projectKeys.defaultModel();
        return standard == null
                ? null
                : new Replies.InUse(standard.provider().displayName(), standard.model(), KeySource.PROJECT);
    }

    private String forgetKey(Prepared prepared, ProviderId provider) {
        var deletion = configs.deleteKey(prepared.thread().user(), provider);
        var left = configs.keys(prepared.thread().user()).stream()
                .map(key -> providers.displayName(key.provider()))
                .toList();
        return deletion == ModelConfigs.KeyDeletion.NONE
                ? replies(prepared).noKeyStored(providers.displayName(provider))
                : replies(prepared)
                        .keyForgotten(
                                providers.displayName(provider),
                                deletion == ModelConfigs.KeyDeletion.KEY_AND_CONFIGS,
                                left);
    }

    private Handled sayWhich(Prepared prepared) {
        var question = prepared.read().question();
        var voice = voice(prepared.read());
        var which = which(voice.replies(), prepared);
        return question == null
                ? tell(prepared, which)
                : new Handled(
                        prepared.kept(),
                        which + "\n\n" + voice.replies().stillAsking(),
                        voice.prompts().prompt(question, prepared.facts()),
                        _ -> {});
    }

    private String which(Replies replies, Prepared prepared) {
        var inForce = configs.inForce(prepared.thread());
        var inUse = inUse(inForce.config());
        if (inUse == null) {
            return replies.usingNothing();
        }
        var own = prepared.facts().withOwnKey();
        return replies.using(
                inUse,
                own == null ? null : hint(prepared.thread().user(), own),
                own == null || isReadable(prepared.facts(), own),
                inForce.scope().isThread());
    }

    private String hint(UserId user, ModelConfig config) {
        var key = configs.key(user, config.provider());
        return key == null ? "" : key.hint();
    }

    private boolean isReadable(Facts known, ModelConfig config) {
        var provider = providers.find(config.provider());
        return provider == null || known.hasKey(provider);
    }

    /** Starts the flow for a user who has no model. */
    public Handled offer(Prepared prepared) {
        return ask(
                prepared,
                new FlowStep.Ask(
                        new FlowState.AskProvider(null),
                        voice(prepared.read()).replies().offer()));
    }

    /** The requests that a message may have been, and uses of the key in it, to offer beside the model's answer. */
    public List<Suggestion> suggestions(Read read) {
        if (read.question() != null || !(read.input() instanceof UserInput.PlainMessage message)) {
            return List.of();
        }
        var possible = message.possible();
        var asked = possible == null
                ? Stream.<Suggestion>empty()
                : Stream.of(voice(possible.language()).replies().suggestion(possible.intent()));
        var key = message.key();
        var uses = key == null
                ? Stream.<Suggestion>empty()
                : keyFormats.of(key).stream()
                        .map(provider -> voice(read).replies().useKey(provider));
        return Stream.concat(uses, asked).toList();
    }

    /** The notice before a model's answer to a message from which a secret was removed. */
    public String keyRemovedNotice(Read read) {
        return voice(read).replies().keyRemovedBeforeAnswer();
    }

    /** The notice before the first answer with a key that was saved without a check. */
    public String keyWorksNotice(Read read, Provider provider) {
        return voice(read).replies().keyWorksNow(provider);
    }

    /** The open question in a thread; null if there is none. */
    public @Nullable FlowPrompt openQuestion(ThreadRef thread, @Nullable Language appLanguage) {
        var stored = states.find(thread);
        var question = openQuestion(stored);
        if (question == null) {
            return null;
        }
        var known = facts.about(thread);
        return voice(stored.language() == null ? appLanguage : stored.language())
                .prompts()
                .prompt(
                        question,
                        question instanceof AskModelId asked ? withModels(thread.user(), known, asked) : known);
    }

    /** Whether a stored message may be the redacted form of this one. */
    public boolean mayBeKeptAs(String stored, UserId user, String text) {
        return reader.mayBeKeptAs(stored, new InputReader.Message(text, false, facts.ownKeys(user)));
    }

    /** To be called after a thread of the user was deleted. */
    public void forgotten(UserId user) {
        configs.forgotten(user);
    }

    /**
     * Deletes the flow and the model configs of a thread, in the transaction that deletes the thread. {@link #forgotten}
     * must follow.
     */
    public void forget(Handle handle, ThreadRef thread) {
        states.delete(handle, thread);
        configs.forget(handle, thread);
    }
}
