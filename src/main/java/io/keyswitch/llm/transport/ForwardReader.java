package io.keyswitch.llm.transport;

import io.keyswitch.json.Json;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.sse.SseFrames;
import io.keyswitch.llm.sse.SseLimitException;
import io.keyswitch.llm.wire.ProviderErrors;
import io.keyswitch.llm.wire.openai.OpenAiFrames;
import io.vertx.core.MultiMap;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.MissingNode;

/** Hands an answer on as it came, and looks only for errors, the end and the key. Used on one event loop. */
final class ForwardReader implements CallListener {
    private static final int MAX_WHOLE_BYTES = 16 << 20;

    private final ForwardSink sink;
    private final RunningCall call;
    private final KeyScrub scrub;
    private final SseFrames frames = new SseFrames();
    private final OpenAiFrames watched = new OpenAiFrames();
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
    private int status;
    private @Nullable Duration retryAfter;
    private boolean streamed;
    private boolean over;

    ForwardReader(ForwardSink sink, RunningCall call, KeyScrub scrub) {
        this.sink = sink;
        this.call = call;
        this.scrub = scrub;
    }

    @Override
    public void head(int status, MultiMap headers) {
        this.status = status;
        this.retryAfter = RetryAfter.of(headers, InstantSource.system());
        var type = headers.get("content-type");
        this.streamed =
                isSuccess() && type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    }

    private boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    @Override
    public void body(byte[] bytes) {
        step(() -> {
            if (streamed) {
                forward(frames.feed(bytes));
            } else if (whole.size() + bytes.length <= MAX_WHOLE_BYTES) {
                whole.writeBytes(bytes);
            } else {
                throw new LlmException(new LlmFailure.BrokenAnswer());
            }
        });
    }

    @Override
    public void end() {
        step(() -> {
            if (streamed) {
                endStream();
            } else {
                endWhole();
            }
            over = true;
        });
    }

    @Override
    public void failed(LlmFailure failure) {
        if (!over) {
            over = true;
            sink.failed(failure);
        }
    }

    private void step(Runnable read) {
        if (over) {
            return;
        }
        try {
            read.run();
        } catch (LlmException e) {
            failed(e.failure());
            call.cancel();
        } catch (SseLimitException _) {
            failed(new LlmFailure.BrokenAnswer());
            call.cancel();
        }
    }

    private void forward(byte[] complete) {
        if (complete.length > 0) {
            watched.look(complete);
            sink.frames(scrub.scrub(complete));
        }
    }

    private void endStream() {
        var rest = frames.rest();
        if (rest.length > 0) {
            // Some end right behind their last line; the frame is completed for the client.
            forward((new String(rest, StandardCharsets.UTF_8).stripTrailing() + "\n\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        if (!watched.finished()) {
            throw new LlmException(new LlmFailure.BrokenAnswer());
        }
        sink.end(watched.marked());
    }

    private void endWhole() {
        var bytes = whole.toByteArray();
        var body = Json.readFromProvider(new String(bytes, StandardCharsets.UTF_8));
        if (!isSuccess()) {
            throw new LlmException(
                    ProviderErrors.of(status, retryAfter, body == null ? MissingNode.getInstance() : body));
        }
        if (body == null || !body.isObject()) {
            throw new LlmException(new LlmFailure.BrokenAnswer());
        }
        if (ProviderErrors.isError(body)) {
            throw new LlmException(ProviderErrors.inAnswer(body));
        }
        sink.whole(scrub.scrub(bytes));
    }
}
