package io.keyswitch.llm.transport;

import io.keyswitch.core.Json;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.sse.SseFrames;
import io.keyswitch.llm.wire.Node;
import io.keyswitch.llm.wire.ProviderErrors;
import io.keyswitch.llm.wire.openai.CompletionForm;
import io.keyswitch.llm.wire.openai.ForwardedAnswer;
import io.keyswitch.llm.wire.openai.OpenAiFrames;
import io.keyswitch.provider.Quirks;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Forwards a response unchanged except for quirks and masked keys, in the form that the client asked for; scans it for errors
 * and its end.
 */
final class ForwardReader extends AnswerListener {
    /**
     * The form that the client asked for.
     *
     * @param stream whether it asked for a stream
     * @param usage whether it asked for the usage in the stream
     */
    record Asked(boolean stream, boolean usage) {
        static Asked by(JsonNode request) {
            return new Asked(
                    request.path("stream").asBoolean(false),
                    request.path("stream_options").path("include_usage").asBoolean(false));
        }
    }

    private static final String TOOL_CALLS = "tool_calls";

    private final Asked asked;
    private final ForwardSink sink;
    private final KeyScrub scrub;
    private final ForwardedAnswer adapter;
    private final SseFrames frames = new SseFrames();
    private final OpenAiFrames watched = new OpenAiFrames();
    /** Only for a stream that becomes a complete answer. */
    private @Nullable CompletionForm collected;

    private boolean begun;

    ForwardReader(
            Asked asked, ForwardSink sink, KeyScrub scrub, Quirks quirks, ResponseSource source, Attempt attempt) {
        super(source, attempt);
        this.asked = asked;
        this.sink = sink;
        this.scrub = scrub;
        this.adapter = new ForwardedAnswer(quirks);
    }

    @Override
    void streamed(byte[] bytes) {
        forward(frames.feed(bytes));
    }

    private void forward(byte[] complete) {
        if (complete.length > 0) {
            try {
                watched.look(complete);
            } catch (LlmException e) {
                hand(Arrays.copyOf(complete, watched.beforeError()));
                throw e;
            }
            hand(complete);
        }
    }

    private void hand(byte[] complete) {
        if (complete.length == 0) {
            return;
        }
        var adapted = adapter.frames(complete, watched);
        if (adapted.length == 0) {
            return;
        }
        begun = true;
        if (asked.stream()) {
            sink.frames(scrub.scrub(adapted));
        } else {
            collected().add(adapted);
        }
    }

    private CompletionForm collected() {
        if (collected == null) {
            collected = new CompletionForm();
        }
        return collected;
    }

    @Override
    boolean isComplete() {
        return watched.marked();
    }

    @Override
    boolean isFinished() {
        return watched.finished();
    }

    @Override
    boolean hasBegun() {
        return begun;
    }

    @Override
    void streamEnded() {
        var rest = new String(frames.rest(), StandardCharsets.UTF_8).stripTrailing();
        if (OpenAiFrames.isWhole(rest)) {
            // Some providers omit the final blank line; the frame is completed for the client.
            forward((rest + "\n\n").getBytes(StandardCharsets.UTF_8));
        }
        if (!watched.finished()) {
            throw new LlmException(LlmFailure.of(Reason.BROKEN_ANSWER));
        }
        if (asked.stream()) {
            sink.end(watched.marked());
        } else {
            sink.whole(scrub.scrub(Json.bytes(collected().whole())));
        }
    }

    @Override
    void whole(byte[] bytes, JsonNode body) {
        if (ProviderErrors.isError(body)) {
            throw new LlmException(ProviderErrors.inAnswer(body));
        }
        failOnBrokenChoice(body);
        boolean given = body instanceof ObjectNode object && giveChoice(object);
        if (!(body instanceof ObjectNode answer) || answer.path("choices").isEmpty()) {
            throw new LlmException(LlmFailure.of(Reason.BROKEN_ANSWER));
        }
        boolean changed = adapter.whole(answer) || given;
        if (asked.stream()) {
            sink.frames(scrub.scrub(CompletionForm.frames(answer, asked.usage())));
            sink.end(false);
        } else {
            sink.whole(scrub.scrub(changed ? Json.bytes(answer) : bytes));
        }
    }

    /** Workers AI's own API says it in {@code response} and {@code tool_calls}. Whether the answer was changed. */
    private static boolean giveChoice(ObjectNode answer) {
        var said = answer.path("result").isObject() ? answer.path("result") : answer;
        if (!answer.path("choices").isEmpty() || !(said.has("response") || said.has(TOOL_CALLS))) {
            return false;
        }
        var choice = answer.putArray("choices").addObject().put("index", 0);
        var message = choice.putObject("message").put("role", "assistant");
        message.put("content", Node.content(said.path("response")));
        for (var call : said.path(TOOL_CALLS)) {
            var function = message.withArray(TOOL_CALLS)
                    .addObject()
                    .put("type", "function")
                    .putObject("function");
            function.set("name", call.path("name"));
            function.set("arguments", call.path("arguments"));
        }
        choice.put("finish_reason", "stop");
        return true;
    }

    /** OpenRouter ends a complete answer with the error of the provider behind it. */
    private static void failOnBrokenChoice(JsonNode answer) {
        for (var choice : answer.path("choices")) {
            if (choice.path("error").isObject()) {
                throw new LlmException(ProviderErrors.inAnswer(choice));
            }
            if (choice.path("finish_reason").asString("").equals("error")) {
                throw new LlmException(LlmFailure.of(Reason.BROKEN_ANSWER));
            }
        }
    }
}
