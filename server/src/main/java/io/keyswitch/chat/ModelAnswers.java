package io.keyswitch.chat;

import io.keyswitch.chat.StoredMessage.Status;
import io.keyswitch.chat.Turns.Outcome;
import io.keyswitch.chat.Turns.Turn;
import io.keyswitch.conversation.Suggestion;
import io.keyswitch.core.Details;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
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
import io.keyswitch.modelconfig.KeyInUse;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ProviderFailures;
import io.keyswitch.modelconfig.Route;
import io.keyswitch.revocation.InFlight;
import io.keyswitch.telemetry.CurrentRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Gets answers from users' models: sends the history that fits, streams the answer and stores it, complete or partial,
 * whether or not somebody reads it. Thread-safe.
 */
public final class ModelAnswers implements AutoCloseable {
    /**
     * A stored message to be answered.
     *
     * @param permit the user's completion permit, released on close
     * @param operation cancelled when the thread is deleted
     */
    record Question(
            ThreadRef thread,
            Turn turn,
            Dispatch dispatch,
            UserLimits.Permit permit,
            InFlight<ThreadRef, String>.Operation operation)
            implements AutoCloseable {
        boolean onOwnKey() {
            return dispatch.route().keySource() == KeySource.OWN;
        }

        @Override
        public void close() {
            operation.close();
            permit.close();
            dispatch.keyUse().close();
        }
    }

    /**
     * What Keyswitch says before a model's answer.
     *
     * @param first said at once; empty for nothing
     * @param ifAnswered said when the model begins to answer; empty for nothing
     */
    record Notices(String first, String ifAnswered) {}

    /**
     * The route of a message and the notices before its answer.
     *
     * @param keyUse cancelled when the user's key is deleted or changed
     * @param suggestions the requests that the message may have been, returned with the answer
     */
    record Dispatch(
            Notices notices,
            Route.Ready route,
            InFlight<UserId, KeyInUse>.Operation keyUse,
            List<Suggestion> suggestions) {}

    /** The received part of the answer is stored. */
    private static final Details CUT_SHORT = new Details() {
        @Override
        public Map<String, Object> fields() {
            return Map.of("incomplete", true);
        }

        @Override
        public boolean incomplete() {
            return true;
        }
    };

    private final Turns turns;
    private final AnswersInProgress inProgress;
    private final LlmClient llm;
    private final InFlight<ThreadRef, String> operations;
    private final String systemPrompt;
    private final int historyCharacters;
    private final Executor virtualThreads;
    /** By the IDs of the attempts. */
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    /** The attempts that were stored as in progress and were not running when they were last looked for. */
    private Set<String> seemedLost = Set.of();

    /** An answer that this process is giving to a message. */
    private record Running(ThreadRef thread, StoredMessage message, RunningAnswer answer) {}

    /**
     * Creates the service for all users.
     *
     * @param operations the answers in flight, cancelled when their thread is deleted
     * @param historyCharacters the maximum length of the history sent with a message
     * @param virtualThreads runs the answers, which go on without readers
     */
    public ModelAnswers(
            Turns turns,
            AnswersInProgress inProgress,
            LlmClient llm,
            InFlight<ThreadRef, String> operations,
            String systemPrompt,
            int historyCharacters,
            Executor virtualThreads) {
        this.turns = turns;
        this.inProgress = inProgress;
        this.llm = llm;
        this.operations = operations;
        this.systemPrompt = systemPrompt;
        this.historyCharacters = historyCharacters;
        this.virtualThreads = virtualThreads;
    }

    /** Begins to answer a message. The answer is cancelled if the thread is deleted from now on. */
    RunningAnswer start(ThreadRef thread, Turn turn, Dispatch dispatch, UserLimits.Permit permit) {
        var question = new Question(thread, turn, dispatch, permit, operations.begin(thread));
        var attempt = attemptAt(turn.user());
        question.operation().dependsOn(attempt);
        var answer = new RunningAnswer(dispatch.route().answering());
        running.put(attempt, new Running(thread, turn.user(), answer));
        virtualThreads.execute(CurrentRequest.continued(() -> run(question, answer)));
        return answer;
    }

    private void run(Question question, RunningAnswer answer) {
        try {
            answer.end(answered(question, answer));
        } catch (Throwable e) {
            // Errors too, such as StackOverflowError: without an end its readers would wait forever.
            answer.fail(e);
        }
    }

    /** Releases what the answer held before its readers hear of its end: they may send the next message at once. */
    private ChatReply answered(Question question, RunningAnswer answer) {
        try (question) {
            return answer(question, new AnswerText(answer));
        } finally {
            running.remove(attemptAt(question.turn().user()));
        }
    }

    private static String attemptAt(StoredMessage message) {
        return Objects.requireNonNull(message.turnId());
    }

    /** The answer that a message is being given; null if there is none, and what came of it is stored. */
    @Nullable
    RunningAnswer running(StoredMessage message) {
        var found = message.turnId() == null ? null : running.get(message.turnId());
        return found == null ? null : found.answer();
    }

    /** Ends the answer that a message is being given by any process; what has arrived is stored when this returns. */
    void stop(ThreadRef thread, StoredMessage message) {
        var answer = running(message);
        if (answer != null) {
            cancel(thread, message);
            answer.awaitEnd();
        } else if (message.status() == Status.STREAMING) {
            new AnswerElsewhere(turns, inProgress, thread, message).stop();
        }
    }

