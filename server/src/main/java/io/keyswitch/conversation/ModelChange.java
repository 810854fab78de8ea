package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskAccountId;
import io.keyswitch.conversation.FlowState.AskApiKey;
import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import io.keyswitch.language.Language;
import io.keyswitch.llm.ListedModel;
import io.keyswitch.modelconfig.Checked;
import io.keyswitch.modelconfig.HeldKeys;
import io.keyswitch.modelconfig.KeyFormats;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelConfigs;
import io.keyswitch.modelconfig.ModelSetup;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.sql.DatabaseUnavailableException;
import io.keyswitch.understanding.Intent;
import io.keyswitch.understanding.Understanding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
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

    /** What a message has come to. Its state change must run in the transaction that stores the turn. */
    public sealed interface Performed {
        /** Updates the flow of the thread. */
        Consumer<Handle> stateChange();
    }

    /** The message is for the model. */
    public record ForModel(Consumer<Handle> stateChange) implements Performed {}

    /**
     * A reply of the flow.
     *
     * @param userText the user's message as it may be stored, without keys
     * @param reply the reply, in Markdown
     * @param prompt the next question; null if the flow is over
     * @param isDone whether a setting was changed, so that the reply is right whatever happens to the flow meanwhile
     * @param stateChange updates the flow; a retried message finds the question it answered
     */
    public record Handled(
            String userText, String reply, @Nullable FlowPrompt prompt, boolean isDone, Consumer<Handle> stateChange)
            implements Performed {
        Handled andThen(Consumer<Handle> change) {
            return new Handled(userText, reply, prompt, isDone, stateChange.andThen(change));
        }
    }

    /** How long an unanswered question stays open. */
    static final Duration EXPIRY = Duration.ofMinutes(30);

    /** How long after a key was asked for a message of one word is still treated as a key. */
    static final Duration LATE_KEY = Duration.ofHours(24);

    private final ModelConfigs configs;
    private final ModelSetup setup;
    private final FactFinder facts;
    private final FlowStates states;
    private final KeyFormats keyFormats;
    private final InputReader reader;
    private final Voices voices;
    private final FlowActions actions;
    private final InstantSource clock;

    public ModelChange(
            ProviderRegistry providers,
            ProjectKeys projectKeys,
            ModelConfigs configs,
            ModelSetup setup,
            FactFinder facts,
            FlowStates states,
            InstantSource clock) {
        this.configs = configs;
        this.setup = setup;
        this.facts = facts;
        this.states = states;
        this.keyFormats = new KeyFormats(providers);
        this.reader = new InputReader(providers, new Understanding(providers));
        this.clock = clock;
        this.voices = new Voices(providers, projectKeys);
        this.actions = new FlowActions(providers, projectKeys, configs, setup, states, voices, clock);
    }

    /** Gets ready for the first message, on another thread. */
    public void warmUp() {
        reader.prepare();
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
                case UserInput.Command(var word, var _, var _) ->
                    switch (word) {
                        case CANCEL, BACK, HELP, WAIT -> false;
                        case YES, KEEP, DEFAULT, OWN, ANY, NOTHING_NAMED -> true;
                    };
                case UserInput.Choice _ -> true;
                case UserInput.ModelRequest(var request, var _, var _, var _) ->
                    switch (request) {
                        case Intent.Change _, Intent.UpdateKey _, Intent.UseDefault _, Intent.Undo _ -> true;
                        case Intent.UnknownProvider _,
                                Intent.OnlyHere _,
                                Intent.Which _,
                                Intent.Offers _,
                                Intent.ForgetKey _,
                                Intent.Help _ -> false;
                    };
                case UserInput.PastedKey _ -> question != null;
                case UserInput.Mention _ -> false;
                case UserInput.ModelName _, UserInput.Remark _ -> question instanceof AskApiKey;
                case UserInput.PlainMessage _ -> false;
                case UserInput.FreeAnswer _ ->
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
        var expected = stored.language() == null ? appLanguage : stored.language();
        var input = reader.read(
                new InputReader.Message(text, secret, facts.ownKeys(thread.user())),
                new InputReader.Context(question, keyAskedRecently(stored), justChanged(stored), expected));
        return new Read(thread, input, stored, question, appLanguage);
    }

    /** Decides the next step and calls the provider if needed. Changes nothing. */
    public Prepared prepare(Read read) {
        var user = read.thread().user();
        var input = read.input();
        var question = read.question();
        if (input instanceof UserInput.PlainMessage) {
            return new Prepared(read, Facts.NONE, new FlowStep.PassOn(), null);
        }
        var known = known(read);
        var decided = checked(read, voices.of(read).flow().next(question, input, known));
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
            return listing(user, voices.of(read).flow().whoseModels(question, named, known), known);
        }
        if (input instanceof UserInput.ModelRequest(Intent.Change change, var _, var _, var _) && isOpen(change)) {
            return listing(user, voices.of(read).flow().whoseModels(question, change, known), known);
        }
        if (question != null
                && question.words() != null
                && input instanceof UserInput.AtQuestion
                && read.mayCheckKey()) {
            return known.with(modelsAt(question, read, known));
        }
        boolean listed = input instanceof UserInput.FreeAnswer
                || input instanceof UserInput.Choice
                || (input instanceof UserInput.Command(var word, var _, var _) && word != UserInput.Word.CANCEL)
                || (input instanceof UserInput.ModelRequest asking && asking.request() instanceof Intent.Which);
        return question instanceof AskModelId asked && listed ? withModels(user, known, asked) : known;
    }

    /** The models among which words are meant that were said before the question: for the account that is just given, if one is. */
    private List<ListedModel> modelsAt(FlowState question, Read read, Facts known) {
        var user = read.thread().user();
        if (question instanceof AskAccountId(var provider, var _, var _)
                && read.input() instanceof UserInput.FreeAnswer answer
                && provider.accountId() != null) {
            var account = provider.accountId().read(answer.name());
            return account == null
                    ? List.of()
                    : facts.models(user, new AskModelId(provider, KeySource.OWN, account), known);
        }
        return question.provider() == null ? List.of() : facts.models(user, question.provider(), known);
    }

    /** Whether a request leaves open which model is meant: the list of models may tell. */
    private static boolean isOpen(Intent.Change change) {
        return change.words() != null || (change.provider() == null && change.model() != null);
    }

    private Facts listing(UserId user, @Nullable Provider provider, Facts known) {
        return provider == null ? known : known.with(facts.models(user, provider, known));
    }

    private record Decided(FlowStep step, Checked.@Nullable Accepted accepted) {}

    /** Checks the choice or key of a step with the provider, if the step has one. */
    private Decided checked(Read read, FlowStep step) {
        return step instanceof FlowStep.Checkable checkable ? checked(read, checkable) : new Decided(step, null);
    }

    private Decided checked(Read read, FlowStep.Checkable step) {
        var user = read.thread().user();
        var checked = switch (step) {
            case FlowStep.OfChoice chosen -> setup.check(user, chosen.choice());
            case FlowStep.SaveKey(var given) -> setup.check(user, given);
        };
        return switch (checked) {
            case Checked.AcceptedChoice accepted
            when accepted.isUnlisted() && step instanceof FlowStep.Apply -> doubted(read, step, accepted);
            case Checked.Accepted accepted -> new Decided(step, accepted);
            case Checked.Refused(var outcome) ->
                new Decided(voices.of(read).flow().refused(outcome, step), null);
        };
    }

    /** A model that the provider does not list is used only if its user insists on it. */
    private Decided doubted(Read read, FlowStep step, Checked.AcceptedChoice accepted) {
        var choice = accepted.choice();
        boolean insists =
                read.question() instanceof AskModelId asked && choice.model().equals(asked.doubted());
        return insists
                ? new Decided(step, accepted)
                : new Decided(voices.of(read).flow().unlisted(choice, accepted.nearest()), null);
    }

    /** Adds the models to offer with the next question, unless they are already listed. */
    private Facts withOptions(UserId user, @Nullable FlowState question, FlowStep step, Facts known) {
        if (step instanceof FlowStep.LetGo(var next)) {
            return withOptions(user, null, next, known.withoutHeld());
        }
        if (step instanceof FlowStep.Hold(var key, var provider, var next)) {
            var issuers = provider == null ? keyFormats.of(key) : List.of(provider);
            return withOptions(user, null, next, known.with(new HeldKeys.Held(key, issuers, provider != null)));
        }
        if (!(step instanceof FlowStep.Ask(AskModelId next, var _))) {
            return known;
        }
        if (next.doubted() != null) {
            // What is offered was found in the models of the provider in question, which another one may have been
            // named in.
            boolean another =
                    question instanceof AskModelId asked && !asked.provider().equals(next.provider());
            return another ? withModels(user, known, next) : known;
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

    private @Nullable JustChanged justChanged(FlowStates.Stored stored) {
        return isWithin(EXPIRY, stored.since()) ? stored.changed() : null;
    }

    private boolean keyAskedRecently(FlowStates.Stored stored) {
        return isWithin(LATE_KEY, stored.keyAskedAnywhereAt());
    }

    private boolean isWithin(Duration period, @Nullable Instant since) {
        return since != null && since.plus(period).isAfter(clock.instant());
    }

    /** Whether the open question is still the one for which the message was read. The thread's lock must be held. */
    public boolean isCurrent(Prepared prepared) {
        return isCurrent(prepared, states.find(prepared.thread()));
    }

    /** The same, in the transaction that stores the turn. */
    public boolean isCurrent(Handle handle, Prepared prepared) {
        return isCurrent(prepared, states.find(handle, prepared.thread()));
    }

    private boolean isCurrent(Prepared prepared, FlowStates.Stored stored) {
        var read = prepared.read();
        return Objects.equals(openQuestion(stored), read.question())
                && Objects.equals(stored.changed(), read.stored().changed());
    }

    /** Applies the decision about a message. The thread's lock must be held. */
    public Performed perform(Prepared prepared) {
        return actions.perform(prepared);
    }

    /** Updates the flow of a thread for a message that gets no turn. */
    public void change(Consumer<Handle> stateChange) {
        states.change(stateChange);
    }

    /** Starts the flow for a user who has no model. */
    public Handled offer(Prepared prepared) {
        return actions.offer(prepared);
    }

    /** The requests that a message may have been, and uses of the key in it, to offer beside the model's answer. */
    public List<Suggestion> suggestions(Read read) {
        if (!(read.input() instanceof UserInput.PlainMessage message)) {
            return List.of();
        }
        var possible = message.possible();
        var asked = possible == null
                ? Stream.<Suggestion>empty()
                : Stream.of(voices.of(possible.language()).suggestions().of(possible.intent()));
        var key = message.key();
        var uses = key == null
                ? Stream.<Suggestion>empty()
                : keyFormats.of(key).stream()
                        .map(provider -> voices.of(read).suggestions().useKey(provider));
        return Stream.concat(uses, asked).toList();
    }

    /** The notice before a model's answer to a message from which a secret was removed. */
    public String keyRemovedNotice(Read read) {
        return voices.of(read).replies().keyRemovedBeforeAnswer(actions.isHeld(read));
    }

    /** The notice about a key before a model's answer; empty if there is none. */
    public String keyNotice(Prepared prepared) {
        if (prepared.secretsRemoved()) {
            return keyRemovedNotice(prepared.read());
        }
        boolean letGo = prepared.step() instanceof FlowStep.PassOnAndEnd
                && prepared.facts().held() != null;
        return letGo ? voices.of(prepared.read()).replies().keyLetGoBeforeAnswer() : "";
    }

    /** The notice before the first answer with a key that was saved without a check. */
    public String keyWorksNotice(Read read, Provider provider) {
        return voices.of(read).replies().keyWorksNow(provider);
    }

    /** The open question in a thread; null if there is none. */
    public @Nullable FlowPrompt openQuestion(ThreadRef thread, @Nullable Language appLanguage) {
        var stored = states.find(thread);
        var question = openQuestion(stored);
        if (question == null) {
            return null;
        }
        var known = facts.about(thread);
        return voices.of(stored.language() == null ? appLanguage : stored.language())
                .prompts()
                .prompt(
                        question,
                        question instanceof AskModelId asked ? withModels(thread.user(), known, asked) : known);
    }

    /** The language of a thread's last request; null if it is not known, also while the database is away. */
    public @Nullable Language spokenLanguage(ThreadRef thread) {
        try {
            return states.find(thread).language();
        } catch (DatabaseUnavailableException _) {
            return null;
        }
    }

    /** Whether a stored message may be the redacted form of this one. */
    public boolean mayBeKeptAs(String stored, UserId user, String text) {
        return reader.mayBeKeptAs(stored, new InputReader.Message(text, false, facts.ownKeys(user)));
    }

    /** To be called after a thread of the user was deleted, or another process has changed one. */
    public void forgotten(UserId user) {
        configs.forgotten(user);
    }

    /**
     * Deletes the flow and the model configs of a thread, in the transaction that deletes the thread. {@link #forgotten}
     * must follow.
     */
    public void forget(Handle handle, ThreadRef thread) {
        configs.forget(handle, thread);
        states.delete(handle, thread);
    }
}
