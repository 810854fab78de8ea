package io.keyswitch.llm.transport;

import io.keyswitch.core.Json;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.sse.SseEvent;
import io.keyswitch.llm.sse.SseParser;
import io.keyswitch.llm.wire.AnswerDecoder;
import io.keyswitch.llm.wire.ProviderErrors;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Decodes one response and passes its events and its end to a {@link CompletionSink}. */
final class AnswerReader extends AnswerListener {
    private final AnswerDecoder decoder;
    private final ScrubbedEvents scrubbed;
    private final CompletionSink sink;
    private final SseParser parser = new SseParser();
    private boolean begun;

    AnswerReader(
            AnswerDecoder decoder,
            ScrubbedEvents scrubbed,
            CompletionSink sink,
            ResponseSource source,
            Attempt attempt) {
        super(source, attempt);
        this.decoder = decoder;
        this.scrubbed = scrubbed;
        this.sink = sink;
    }

    @Override
    void streamed(byte[] bytes) {
        decode(parser.feed(bytes));
    }

    @Override
    boolean isComplete() {
        return decoder.complete();
    }

    @Override
    boolean isFinished() {
        return decoder.finished();
    }

    @Override
    boolean hasBegun() {
        return begun;
    }

    @Override
    void streamEnded() {
        decode(parser.end());
        failOnStrayError();
        finish();
    }

    @Override
    void whole(byte[] bytes, JsonNode body) {
        hand(scrubbed.scrub(decoder.whole(body)));
        finish();
    }

    private void finish() {
        hand(scrubbed.rest());
        if (!decoder.finished()) {
            throw new LlmException(LlmFailure.of(Reason.BROKEN_ANSWER));
        }
        sink.end();
    }

    private void decode(List<SseEvent> events) {
        // Batched, because each call costs a write to the client. "finally" delivers the events that were decoded
        // before a failure.
        var together = new ArrayList<ChatEvent>();
        try {
            for (var event : events) {
                together.addAll(scrubbed.scrub(decoder.event(event)));
            }
        } finally {
            hand(together);
        }
    }

    private void hand(List<ChatEvent> events) {
        if (!events.isEmpty()) {
            begun |= !events.stream().allMatch(ChatEvent.Used.class::isInstance);
            sink.events(events);
        }
    }

    private void failOnStrayError() {
        var stray = parser.stray().isEmpty() ? null : Json.readFromProvider(parser.stray());
        if (stray != null && ProviderErrors.isError(stray)) {
            throw new LlmException(ProviderErrors.inAnswer(stray));
        }
    }
}
