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
import io.keyswitch.revocation.InFlight;
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
            @Nullable String clientMessageId) {
        ThreadRef in() {
            return new ThreadRef(user, thread);
        }
    }

    /** What arrived of the answer is kept. */
    private static final Details CUT_SHORT = () -> Map.of("incomplete", true);

    private final Turns turns;
    private final ModelChange modelChange;
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
        return switch (decide(message)) {
            case Decision.Answered(var reply) -> {
                sink.delta(reply.message().content());
                yield reply;
            }
            case Decision.AskModel asked -> {
                try (var _ = asked.permit();
                        var _ = asked.answer()) {
                    yield complete(message, asked, sink, use);
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
         * @param secretsRemoved whether a secret was taken out of it
         * @param answer ends when the thread is deleted
         */
        record AskModel(
                Turn turn,
                boolean secretsRemoved,
                Route.Ready route,
                UserLimits.Permit permit,
                InFlight<ThreadRef>.Operation answer)
                implements Decision {}
    }

    private static String idOf(Turn turn) {
        return Objects.requireNonNull(turn.user().turnId());
    }

    /**
     * Decides what a message is. Providers are asked before the thread's lock is taken, so that a slow one delays nobody; if
     * something else happened in the thread meanwhile, the message is read again.
     */
    private Decision decide(Incoming message) {
        var earlier = findTurn(message);
        while (true) {
            var prepared = earlier == null ? modelChange.prepare(message.in(), message.text(), message.secret()) : null;
            try (var _ = locks.lock(message.user(), message.thread())) {
                earlier = findTurn(message);
                if (earlier != null) {
                    return again(message, earlier);
                }
                if (prepared != null && modelChange.isCurrent(prepared)) {
                    sent.remember(message);
                    var handled = modelChange.perform(prepared);
                    return handled == null ? forModel(message, prepared) : answered(message, handled);
                }
            }
        }
    }

    /** The turn that the message began when it was sent before; null if it was not. */
    private @Nullable Turn findTurn(Incoming message) {
        var id = message.clientMessageId();
        return id == null ? null : turns.findTurn(message.user(), message.thread(), id);
    }

    private Decision again(Incoming message, Turn earlier) {
        boolean other = !modelChange.mayBeKeptAs(earlier.user().content(), message.user(), message.text());
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
            var prompt = answer.kind() == Kind.MODEL_CHANGE ? modelChange.openQuestion(message.in()) : null;
            return new Decision.Answered(new ChatReply(
                    message.thread(), ended.user().content(), answer, ended.messageCount(), answer.servedBy(), prompt));
        }
        var route = ready(message);
        return permitted(
                message,
                !ended.user().content().equals(message.text()),
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

    private Decision forModel(Incoming message, ModelChange.Prepared prepared) {
        return switch (router.route(message.user())) {
            case Route.NothingConfigured _ -> answered(message, modelChange.offer(prepared));
            case Route.Unusable(var failure) -> throw failure;
            case Route.Ready ready -> begin(message, prepared, ready);
        };
    }

    private Decision.AskModel begin(Incoming message, ModelChange.Prepared prepared, Route.Ready route) {
        return permitted(
                message,
                prepared.secretsRemoved(),
                route,
                () -> turns.beginTurn(
                        message.user(),
                        message.thread(),
                        message.clientMessageId(),
                        prepared.kept(),
                        ServedBy.of(route),
                        clock.instant()));
    }

    /** Opens a turn if the user's limits allow it. */
    private Decision.AskModel permitted(
            Incoming message, boolean secretsRemoved, Route.Ready route, Supplier<Turn> open) {
        var permit = limits.beginCompletion(message.user(), route.keySource() == KeySource.PROJECT);
        try {
            var turn = open.get();
            inFlight.add(idOf(turn));
            var answer = answers.begin(message.in());
            return new Decision.AskModel(turn, secretsRemoved, route, permit, answer);
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
            Incoming message, Decision.AskModel asked, DeltaSink sink, InFlight<UserId>.Operation use) {
        var turn = asked.turn();
        var route = asked.route();
        var answer = new AnswerText(sink);
        var status = Status.INCOMPLETE;
        try {
            if (asked.secretsRemoved()) {
                answer.notice(modelChange.keyRemovedNotice());
            }
            receive(message, asked, sink, use, answer);
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
            Decision.AskModel asked,
            DeltaSink sink,
            InFlight<UserId>.Operation use,
            AnswerText answer) {
        var route = asked.route();
        var history = turns.newestBefore(
                message.user(),
                message.thread(),
                asked.turn().user().seq(),
                newestFirst -> History.of(newestFirst, asked.turn().user().content(), historyCharacters));
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
