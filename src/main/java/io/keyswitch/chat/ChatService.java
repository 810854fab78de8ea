package io.keyswitch.chat;

import io.keyswitch.chat.StoredMessage.Kind;
import io.keyswitch.chat.StoredMessage.Status;
import io.keyswitch.chat.Turns.Outcome;
import io.keyswitch.chat.Turns.Turn;
import io.keyswitch.conversation.ModelChange;
import io.keyswitch.core.Details;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.core.ThreadId;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import io.keyswitch.limits.UserLimits;
import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.ChatRequest;
import io.keyswitch.llm.FinishReason;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.transport.Completion;
import io.keyswitch.llm.transport.LlmClient;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ProviderFailures;
import io.keyswitch.modelconfig.Route;
import io.keyswitch.modelconfig.Router;
import io.keyswitch.modelconfig.StoredKeys;
import io.keyswitch.revocation.InFlight;
import io.keyswitch.secret.KeyShapes;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers users' messages: keys are taken out first, the flow is asked next, and what is left goes to the user's model. What
 * was answered is stored before it is acknowledged. Blocking; thread-safe.
 */
public final class ChatService {
    /**
     * A message to be answered.
     *
     * @param secret whether the user was told to be typing a secret, so that nothing of it may be kept
     * @param clientMessageId makes sending it again harmless; null for none
     */
    public record Incoming(
            UserId user,
            ThreadId thread,
            String text,
            boolean secret,
            @Nullable String clientMessageId) {}

    /** What arrived of the answer is kept. */
    private static final Details CUT_SHORT = () -> Map.of("incomplete", true);

    private final Turns turns;
    private final ModelChange modelChange;
    private final StoredKeys storedKeys;
    private final SentMessages sent = new SentMessages();
    private final InFlight<UserId> keyUses;
    private final InFlight<ThreadRef> answers;
    private final Router router;
    private final LlmClient llm;
    private final String systemPrompt;
    private final int historyCharacters;
    private final UserLimits limits;
    private final InstantSource clock;
    private final ThreadLocks locks;
    /** The ids of the turns that wait for their answer in this process. */
    private final Set<String> inFlight = ConcurrentHashMap.newKeySet();

    public ChatService(
            Turns turns,
            ModelChange modelChange,
            StoredKeys storedKeys,
            InFlight<UserId> keyUses,
            InFlight<ThreadRef> answers,
            Router router,
            LlmClient llm,
            String systemPrompt,
            int historyCharacters,
            UserLimits limits,
            ThreadLocks locks,
            InstantSource clock) {
        this.turns = turns;
        this.modelChange = modelChange;
        this.storedKeys = storedKeys;
        this.keyUses = keyUses;
        this.answers = answers;
        this.router = router;
        this.llm = llm;
        this.systemPrompt = systemPrompt;
        this.historyCharacters = historyCharacters;
        this.limits = limits;
        this.locks = locks;
        this.clock = clock;
    }

    /**
     * Answers a message.
     *
     * @param sink hears the pieces of the answer
     * @throws Failure if there is no answer, or only a part of one
     */
    public ChatReply send(Incoming message, DeltaSink sink) {
        try (var use = keyUses.begin(message.user())) {
            return send(message, sink, use);
        }
    }

    private ChatReply send(Incoming message, DeltaSink sink, InFlight<UserId>.Operation use) {
        limits.countCharacters(message.user(), message.text().length());
        var redacted = KeyShapes.redact(message.text(), storedKeys.find(message.user()));
        return switch (decide(message, redacted)) {
            case Decision.Answered(var reply) -> {
                sink.delta(reply.message().content());
                yield reply;
            }
            case Decision.AskModel asked -> {
                try (var _ = asked.permit();
                        var _ = asked.answer()) {
                    yield complete(message, redacted, asked, sink, use);
                } finally {
                    inFlight.remove(idOf(asked.turn()));
                }
            }
        };
    }

    /** What is to be done with a message. */
    private sealed interface Decision {
        /** It is answered already. */
        record Answered(ChatReply reply) implements Decision {}