    /**
     * Ends a turn that this process had begun but is not answering, because its end could not be stored. The thread's lock
     * must be held.
     *
     * @return whether it was such a turn
     */
    boolean endLost(ThreadRef thread, StoredMessage message) {
        boolean lost =
                message.status() == Status.STREAMING && running(message) == null && inProgress.isOwn(thread, message);
        if (lost) {
            turns.interrupt(thread, message);
        }
        return lost;
    }

    /**
     * Reads the answer that a message is being given by another process, and waits for its end.
     *
     * @return the turn with its complete answer
     * @throws Failure if there is no answer, or only a part of one, or the reader disconnects
     */
    Turn readElsewhere(ThreadRef thread, StoredMessage message, DeltaSink sink) {
        return new AnswerElsewhere(turns, inProgress, thread, message).read(sink);
    }

    /** Ends the answer that a message is being given, without waiting for it. */
    void cancel(ThreadRef thread, StoredMessage message) {
        operations.cancelAll(thread, attemptAt(message)::equals);
    }

    /**
     * Does what other processes request for the answers in progress, ends those whose threads they have deleted, and the turns
     * whose end could not be stored. To be called regularly by one thread.
     */
    public void pollRequests() {
        // What begins after this is in the database when it is read.
        var before = List.copyOf(running.values());
        var stored = inProgress.ofThisProcess();
        for (var one : before) {
            var turn = stored.get(attemptAt(one.message()));
            if (turn == null || turn.wanted() == AnswersInProgress.Wanted.STOP) {
                cancel(one.thread(), one.message());
            } else if (turn.wanted() == AnswersInProgress.Wanted.TEXT
                    && one.answer().hasBegun()) {
                inProgress.saveSoFar(one.thread(), one.message(), one.answer().text());
            }
        }
        endLost(stored);
    }

    /** A turn is stored a moment before its answer runs, so that only one that is seen twice without is lost. */
    private void endLost(Map<String, AnswersInProgress.Turn> stored) {
        var without = new HashMap<>(stored);
        without.keySet().removeAll(running.keySet());
        without.forEach((attempt, turn) -> {
            if (seemedLost.contains(attempt)) {
                turns.interrupt(turn.thread(), turn.message());
            }
        });
        seemedLost = Set.copyOf(without.keySet());
    }

    /** Waits for all answers in progress. */
    @Override
    public void close() {
        running.values().forEach(one -> one.answer().awaitEnd());
    }

    /**
     * Gets the model's answer and stores it.
     *
     * @throws Failure if there is no answer, or only a part of one, which is stored
     */
    private ChatReply answer(Question question, AnswerText answer) {
        var status = Status.INCOMPLETE;
        try {
            var notices = question.dispatch().notices();
            if (!notices.first().isEmpty()) {
                answer.notice(notices.first());
            }
            answer.noticeBeforeText(notices.ifAnswered());
            receive(question, answer);
            status = Status.COMPLETE;
        } catch (LlmException e) {
            var route = question.dispatch().route();
            throw ProviderFailures.explain(e.failure(), route.target(), route.keySource(), answer.hasBegun());
        } catch (Completion.CancelledException _) {
            boolean keyDeleted = question.dispatch().keyUse().isCancelled() && question.onOwnKey();
            var reason = keyDeleted ? Reason.KEY_DELETED : Reason.ANSWER_CANCELLED;
            throw answer.hasBegun() ? new Failure(reason, CUT_SHORT) : new Failure(reason);
        } finally {
            if (status == Status.INCOMPLETE) {
                var _ = end(question, answer.soFar(status));
            }
        }
        var ended = end(question, answer.soFar(status));
        return new ChatReply(
                question.thread().thread(),
                ended.user().content(),
                ChatService.answerOf(ended),
                ended.messageCount(),
                ServedBy.of(question.dispatch().route()),
                null,
                question.dispatch().suggestions());
    }

    private Turn end(Question question, Outcome outcome) {
        try {
            return turns.endTurn(question.thread(), question.turn().user(), outcome);
        } catch (ThreadDeletedException _) {
            throw new Failure(Reason.THREAD_DELETED);
        } catch (TurnEndedException _) {
            throw Failure.retrySoon(Reason.STOPPED);
        }
    }

    private void receive(Question question, AnswerText answer) {
        var message = question.turn().user();
        var newestFirst = turns.newestBefore(question.thread(), message.seq());
        var history = History.of(newestFirst, message.content(), historyCharacters);
        var request = new ChatRequest(systemPrompt, history);
        try (var completion = llm.complete(question.dispatch().route().target(), request)) {
            question.operation().onCancel(completion::close);
            var ownKey = question.dispatch().route().ownKey();
            if (ownKey != null) {
                question.dispatch().keyUse().dependsOn(KeyInUse.of(ownKey));
                question.dispatch().keyUse().onCancel(completion::close);
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
            case ChatEvent.Reasoning _,
                    ChatEvent.Image _,
                    ChatEvent.ToolCall _,
                    ChatEvent.ToolArguments _,
                    ChatEvent.Used _ -> {}
        }
    }
}
