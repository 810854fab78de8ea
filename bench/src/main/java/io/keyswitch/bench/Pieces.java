package io.keyswitch.bench;

import io.keyswitch.auth.Credentials;
import io.keyswitch.core.Json;
import io.keyswitch.core.Sha256;
import io.keyswitch.core.UserId;
import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.ChatMessage;
import io.keyswitch.llm.ChatRequest;
import io.keyswitch.llm.sse.SseFrames;
import io.keyswitch.llm.sse.SseParser;
import io.keyswitch.llm.wire.Refusals;
import io.keyswitch.llm.wire.WireFormat;
import io.keyswitch.llm.wire.anthropic.AnthropicWire;
import io.keyswitch.llm.wire.gemini.GeminiWire;
import io.keyswitch.llm.wire.openai.ForwardedAnswer;
import io.keyswitch.llm.wire.openai.ForwardedRequest;
import io.keyswitch.llm.wire.openai.OpenAiFrames;
import io.keyswitch.llm.wire.openai.OpenAiWire;
import io.keyswitch.llm.wire.openai.PlainMessages;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.Quirks;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.KeyPlace;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.secret.ScannedText;
import io.keyswitch.secret.SealedKey;
import io.keyswitch.secret.Vault;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.understanding.Understanding;
import io.keyswitch.understanding.Understood;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import tools.jackson.databind.node.ObjectNode;

/** What the pieces of a request cost, in time and in bytes allocated: {@code bench/java Pieces [JMH OPTIONS]}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class Pieces {
    private static final ModelId MODEL = new ModelId("m-1");
    private static final ApiKey KEY = ApiKey.of("sk-a-key-for-the-benchmark-0123456789");
    private static final KeyPlace PLACE = new KeyPlace.Of(
            new UserId("firebase/bench/someone"), new ProviderId("own"), new Endpoint("https://provider.example/v1"));

    /** Requests of one size. */
    @State(Scope.Benchmark)
    public static class Request {
        /** The size of the body in bytes. */
        @Param({"1000", "100000"})
        @SuppressWarnings("NullAway.Init") // Set by JMH.
        private int size;

        private byte[] plain = {};
        private byte[] withTools = {};
        private ChatRequest chat = new ChatRequest("", List.of(new ChatMessage(ChatMessage.Role.USER, "x")));

        @Setup
        public void make() {
            var text = "What can you do for me today? Say it in a few words, please.";
            var turn = "{\"role\":\"user\",\"content\":\"%s\"},".formatted(text);
            var head = "{\"model\":\"m-1\",\"stream\":true,\"messages\":[" + turn.repeat(size / turn.length());
            plain = (head + "{\"role\":\"user\",\"content\":\"And?\"}]}").getBytes(StandardCharsets.UTF_8);
            withTools = (head + "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"And?\"}]}")
                    .getBytes(StandardCharsets.UTF_8);
            var messages = new ArrayList<ChatMessage>();
            for (int i = 0; i <= size / text.length(); i++) {
                messages.add(new ChatMessage(i % 2 == 0 ? ChatMessage.Role.USER : ChatMessage.Role.ASSISTANT, text));
            }
            chat = new ChatRequest("Be kind.", messages);
        }
    }

    private final Vault vault = new Vault(MasterKeys.parse(MasterKeys.generate()));
    private final SealedKey sealed = vault.seal(KEY, PLACE);
    private final Understanding understanding = new Understanding(
            SettingsLoader.load(null, Map.of(), SettingsLoader.Purpose.SHOW).providers());

    public static void main(String... arguments) throws RunnerException, CommandLineOptionException {
        new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(arguments))
                        .include(Pieces.class.getName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }

    /** The token of a request, as it is looked up. */
    @Benchmark
    public String token() {
        var credentials = Credentials.of(_ -> List.of("Bearer ks_0123456789abcdef0123456789abcdef0123456789"));
        return Sha256.hex(Objects.requireNonNull(credentials.authorization()));
    }

    @Benchmark
    public ApiKey decrypt() {
        return vault.open(sealed, PLACE);
    }

    /** Reads a client's body, adapts it and writes it; its messages are roles and strings. */
    @Benchmark
    public ByteBuffer[] rewrite(Request request) {
        return rewritten(request.plain);
    }

    /** The same with a result of a tool, which makes the messages a tree. */
    @Benchmark
    public ByteBuffer[] rewriteTools(Request request) {
        return rewritten(request.withTools);
    }

    private static ByteBuffer[] rewritten(byte[] body) {
        var request = (ObjectNode) Objects.requireNonNull(PlainMessages.read(body));
        return PlainMessages.write(ForwardedRequest.adapt(request, MODEL, Quirks.NONE));
    }

    @Benchmark
    public boolean scanForKeys() {
        return ScannedText.of("What can you do for me today? Say it in a few words, please.")
                .hasSecrets();
    }

    @Benchmark
    public @Nullable Understood understand() {
        return understanding
                .utterance("Which model am I talking to, and can I have gpt-5.5 instead?", null)
                .request();
    }

    /** Passes a stream of 50 frames on, as it is read at once. */
    @Benchmark
    public byte[] forwardStream() {
        var watched = new OpenAiFrames();
        var frames = new SseFrames().feed(MockProvider.stream("/chat/completions"));
        watched.look(frames);
        return new ForwardedAnswer(Quirks.NONE).frames(frames, watched);
    }

    @Benchmark
    public List<ChatEvent> decodeOpenAi() {
        return decode(OpenAiWire.INSTANCE, "/chat/completions");
    }

    @Benchmark
    public List<ChatEvent> decodeAnthropic() {
        return decode(AnthropicWire.INSTANCE, "/messages");
    }

    @Benchmark
    public List<ChatEvent> decodeGemini() {
        return decode(GeminiWire.INSTANCE, "streamGenerateContent");
    }

    private static List<ChatEvent> decode(WireFormat format, String path) {
        var decoder = format.decoder();
        var events = new ArrayList<ChatEvent>();
        new SseParser().feed(MockProvider.stream(path)).forEach(event -> events.addAll(decoder.event(event)));
        return events;
    }

    @Benchmark
    public byte[] encodeOpenAi(Request request) {
        return encode(OpenAiWire.INSTANCE, request.chat);
    }

    @Benchmark
    public byte[] encodeAnthropic(Request request) {
        return encode(AnthropicWire.INSTANCE, request.chat);
    }

    @Benchmark
    public byte[] encodeGemini(Request request) {
        return encode(GeminiWire.INSTANCE, request.chat);
    }

    private static byte[] encode(WireFormat format, ChatRequest request) {
        return Json.bytes(
                format.encode(MODEL, request, Quirks.NONE, Refusals.NONE).body());
    }
}
