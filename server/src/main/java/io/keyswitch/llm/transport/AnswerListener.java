package io.keyswitch.llm.transport;

import io.keyswitch.core.Json;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.wire.ProviderErrors;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Receives one HTTP answer, streamed or whole, whichever the provider sent, and turns every failure of it into one
 * {@link LlmFailure}. Used on one event loop.
 */
abstract class AnswerListener implements CallListener {
    private static final int MAX_WHOLE_BYTES = 8 << 20;

    private final RunningCall call;
    private final Attempt attempt;
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
    private int status;
    private @Nullable Duration retryAfter;
    private boolean streamed;
    private boolean over;

    /**
     * A listener to one call.
     *
     * @param call ended when its answer is of no use any more
     * @param attempt told how it went
     */
    AnswerListener(RunningCall call, Attempt attempt) {
        this.call = call;
        this.attempt = attempt;
    }

    /** The next bytes of a stream. */
    abstract void streamed(byte[] bytes);

    /** The end of a stream. */
    abstract void streamEnded();

    /** The whole of an answer that was no stream. */
    abstract void whole(byte[] bytes, JsonNode body);

    @Override
    public final void head(int status, HttpHeaders headers) {
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
    public final void body(byte[] bytes) {
        step(() -> {
            if (streamed) {
                streamed(bytes);
            } else if (whole.size() + bytes.length <= MAX_WHOLE_BYTES) {
                whole.writeBytes(bytes);
            } else {
                throw new LlmException(LlmFailure.of(Reason.BROKEN_ANSWER));
            }
        });
    }

    @Override
    public final void end() {
        step(() -> {
            if (streamed) {
                streamEnded();
            } else {
                readWhole();
            }
            over = true;
            attempt.succeeded();
        });
    }

    private void readWhole() {
        var bytes = whole.toByteArray();
        var body = Json.readFromProvider(new String(bytes, StandardCharsets.UTF_8));
        if (!isSuccess()) {
            throw new LlmException(
                    ProviderErrors.of(status, retryAfter, body == null ? MissingNode.getInstance() : body));
        }
        if (body == null) {
            throw new LlmException(LlmFailure.of(Reason.BROKEN_ANSWER));
        }
        whole(bytes, body);
    }

    @Override
    public final void failed(LlmFailure failure) {
        if (!over) {
            over = true;
            attempt.failed(failure, isSuccess());
        }
    }

    /** The one place where a reported failure of an answer is caught; what no decoder foresaw ends the call itself. */
    private void step(Runnable read) {
        if (over) {
            return;
        }
        try {
            read.run();
        } catch (LlmException e) {
            failed(e.failure());
            call.cancel();
        }
    }
}