        /**
         * It is stored and waits for its answer.
         *
         * @param answer ends when the thread is deleted
         */
        record AskModel(Turn turn, Route.Ready route, UserLimits.Permit permit, InFlight<ThreadRef>.Operation answer)
                implements Decision {}
    }

    private static String idOf(Turn turn) {
        return Objects.requireNonNull(turn.user().turnId());
    }

    /** Decides in the order in which a thread's messages arrive; the wait for a model is not part of it. */
    private Decision decide(Incoming message, KeyShapes.Redacted redacted) {
        try (var _ = locks.lock(message.user(), message.thread())) {
            var earlier = findTurn(message);
            if (earlier != null) {
                return again(message, redacted, earlier);
            }
            sent.remember(message);
            var handled =
                    modelChange.handle(message.user(), message.thread(), message.text(), redacted, message.secret());
            return handled == null ? forModel(message, redacted) : answered(message, handled);
        }
    }

    /** The turn that the message began when it was sent before; null if it was not. */
    private @Nullable Turn findTurn(Incoming message) {
        var id = message.clientMessageId();
        return id == null ? null : turns.findTurn(message.user(), message.thread(), id);
    }

    private Decision again(Incoming message, KeyShapes.Redacted redacted, Turn earlier) {
        boolean other = !ModelChange.isKeptFormOf(earlier.user().content(), message.text(), redacted);
        if (other || sent.knowsAnother(message)) {
            throw Failure.invalidArgument("This clientMessageId was already used for another message. Use a new one.");
        }
        var turnId = earlier.user().turnId();
        if (turnId != null && inFlight.contains(turnId)) {
            throw new Failure(Reason.IN_FLIGHT);
        }
        // An attempt is in flight until its result is stored: only what is read now is the result.
        var ended = Objects.requireNonNull(findTurn(message));
        var answer = ended.answer();
        if (ended.user().status() == Status.COMPLETE && answer != null && answer.servedBy() != null) {
            var prompt = answer.kind() == Kind.MODEL_CHANGE
                    ? modelChange.openQuestion(message.user(), message.thread())
                    : null;
            return new Decision.Answered(new ChatReply(
                    message.thread(), ended.user().content(), answer, ended.messageCount(), answer.servedBy(), prompt));
        }
        var route = ready(message);
        return permitted(
                message,
                route,
                () -> turns.reopenTurn(
                        message.user(), message.thread(), ended.user(), ServedBy.of(route), clock.instant()));
    }

    private Decision.Answered answered(Incoming message, ModelChange.Handled handled) {
        var turn = turns.addTurn(
                message.user(),
                message.thread(),
                message.clientMessageId(),
                handled.userText(),
                handled.reply(),
                handled.stateChange(),
                clock.instant());
        return new Decision.Answered(new ChatReply(
                message.thread(),
                turn.user().content(),
                answerOf(turn),
                turn.messageCount(),
                ServedBy.KEYSWITCH,
                handled.prompt()));
    }

    private static StoredMessage answerOf(Turn turn) {
        if (turn.answer() == null) {
            throw new ThreadDeletedException();
        }
        return turn.answer();
    }

    private Decision forModel(Incoming message, KeyShapes.Redacted redacted) {
        if (redacted.found() && KeyNotice.isAllThereWas(redacted)) {
            return answered(message, new ModelChange.Handled(redacted.text(), KeyNotice.ALONE));
        }
        var route = router.route(message.user());
        return switch (route) {
            case Route.NothingConfigured _ ->
                answered(message, modelChange.offer(message.user(), message.thread(), redacted.text()));
            case Route.Unusable(var failure) -> throw failure;
            case Route.Ready ready -> begin(message, redacted, ready);
        };
    }

    private Decision.AskModel begin(Incoming message, KeyShapes.Redacted redacted, Route.Ready route) {
        return permitted(
                message,
                route,
                () -> turns.beginTurn(
                        message.user(),
                        message.thread(),
                        message.clientMessageId(),
                        redacted.text(),
                        ServedBy.of(route),
                        clock.instant()));
    }

