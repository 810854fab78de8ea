package io.keyswitch.chat;

import io.keyswitch.chat.StoredMessage.Kind;
import io.keyswitch.chat.StoredMessage.Status;
import io.keyswitch.chat.Turns.Turn;
import io.keyswitch.conversation.ModelChange;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.core.ThreadId;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import io.keyswitch.language.Language;
import io.keyswitch.limits.UserLimits;
import io.keyswitch.modelconfig.KeyInUse;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.Route;
import io.keyswitch.modelconfig.Router;
import io.keyswitch.revocation.InFlight;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Answers users' messages: removes keys, then either the model-change flow answers or the user's model does. Turns are
 * stored before they are acknowledged. Blocking; thread-safe.
 */
public final class ChatService {
    /**
     * A message to be answered.
     *
     * @param secret whether the app showed a password field, so that none of the message may be stored
     * @param clientMessageId the client's idempotency key; null for none
     * @param language the language of the app, for a user who has not made a request in one; null if unknown
     */
    public record Incoming(
            UserId user,
            ThreadId thread,
            String text,
            boolean secret,
            @Nullable String clientMessageId,
            @Nullable Language language) {
        public ThreadRef in() {
            return new ThreadRef(user, thread);
        }
    }

    private final Turns turns;
    private final ModelChange modelChange;
    private final Router router;
    private final ModelAnswers models;
    private final InFlight<UserId, KeyInUse> keyUses;
    private final UserLimits limits;
    private final ThreadLocks locks;
    /** Held while a key from a message of the thread is checked. */
    private final ThreadLocks keyChecks = new ThreadLocks();

    private final SentMessages sent = new SentMessages();

    public ChatService(
            Turns turns,
            ModelChange modelChange,
            Router router,
            ModelAnswers models,
            InFlight<UserId, KeyInUse> keyUses,
            UserLimits limits,
            ThreadLocks locks) {
        this.turns = turns;
        this.modelChange = modelChange;
        this.router = router;
        this.models = models;
        this.keyUses = keyUses;
        this.limits = limits;
        this.locks = locks;
    }

    /**
     * Answers a message. If its client disconnects, the answer continues and can be joined by retrying the message; one
     * without an idempotency key cannot, and ends.
     *
     * @param sink receives the deltas of the answer
     * @throws Failure if there is no answer, or only a part of one
     */
    public ChatReply send(Incoming message, DeltaSink sink) {
        limits.countCharacters(message.user(), message.text().length());
        return switch (decide(message)) {
            case Decision.Answered(var reply) -> {
                sink.delta(reply.message().content());
                yield reply;
            }
            case Decision.Joined(var answer) -> answer.read(sink);
            case Decision.Elsewhere(var begun, var read) ->
                stored(message, read, models.readElsewhere(message.in(), begun, sink));
            case Decision.Begun(var asked, var answer) -> {
                // A client that was gone before the model was asked may have stopped a message that had no answer yet.
                if (asked.clientMessageId() == null || sink.isGone()) {
                    sink.onGone(() -> models.cancel(message.in(), asked));
                }
                yield answer.read(sink);
            }
        };
    }

    /** The language of a thread's last request; null if it is not known. */
    public @Nullable Language spokenLanguage(ThreadRef thread) {
        return modelChange.spokenLanguage(thread);
    }

    /** Ends the answer in progress to the message with an idempotency key, if there is one. What has arrived is kept. */
    public void stop(ThreadRef thread, String clientMessageId) {
        Turn turn;
        // A message that is stored is being answered when its lock is free.
        try (var _ = locks.lock(thread.user(), thread.thread())) {
            turn = turns.findTurn(thread, clientMessageId);
            if (turn == null || models.endLost(thread, turn.user())) {
                return;
            }
        }
        models.stop(thread, turn.user());
    }

    /** How to handle a message. */
    private sealed interface Decision {
        /** Already answered. */
        record Answered(ChatReply reply) implements Decision {}

        /** Stored; the user's model has begun to answer. */
        record Begun(StoredMessage message, RunningAnswer answer) implements Decision {}

        /** The user's model is answering an earlier attempt to send the message. */
        record Joined(RunningAnswer answer) implements Decision {}

        /** The same, in another process. */
        record Elsewhere(StoredMessage message, ModelChange.Read read) implements Decision {}
    }

