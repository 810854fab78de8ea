package io.keyswitch.llm.transport;

import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.sse.SseFrames;
import io.keyswitch.llm.wire.ProviderErrors;
import io.keyswitch.llm.wire.openai.ForwardedAnswer;
import io.keyswitch.llm.wire.openai.OpenAiFrames;
import io.keyswitch.provider.Quirks;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/** Forwards a response unchanged except for quirks and masked keys; scans it for errors and its end. */
final class ForwardReader extends AnswerListener {
    private final ForwardSink sink;
    private final KeyScrub scrub;
    private final Quirks quirks;
    private final SseFrames frames = new SseFrames();
    private final OpenAiFrames watched = new OpenAiFrames();

    ForwardReader(ForwardSink sink, KeyScrub scrub, Quirks quirks, RunningCall call, Attempt attempt) {
        super(call, attempt);
        this.sink = sink;
        this.scrub = scrub;
        this.quirks = quirks;
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

    private void hand(byte[] frames) {
        if (frames.length > 0) {
            sink.frames(scrub.scrub(ForwardedAnswer.frames(frames, quirks)));
        }
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
        sink.end(watched.marked());
    }

    @Override
    void whole(byte[] bytes, JsonNode body) {
        if (!body.isObject()) {
            throw new LlmException(LlmFailure.of(Reason.BROKEN_ANSWER));
        }
        if (ProviderErrors.isError(body)) {
            throw new LlmException(ProviderErrors.inAnswer(body));
        }
        sink.whole(scrub.scrub(ForwardedAnswer.whole(bytes, body, quirks)));
    }
}
