package io.keyswitch.http.openai;

import io.keyswitch.core.Json;
import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.FinishReason;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.Usage;
import io.keyswitch.llm.transport.CompletionSink;
import io.keyswitch.modelconfig.Route;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Converts an answer from another wire format to a stream of chunks. Used on the response's event loop only. */
final class TranslatedStream implements CompletionSink {
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Route.Ready route;
    private final ClientResponse answer;
    private final SignedCalls signedCalls;
    private final boolean includeUsage;
    private final CompletionJson json;
    private Usage usage = new Usage(0, 0, 0, 0);
    private FinishReason finish = FinishReason.STOP;
    private int images;
    private boolean begun;

    TranslatedStream(Route.Ready route, ClientResponse answer, SignedCalls signedCalls, boolean includeUsage) {
        this.route = route;
        this.answer = answer;
        this.signedCalls = signedCalls;
        this.includeUsage = includeUsage;
        this.json = CompletionJson.begin(route.target().model().value());
    }

    @Override
    public void leftOut(Set<String> fields) {
        answer.leftOut(fields);
    }

    @Override
    public void events(List<ChatEvent> events) {
        var frames = new ByteArrayOutputStream();
        for (var event : events) {
            switch (event) {
                case ChatEvent.Text(var text) -> write(frames, delta("content", text));
                case ChatEvent.Reasoning(var text) -> write(frames, delta("reasoning_content", text));
                case ChatEvent.Image image -> write(frames, image(image));
                case ChatEvent.ToolCall call ->
                    write(frames, toolCall(call.index(), signedCalls.toolCall(route.target(), call, answer)));
                case ChatEvent.ToolArguments(int index, var arguments) -> write(frames, arguments(index, arguments));
                case ChatEvent.Used(var used) -> usage = used;
                case ChatEvent.Finished(var reason) -> finish = reason;
            }
        }
        if (frames.size() > 0) {
            answer.stream(frames.toByteArray());
        }
    }

    private ObjectNode delta(String field, String text) {
        var chunk = json.chunk(null, includeUsage);
        CompletionJson.delta(chunk).put(field, text);
        return chunk;
    }

    private ObjectNode image(ChatEvent.Image image) {
        var chunk = json.chunk(null, includeUsage);
        CompletionJson.delta(chunk)
                .putArray("images")
                .add(CompletionJson.image(image).put("index", images++));
        return chunk;
    }

    private ObjectNode arguments(int index, String arguments) {
        var call = Json.object();
        call.putObject("function").put("arguments", arguments);
        return toolCall(index, call);
    }

    private ObjectNode toolCall(int index, ObjectNode call) {
        var chunk = json.chunk(null, includeUsage);
        CompletionJson.delta(chunk).putArray("tool_calls").add(call.put("index", index));
        return chunk;
    }

    private void write(ByteArrayOutputStream frames, ObjectNode chunk) {
        if (!begun) {
            begun = true;
            var first = json.chunk(null, includeUsage);
            CompletionJson.delta(first).put("role", "assistant").put("content", "");
            write(frames, first);
        }
        frames.writeBytes(DATA);
        frames.writeBytes(Json.line(chunk));
        frames.writeBytes(END);
    }

    @Override
    public void end() {
        var frames = new ByteArrayOutputStream();
        write(frames, json.chunk(finish, includeUsage));
        if (includeUsage) {
            write(frames, json.usageChunk(usage));
        }
        answer.stream(frames.toByteArray());
        answer.endStream(false);
    }

    @Override
    public void failed(LlmFailure failure) {
        answer.error(OpenAiError.of(failure, route));
    }
}