    /** Opens a turn if the user's limits allow it. */
    private Decision.AskModel permitted(Incoming message, Route.Ready route, Supplier<Turn> open) {
        var permit = limits.beginCompletion(message.user(), route.keySource() == KeySource.PROJECT);
        try {
            var turn = open.get();
            inFlight.add(idOf(turn));
            var answer = answers.begin(new ThreadRef(message.user(), message.thread()));
            return new Decision.AskModel(turn, route, permit, answer);
        } catch (RuntimeException e) {
            permit.close();
            throw e;
        }
    }

    private Route.Ready ready(Incoming message) {
        return switch (router.route(message.user())) {
            case Route.Ready ready -> ready;
            case Route.Unusable(var failure) -> throw failure;
            case Route.NothingConfigured _ -> throw new Failure(Reason.NO_MODEL);
        };
    }

    private ChatReply complete(
            Incoming message,
            KeyShapes.Redacted redacted,
            Decision.AskModel asked,
            DeltaSink sink,
            InFlight<UserId>.Operation use) {
        var turn = asked.turn();
        var route = asked.route();
        var answer = new AnswerText(sink);
        var status = Status.INCOMPLETE;
        try {
            if (redacted.found()) {
                answer.notice(KeyNotice.BEFORE_ANSWER);
            }
            receive(message, redacted, asked, sink, use, answer);
            status = Status.COMPLETE;
        } catch (LlmException e) {
            throw ProviderFailures.explain(e.failure(), route.target(), route.keySource(), answer.hasBegun());
        } catch (Completion.CancelledException _) {
            throw use.isCancelled() && route.keySource() == KeySource.OWN
                    ? new Failure(Reason.KEY_DELETED, CUT_SHORT)
                    : new Failure(Reason.ANSWER_CANCELLED, CUT_SHORT);
        } finally {
            if (status == Status.INCOMPLETE) {
                var _ = end(message, turn, answer.soFar(status));
            }
        }
        var ended = end(message, turn, answer.soFar(status));
        return new ChatReply(
                message.thread(),
                ended.user().content(),
                answerOf(ended),
                ended.messageCount(),
                ServedBy.of(route),
                null);
    }

    private Turn end(Incoming message, Turn turn, Outcome outcome) {
        try {
            return turns.endTurn(message.user(), message.thread(), turn.user(), outcome, clock.instant());
        } catch (ThreadDeletedException _) {
            throw new Failure(Reason.THREAD_DELETED);
        }
    }

    private void receive(
            Incoming message,
            KeyShapes.Redacted redacted,
            Decision.AskModel asked,
            DeltaSink sink,
            InFlight<UserId>.Operation use,
            AnswerText answer) {
        var route = asked.route();
        var history = turns.newestBefore(
                message.user(),
                message.thread(),
                asked.turn().user().seq(),
                newestFirst -> History.of(newestFirst, redacted.text(), historyCharacters));
        var request = new ChatRequest(systemPrompt, history);
        try (var completion = llm.complete(route.target(), request)) {
            sink.onGone(completion::close);
            asked.answer().onCancel(completion::close);
            if (route.keySource() == KeySource.OWN) {
                use.onCancel(completion::close);
            }
            for (var events = completion.next(); events != null; events = completion.next()) {
                events.forEach(event -> take(event, answer));
            }
        }
        if (!answer.hasBegun()) {
            throw new LlmException(LlmFailure.of(Reason.EMPTY_ANSWER));
        }
    }

    private static void take(ChatEvent event, AnswerText answer) {
        switch (event) {
            case ChatEvent.Text(var text) -> answer.add(text);
            case ChatEvent.Finished(var reason) -> {
                if (reason == FinishReason.CONTENT_FILTER && !answer.hasBegun()) {
                    throw new LlmException(LlmFailure.of(Reason.BLOCKED));
                }
            }
            case ChatEvent.Reasoning _, ChatEvent.ToolCall _, ChatEvent.ToolArguments _, ChatEvent.Used _ -> {}
        }
    }
}
