package io.keyswitch.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A running Keyswitch with a provider that replays one recording: whole, in two pieces or truncated, as the model ID of the
 * request says.
 */
public final class Replay implements AutoCloseable {
    /** The recorded response of the provider. */
    public record Recording(int status, String contentType, String bytesAsLatin1) {
        byte[] bytes() {
            return bytesAsLatin1.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        }

        /** Its length in bytes. */
        public int length() {
            return bytesAsLatin1.length();
        }
    }

    /** How the recording is sent. */
    public enum How {
        WHOLE,
        SPLIT,
        SHORT
    }

    /** Checks the two answers for one byte position. */
    @FunctionalInterface
    public interface Check {
        void check(int at, HttpResponse<String> split, HttpResponse<String> cutShort) throws Exception;
    }

    private static final Pattern MODEL = Pattern.compile("(WHOLE|SPLIT|SHORT)-(\\d+)");
    private static final int AT_ONCE = 16;
    /** A prime: it meets all places of frames that are equally long. */
    private static final int STRIDE = 47;

    private static final int AT_THE_ENDS = 8;

    private final AtomicReference<Recording> recording = new AtomicReference<>(new Recording(200, "text/plain", ""));
    private final boolean streamed;
    private final FakeProvider provider = FakeProvider.answering(this::answer).unchecked();
    private final HttpClient http = HttpClient.newHttpClient();
    private final TestApp app;

    /**
     * Starts Keyswitch and the provider.
     *
     * @param streamed whether requests ask for streaming
     */
    public Replay(boolean streamed) {
        this.streamed = streamed;
        this.app = TestApp.start("""
                  speaks-openai: {baseUrl: "%1$s/v1", defaultModel: whole-0, wire: openai}
                  speaks-anthropic: {baseUrl: "%1$s/v1", defaultModel: whole-0, wire: anthropic, auth: x-api-key}
                  speaks-gemini: {baseUrl: "%1$s/v1", defaultModel: whole-0, wire: gemini, auth: x-goog-api-key}
                """.formatted(provider.baseUrl()));
        for (var wire : new String[] {"openai", "anthropic", "gemini"}) {
            app.call(
                    "updateUserModelConfig",
                    Map.of("provider", "speaks-" + wire, "modelId", "whole-0", "apiKey", "my-own-key-000-1a2b"),
                    wire);
        }
    }

    private void answer(FakeProvider.Seen request, FakeProvider.Connection out) throws IOException {
        var asked = MODEL.matcher(request.path() + request.body());
        if (request.method().equals("GET") || !asked.find()) {
            out.json(200, "{\"data\":[],\"models\":[]}");
            return;
        }
        var bytes = recording.get().bytes();
        int at = Integer.parseInt(asked.group(2));
        out.head(recording.get().status(), recording.get().contentType());
        switch (How.valueOf(asked.group(1))) {
            case SPLIT -> out.write(Arrays.copyOf(bytes, at)).write(Arrays.copyOfRange(bytes, at, bytes.length));
            case SHORT -> out.write(Arrays.copyOf(bytes, at));
            case WHOLE -> out.write(bytes);
        }
    }

    /** Sets the recording for the next requests. */
    public void play(Recording next) {
        recording.set(next);
    }

    /** Sends a completion request to the provider of this wire format. */
    public HttpResponse<String> ask(String wire, How how, int at) throws IOException, InterruptedException {
        var body = "{\"model\":\"%s-%d\",\"stream\":%b,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                .formatted(how, at, streamed);
        var request = HttpRequest.newBuilder(URI.create(app.url() + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Tokens.emulator(wire))
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Requests the recording split and truncated around every line break and at positions between. */
    public void atManyBytes(String wire, Check check) throws Exception {
        var permits = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var checks = positions(recording.get().bytesAsLatin1())
                    .mapToObj(at -> threads.submit(() -> {
                        permits.acquire();
                        try {
                            check.check(at, ask(wire, How.SPLIT, at), ask(wire, How.SHORT, at));
                        } finally {
                            permits.release();
                        }
                        return at;
                    }))
                    .toList();
            for (var one : checks) {
                var _ = one.get();
            }
        }
    }

    private static IntStream positions(String bytes) {
        return IntStream.range(0, bytes.length())
                .filter(at -> at % STRIDE == 0
                        || at < AT_THE_ENDS
                        || at >= bytes.length() - AT_THE_ENDS
                        || bytes.substring(Math.max(0, at - 1), at + 1).matches("(?s).*[\r\n].*"));
    }

    @Override
    public void close() {
        http.close();
        app.close();
        provider.close();
    }
}
