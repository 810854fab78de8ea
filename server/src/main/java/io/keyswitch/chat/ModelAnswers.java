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
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ProviderFailures;
import io.keyswitch.modelconfig.Route;
import io.keyswitch.revocation.InFlight;
import java.util.List;
import java.util.Map;

/**
 * Has users' models answer: sends the thread as far as it fits, hands on the answer as it arrives and stores it, whole or as far
 * as it came. Blocking; thread-safe.
 */
public final class ModelAnswers {
    /**
     * A stored message that waits for its answer.
     *
     * @param permit the user's completion, released when the question is closed
     * @param operation ends when the thread is deleted
     */
    record Question(
            ThreadRef thread, Turn turn, Begun begun, UserLimits.Permit permit, InFlight<ThreadRef>.Operation operation)
            implements AutoCloseable {
        boolean onOwnKey() {
            return begun.route().keySource() == KeySource.OWN;
        }

        @Override
        public void close() {
            operation.close();
            permit.close();
            begun.keyUse().close();
        }
    }

    /**
     * How a message is to be answered.
     *
     * @param notice stands before the answer; empty for none
     * @param keyUse is cancelled when the user's key is deleted or changed
     * @param suggestions go along with the answer
     */
    record Begun(String notice, Route.Ready route, InFlight<UserId>.Operation keyUse, List<Suggestion> suggestions) {}

    /** What arrived of the answer is kept. */
    private static final Details CUT_SHORT = () -> Map.of("incomplete", true);

    private final Turns turns;
    private final LlmClient llm;
    private final InFlight<ThreadRef> operations;
    private final String systemPrompt;
    private final int historyCharacters;

    /**
     * For all users.
     *
     * @param operations the answers in progress, to be cancelled when their thread is deleted
     * @param historyCharacters how much of a thread goes along with a message
     */
    public ModelAnswers(
            Turns turns, LlmClient llm, InFlight<ThreadRef> operations, String systemPrompt, int historyCharacters) {
        this.turns = turns;
        this.llm = llm;
        this.operations = operations;
        this.systemPrompt = systemPrompt;
        this.historyCharacters = historyCharacters;
    }

    /** A question whose answer ends when its thread is deleted from now on. */
    Question question(ThreadRef thread, Turn turn, Begun begun, UserLimits.Permit permit) {
        return new Question(thread, turn, begun, permit, operations.begin(thread));
    }

    /**
     * Has the model answer.
     *
     * @throws Failure if there is no answer, or only a part of one, which is kept
     */
    ChatReply answer(Question question, DeltaSink sink) {
        var answer = new AnswerText(sink);
        var status = Status.INCOMPLETE;
        try {
            if (!question.begun().notice().isEmpty()) {
                answer.notice(question.begun().notice());
            }
            receive(question, answer, sink);
            status = Status.COMPLETE;
        } catch (LlmException e) {
            var route = question.begun().route();
            throw ProviderFailures.explain(e.failure(), route.target(), route.keySource(), answer.hasBegun());
        } catch (Completion.CancelledException _) {
            boolean keyDeleted = question.begun().keyUse().isCancelled() && question.onOwnKey();
            throw new Failure(keyDeleted ? Reason.KEY_DELETED : Reason.ANSWER_CANCELLED, CUT_SHORT);
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
                ServedBy.of(question.begun().route()),
                null,
                question.begun().suggestions());
    }

    private Turn end(Question question, Outcome outcome) {
        try {
            return turns.endTurn(question.thread(), question.turn().user(), outcome);
        } catch (ThreadDeletedException _) {
            throw new Failure(Reason.THREAD_DELETED);
        }
    }

    private void receive(Question question, AnswerText answer, DeltaSink sink) {
        var message = question.turn().user();
        var history = turns.newestBefore(
                question.thread(),
                message.seq(),
                newestFirst -> History.of(newestFirst, message.content(), historyCharacters));
        var request = new ChatRequest(systemPrompt, history);
        try (var completion = llm.complete(question.begun().route().target(), request)) {
            sink.onGone(completion::close);
            question.operation().onCancel(completion::close);
            if (question.onOwnKey()) {
                question.begun().keyUse().onCancel(completion::close);
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
