package io.keyswitch.llm.transport;

import io.keyswitch.json.Json;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.sse.SseEvent;
import io.keyswitch.llm.sse.SseParser;
import io.keyswitch.llm.wire.AnswerDecoder;
import io.keyswitch.llm.wire.ProviderErrors;
import io.vertx.core.MultiMap;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Turns one HTTP answer into events, streamed or whole, whichever the provider sent. Used on one event loop; the sink hears
 * events, then either the end or one failure.
 */
final class AnswerReader implements CallListener {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerReader.class);
    private static final int MAX_WHOLE_BYTES = 16 << 20;

    private final AnswerDecoder decoder;
    private final CompletionSink sink;
    private final RunningCall call;
    private final SseParser parser = new SseParser();
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
    private int status;
    private @Nullable Duration retryAfter;
    private boolean streamed;
    private boolean over;

    /**
     * A reader of the answer to one call.
     *
     * @param call ended when its answer is of no use any more
     */
    AnswerReader(AnswerDecoder decoder, CompletionSink sink, RunningCall call) {
        this.decoder = decoder;
        this.sink = sink;
        this.call = call;
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
                decode(parser.feed(bytes));
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
                decode(parser.end());
                failOnStrayError();
            } else {
                readWhole();
            }
            if (!decoder.finished()) {
                throw new LlmException(new LlmFailure.BrokenAnswer());
            }
            over = true;
            sink.end();
        });
    }

    @Override
    public void failed(LlmFailure failure) {
        if (!over) {
            over = true;
            sink.failed(failure);
        }
    }

    /** The one place where a broken or reported failure of an answer is caught. */
    private void step(Runnable read) {
        if (over) {
            return;
        }
        try {
            read.run();
        } catch (LlmException e) {
            failed(e.failure());
            call.cancel();
        } catch (RuntimeException e) {
            // A limit of the parser, or bytes no decoder foresaw: no answer either way, and the reader must hear of it.
            LOG.warn("an answer could not be read: {}", e.getClass().getName());
            failed(new LlmFailure.BrokenAnswer());
            call.cancel();
        }
    }

    private void decode(List<SseEvent> events) {
        for (var event : events) {
            var decoded = decoder.event(event);
            if (!decoded.isEmpty()) {
                sink.events(decoded);
            }
        }
    }

    private void failOnStrayError() {
        var stray = parser.stray().isEmpty() ? null : Json.readFromProvider(parser.stray());
        if (stray != null && ProviderErrors.isError(stray)) {
            throw new LlmException(ProviderErrors.inAnswer(stray));
        }
    }

    private void readWhole() {
        var body = Json.readFromProvider(whole.toString(StandardCharsets.UTF_8));
        if (!isSuccess()) {
            JsonNode reported = body == null ? MissingNode.getInstance() : body;
            throw new LlmException(ProviderErrors.of(status, retryAfter, reported));
        }
        if (body == null) {
            throw new LlmException(new LlmFailure.BrokenAnswer());
        }
        var events = decoder.whole(body);
        if (!events.isEmpty()) {
            sink.events(events);
        }
    }
}