    /**
     * Decides how to handle a message. Providers are called before the thread's lock is taken, so that a slow one
     * delays only other answers to the same question. If the thread has changed meanwhile, the message is read again;
     * once classified as a secret, it stays one.
     */
    private Decision decide(Incoming message) {
        boolean secret = message.secret();
        while (true) {
            var read = read(message, secret);
            var decision = read.mayCheckKey() ? inTurn(message, read, secret) : decide(message, read);
            secret |= read.isSecret();
            if (decision != null) {
                return decision;
            }
        }
    }

    private ModelChange.Read read(Incoming message, boolean secret) {
        return modelChange.read(message.in(), message.text(), secret, message.language());
    }

    /** Waits for other key checks in the thread and reads the message again: the open question may have changed. */
    private @Nullable Decision inTurn(Incoming message, ModelChange.Read before, boolean secret) {
        try (var _ = keyChecks.lock(message.user(), message.thread())) {
            var read = read(message, secret);
            boolean movedOn = !Objects.equals(read.question(), before.question());
            return decide(message, movedOn ? read(message, secret || before.isSecret()) : read);
        }
    }

    /** Decides how to handle a message that was read; null if the thread has changed since. */
    private @Nullable Decision decide(Incoming message, ModelChange.Read read) {
        // A retried message must not make its provider check the key again.
        var prepared = findTurn(message) == null ? modelChange.prepare(read) : null;
        try (var _ = locks.lock(message.user(), message.thread())) {
            var earlier = findTurn(message);
            if (earlier != null) {
                return usingKey(message, keyUse -> again(message, read, earlier, keyUse));
            }
            if (prepared == null || !modelChange.isCurrent(prepared)) {
                return null;
            }
            sent.remember(message);
            return switch (modelChange.perform(prepared)) {
                case ModelChange.Handled handled ->
                    answered(
                            message,
                            handled,
                            handled.isDone() ? handled.stateChange() : ifCurrent(prepared, handled.stateChange()));
                case ModelChange.ForModel forModel ->
                    usingKey(message, keyUse -> forModelOrRefused(message, prepared, forModel, keyUse));
            };
        } catch (ThreadChangedException _) {
            modelChange.forgotten(message.user());
            return null;
        } catch (ThreadDeletedException _) {
            throw new Failure(Reason.THREAD_DELETED);
        }
    }

    /** A change of the flow that is made only if the flow is still the one for which the message was read. */
    private Consumer<Handle> ifCurrent(ModelChange.Prepared prepared, Consumer<Handle> change) {
        return handle -> {
            if (!modelChange.isCurrent(handle, prepared)) {
                throw new ThreadChangedException();
            }
            change.accept(handle);
        };
    }

    /** Registers the use of the user's key before the key is looked up, so that no deletion is missed. */
    private Decision usingKey(Incoming message, Function<InFlight<UserId, KeyInUse>.Operation, Decision> decide) {
        var keyUse = keyUses.begin(message.user());
        Decision decision = null;
        try {
            decision = decide.apply(keyUse);
            return decision;
        } finally {
            if (!(decision instanceof Decision.Begun)) {
                keyUse.close();
            }
        }
    }

    /** The turn that an earlier attempt to send the message began; null if there was none. */
    private @Nullable Turn findTurn(Incoming message) {
        var id = message.clientMessageId();
        return id == null ? null : turns.findTurn(message.in(), id);
    }

    private Decision again(
            Incoming message, ModelChange.Read read, Turn earlier, InFlight<UserId, KeyInUse>.Operation keyUse) {
        boolean other = !modelChange.mayBeKeptAs(earlier.user().content(), message.user(), message.text());
        if (other || sent.knowsAnother(message)) {
            throw Failure.invalidArgument("This clientMessageId was already used for another message. Use a new one.");
        }
        var running = models.running(earlier.user());
        if (running != null) {
            return new Decision.Joined(running);
        }
        // A running answer is forgotten after its result is stored, so the turn is read again here.
        var ended = requireTurn(message);
        if (models.endLost(message.in(), ended.user())) {
            ended = requireTurn(message);
        }
        return ended.user().status() == Status.STREAMING
                ? new Decision.Elsewhere(ended.user(), read)
                : again(message, read, keyUse, ended);
    }

    private Turn requireTurn(Incoming message) {
        var turn = findTurn(message);
        if (turn == null) {
            throw new ThreadChangedException();
        }
        return turn;
    }

