package io.keyswitch.llm.transport;

import io.keyswitch.core.Json;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.wire.ProviderErrors;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
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

    private final ResponseSource source;
    private final Attempt attempt;
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
    private int status;
    private @Nullable Duration retryAfter;
    private boolean typedAsStream;
    private BodyForm form = BodyForm.UNKNOWN;
    private boolean begun;
    private boolean over;

    /**
     * Creates the listener of one call.
     *
     * @param source cancelled when the response cannot be used
     * @param attempt receives the result
     */
    AnswerListener(ResponseSource source, Attempt attempt) {
        this.source = source;
        this.attempt = attempt;
    }

    /** Called with the next bytes of a streamed response. */
    abstract void streamed(byte[] bytes);

    /** Whether a streamed response has reached its end marker: nothing that counts follows. */
    abstract boolean isComplete();

    /** Whether the answer of a streamed response is complete: at most its usage and the end marker may follow. */
    abstract boolean isFinished();

    /** Whether a part of the answer has been passed on. Some providers report that they are overloaded only in a stream. */
    abstract boolean hasBegun();

    /** Called at the end of a streamed response. */
    abstract void streamEnded();

    /** Called with the complete body of a response that is not streamed. */
    abstract void whole(byte[] bytes, JsonNode body);

    @Override
    public final void head(int status, HttpHeaders headers) {
        this.status = status;
        this.retryAfter = RetryAfter.of(headers, InstantSource.system());
        var type = headers.get("content-type");
        this.typedAsStream = type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
        this.form = isSuccess() ? BodyForm.UNKNOWN : BodyForm.WHOLE;
    }

    private boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    @Override
    public final void body(byte[] bytes) {
        step(() -> {
            switch (form) {
                case STREAM -> stream(bytes);
                case WHOLE -> collect(bytes);
                case UNKNOWN -> begin(bytes);
            }
        });
    }

    private void begin(byte[] bytes) {
        // Nearly always, the first bytes tell the form, and a stream needs no copy of them.
        boolean first = whole.size() == 0;
        if (!first) {
            collect(bytes);
        }
        var begun = first ? bytes : whole.toByteArray();
        form = BodyForm.of(begun, typedAsStream);
        if (form == BodyForm.STREAM) {
            whole.reset();
            stream(BodyForm.withoutMark(begun));
        } else if (first) {
            collect(bytes);
        }
    }

    private void collect(byte[] bytes) {
        if (whole.size() + bytes.length > MAX_WHOLE_BYTES) {
            throw new LlmException(LlmFailure.of(Reason.BROKEN_ANSWER));
        }
        whole.writeBytes(bytes);
    }

    /** A stream is over at its end marker: some providers leave the connection open behind it, or drop it. */
    private void stream(byte[] bytes) {
        streamed(bytes);
        if (!begun && hasBegun()) {
            begun = true;
            attempt.begun();
        }
        if (isComplete()) {
            conclude();
            source.drain();
        }
    }

    private void conclude() {
        streamEnded();
        over = true;
        attempt.succeeded();
    }

    @Override
    public final void end() {
        step(() -> {
            if (form == BodyForm.STREAM) {
                conclude();
            } else {
                readWhole();
                over = true;
                attempt.succeeded();
            }
        });
    }

    private void readWhole() {
        var bytes = BodyForm.withoutMark(whole.toByteArray());
        var body = Json.readFromProvider(bytes);
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
        if (over) {
            return;
        }
        if (form == BodyForm.STREAM && isFinished()) {
            step(this::conclude);
        } else {
            fail(failure);
        }
    }

    private void fail(LlmFailure failure) {
        over = true;
        attempt.failed(failure, hasBegun());
    }

    /** Reports an {@link LlmException} as the failure of the attempt. {@link ProviderCall} handles other exceptions. */
    private void step(Runnable read) {
        if (over) {
            return;
        }
        try {
            read.run();
        } catch (LlmException e) {
            fail(e.failure());
            source.cancel();
        }
    }
}
