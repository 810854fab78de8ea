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
 * Receives one HTTP response, streamed or complete, and reports any failure as one {@link LlmFailure}. Used on one
 * event loop.
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
     * Creates the listener of one call.
     *
     * @param call cancelled when the response cannot be used
     * @param attempt receives the result
     */
    AnswerListener(RunningCall call, Attempt attempt) {
        this.call = call;
        this.attempt = attempt;
    }

    /** Called with the next bytes of a streamed response. */
    abstract void streamed(byte[] bytes);

    /** Called at the end of a streamed response. */
    abstract void streamEnded();

    /** Called with the complete body of a response that is not streamed. */
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

    /** Reports an {@link LlmException} as the failure of the attempt. {@link ProviderCall} handles other exceptions. */
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
