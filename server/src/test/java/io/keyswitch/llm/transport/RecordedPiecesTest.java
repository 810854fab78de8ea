package io.keyswitch.llm.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.wire.AnswerDecoder;
import io.keyswitch.llm.wire.anthropic.AnthropicWire;
import io.keyswitch.llm.wire.gemini.GeminiWire;
import io.keyswitch.provider.Quirks;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.testing.Recordings;
import io.keyswitch.testing.Replay.Recording;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads every recorded response split and truncated at every byte. */
class RecordedPiecesTest {
    private static final Pattern GIVEN_ID = Pattern.compile("call_[0-9a-f]{32}");
    private static final ApiKey KEY = ApiKey.of("my-own-key-000-1a2b");

    /** What the reader of one response has passed on. */
    private static final class Outcome implements ResponseSource, Attempt, ForwardSink, CompletionSink {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final List<ChatEvent> events = new ArrayList<>();
        private boolean ended;
        private boolean succeeded;
        private @Nullable LlmFailure failure;

        @Override
        public void drain() {}

        @Override
        public void cancel() {}

        @Override
        public void begun() {}

        @Override
        public void succeeded() {
            requireRunning();
            succeeded = true;
        }

        @Override
        public void failed(LlmFailure reported, boolean begun) {
            requireRunning();
            failure = reported;
        }

        private void requireRunning() {
            assertThat(succeeded || failure != null)
                    .as("the result is reported once")
                    .isFalse();
        }

        @Override
        public void leftOut(Set<String> fields) {}

        @Override
        public void events(List<ChatEvent> next) {
            events.addAll(next);
        }

        @Override
        public void end() {
            ended = true;
        }

        @Override
        public void whole(byte[] body) {
            bytes.writeBytes(body);
            ended = true;
        }

        @Override
        public void frames(byte[] frames) {
            bytes.writeBytes(frames);
        }

        @Override
        public void end(boolean marked) {
            ended = true;
        }

        @Override
        public void failed(LlmFailure reported) {
            throw new AssertionError("only attempts report failures to the sink");
        }

        /** The whole result, to be compared: without the IDs of calls that the provider gives none. */
        String all() {
            return "%b %b %s %s %s"
                    .formatted(
                            ended,
                            succeeded,
                            failure,
                            text(),
                            GIVEN_ID.matcher(events.toString()).replaceAll("call"));
        }

        private String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        /** What the reader of the answer has to see: its text, its calls and how it finished. */
        String answer() {
            var said = new StringBuilder();
            var finish = "";
            for (var event : events) {
                switch (event) {
                    case ChatEvent.Used _ -> {}
                    case ChatEvent.Finished(var reason) -> finish = reason.toString();
                    default -> said.append(event);
                }
            }
            var frames =
                    text().lines().filter(line -> line.startsWith("data: {")).toList();
            for (var frame : frames) {
                var choice = Objects.requireNonNull(Json.readFromProvider(frame.substring("data: ".length())))
                        .path("choices")
                        .path(0);
                said.append(choice.path("delta").path("content").asString(""))
                        .append(choice.path("delta").path("tool_calls"));
                finish = choice.path("finish_reason").asString(finish);
            }
            return said + finish;
        }
    }

    /** How a response ends behind its last byte. */
    private enum Ending {
        /** The provider says that this is all. */
        COMPLETE,
        /** The connection breaks. */
        BROKEN
    }

    static List<String> streams() {
        return Recordings.streams();
    }

    static List<String> bodies() {
        return Recordings.bodies();
    }

    static List<String> errors() {
        return Recordings.errors();
    }

    /** A recorded response, to be read in pieces. */
    private static final class Response {
        private final String name;
        private final Recording recording;
        private final byte[] bytes;

        Response(String name) throws IOException {
            this.name = name;
            this.recording = Recordings.read(name);
            this.bytes = recording.bytesAsLatin1().getBytes(StandardCharsets.ISO_8859_1);
        }

        Outcome whole() {
            return read(Ending.COMPLETE, bytes);
        }

        Outcome split(int at) {
            return read(Ending.COMPLETE, Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at, bytes.length));
        }

        Outcome cut(int at, Ending ending) {
            return read(ending, Arrays.copyOf(bytes, at));
        }

        private Outcome read(Ending ending, byte[]... pieces) {
            var outcome = new Outcome();
            var reader = reader(outcome);
            reader.head(recording.status(), new DefaultHttpHeaders().add("Content-Type", recording.contentType()));
            for (var piece : pieces) {
                if (piece.length > 0) {
                    // Readers may change the bytes in place.
                    reader.body(piece.clone());
                }
            }
            switch (ending) {
                case COMPLETE -> reader.end();
                case BROKEN -> reader.failed(LlmFailure.of(Reason.BROKEN_ANSWER));
            }
            return outcome;
        }

        private AnswerListener reader(Outcome outcome) {
            boolean stream = recording.contentType().equals("text/event-stream");
            return switch (Recordings.wire(name)) {
                case "anthropic" -> translating(AnthropicWire.INSTANCE.decoder(), outcome);
                case "gemini" -> translating(GeminiWire.INSTANCE.decoder(), outcome);
                default ->
                    new ForwardReader(
                            new ForwardReader.Asked(stream, false),
                            outcome,
                            new KeyScrub(KEY),
                            Quirks.NONE,
                            outcome,
                            outcome);
            };
        }
    }

    private static AnswerListener translating(AnswerDecoder decoder, Outcome outcome) {
        return new AnswerReader(decoder, new ScrubbedEvents(KEY), outcome, outcome, outcome);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void streamsSplitAnywhereReadTheSame(String name) throws Exception {
        var response = new Response(name);
        var whole = response.whole();
        assertThat(whole.succeeded || name.matches(".*(error|incomplete|overloaded|truncated).*"))
                .as(whole.all())
                .isTrue();
        for (int at = 0; at <= response.bytes.length; at++) {
            assertThat(response.split(at).all()).as("split at %d", at).isEqualTo(whole.all());
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void streamsCutAnywhereAreCompleteOrFail(String name) throws Exception {
        var response = new Response(name);
        var whole = response.whole();
        for (var ending : Ending.values()) {
            for (int at = 0; at < response.bytes.length; at++) {
                var cut = response.cut(at, ending);
                if (cut.failure == null) {
                    assertThat(cut.succeeded && cut.ended).as("cut at %d", at).isTrue();
                    assertThat(cut.answer()).as("cut at %d", at).isEqualTo(whole.answer());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void bodiesSplitAnywhereReadTheSameAndCutOnesFail(String name) throws Exception {
        var response = new Response(name);
        var whole = response.whole();
        int end = response.recording.bytesAsLatin1().stripTrailing().length();
        for (int at = 0; at <= response.bytes.length; at++) {
            assertThat(response.split(at).all()).as("split at %d", at).isEqualTo(whole.all());
            for (var ending : Ending.values()) {
                var cut = response.cut(at, ending);
                boolean complete = at >= end && ending == Ending.COMPLETE;
                assertThat(complete || cut.failure != null)
                        .as("%s, cut at %d", ending, at)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorsSplitAnywhereMeanTheSameAndCutOnesRemainErrors(String name) throws Exception {
        var response = new Response(name);
        var whole = response.whole();
        assertThat(whole.failure).isNotNull();
        for (int at = 0; at <= response.bytes.length; at++) {
            assertThat(response.split(at).all()).as("split at %d", at).isEqualTo(whole.all());
            for (var ending : Ending.values()) {
                assertThat(response.cut(at, ending).failure)
                        .as("%s, cut at %d", ending, at)
                        .isNotNull();
            }
        }
    }
}