    private Decision again(
            Incoming message, ModelChange.Read read, InFlight<UserId, KeyInUse>.Operation keyUse, Turn ended) {
        if (ended.user().status() == Status.COMPLETE && ended.answer() != null) {
            return new Decision.Answered(stored(message, read, ended));
        }
        var route = ready(message);
        boolean secretsRemoved = !ended.user().content().equals(message.text());
        var dispatch = new ModelAnswers.Dispatch(
                notices(read, route, secretsRemoved ? modelChange.keyRemovedNotice(read) : ""),
                route,
                keyUse,
                modelChange.suggestions(read));
        return permitted(message, dispatch, () -> turns.reopenTurn(message.in(), ended.user(), ServedBy.of(route)));
    }

    /** The reply to a message that was answered before. */
    private ChatReply stored(Incoming message, ModelChange.Read read, Turn turn) {
        var answer = answerOf(turn);
        var prompt =
                answer.kind() == Kind.MODEL_CHANGE ? modelChange.openQuestion(message.in(), message.language()) : null;
        return new ChatReply(
                message.thread(),
                turn.user().content(),
                answer,
                turn.messageCount(),
                answer.servedBy() == null ? ServedBy.KEYSWITCH : answer.servedBy(),
                prompt,
                modelChange.suggestions(read));
    }

    private Decision.Answered answered(Incoming message, ModelChange.Handled handled, Consumer<Handle> stateChange) {
        var asked = new Turns.Asked(handled.userText(), message.clientMessageId());
        var turn = turns.addTurn(message.in(), asked, handled.reply(), stateChange);
        return new Decision.Answered(new ChatReply(
                message.thread(),
                turn.user().content(),
                answerOf(turn),
                turn.messageCount(),
                ServedBy.KEYSWITCH,
                handled.prompt(),
                List.of()));
    }

    static StoredMessage answerOf(Turn turn) {
        if (turn.answer() == null) {
            throw new ThreadDeletedException();
        }
        return turn.answer();
    }

    /** The flow moves on also if the message cannot be answered: a key that was pasted into it is held. */
    private Decision forModelOrRefused(
            Incoming message,
            ModelChange.Prepared prepared,
            ModelChange.ForModel forModel,
            InFlight<UserId, KeyInUse>.Operation keyUse) {
        try {
            return forModel(message, prepared, forModel, keyUse);
        } catch (Failure e) {
            modelChange.change(forModel.stateChange());
            throw e;
        }
    }

    private Decision forModel(
            Incoming message,
            ModelChange.Prepared prepared,
            ModelChange.ForModel forModel,
            InFlight<UserId, KeyInUse>.Operation keyUse) {
        return switch (router.route(message.in())) {
            case Route.NothingConfigured _ -> {
                var offer = modelChange.offer(prepared);
                yield answered(
                        message,
                        offer,
                        ifCurrent(prepared, forModel.stateChange().andThen(offer.stateChange())));
            }
            case Route.Unusable(var failure) -> throw failure;
            case Route.Ready ready -> {
                var read = prepared.read();
                var notices = notices(read, ready, modelChange.keyNotice(prepared));
                var dispatch = new ModelAnswers.Dispatch(notices, ready, keyUse, modelChange.suggestions(read));
                var asked = new Turns.Asked(prepared.kept(), message.clientMessageId());
                var change = ifCurrent(prepared, forModel.stateChange());
                yield permitted(
                        message, dispatch, () -> turns.beginTurn(message.in(), asked, ServedBy.of(ready), change));
            }
        };
    }

    private ModelAnswers.Notices notices(ModelChange.Read read, Route.Ready route, String ofKey) {
        boolean unchecked = Router.isUnchecked(route);
        return new ModelAnswers.Notices(
                ofKey,
                unchecked ? modelChange.keyWorksNotice(read, route.target().provider()) : "");
    }

    /** Begins a turn if the user's limits allow it. */
    private Decision.Begun permitted(Incoming message, ModelAnswers.Dispatch dispatch, Supplier<Turn> open) {
        var permit = limits.beginCompletion(message.user(), dispatch.route().keySource() == KeySource.PROJECT);
        try {
            var turn = open.get();
            return new Decision.Begun(turn.user(), models.start(message.in(), turn, dispatch, permit));
        } catch (RuntimeException e) {
            permit.giveBack();
            throw e;
        }
    }

    private Route.Ready ready(Incoming message) {
        return switch (router.route(message.in())) {
            case Route.Ready ready -> ready;
            case Route.Unusable(var failure) -> throw failure;
            case Route.NothingConfigured _ -> throw new Failure(Reason.NO_MODEL);
        };
    }
}
