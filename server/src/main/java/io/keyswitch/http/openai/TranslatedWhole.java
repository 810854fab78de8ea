package io.keyswitch.http.openai;

import io.keyswitch.core.Json;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.FinishReason;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.Usage;
import io.keyswitch.llm.transport.CompletionSink;
import io.keyswitch.modelconfig.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Collects an answer from another wire format into one completion. Used on the response's event loop only. */
final class TranslatedWhole implements CompletionSink {
    private static final int MAX_CHARACTERS = 16 << 20;

    private record Call(ObjectNode json, StringBuilder arguments) {}

    private final Route.Ready route;
    private final ClientResponse answer;
    private final SignedCalls signedCalls;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final ArrayNode images = Json.array();
    private final List<Call> calls = new ArrayList<>();
    private Usage usage = new Usage(0, 0, 0, 0);
    private FinishReason finish = FinishReason.STOP;

    TranslatedWhole(Route.Ready route, ClientResponse answer, SignedCalls signedCalls) {
        this.route = route;
        this.answer = answer;
        this.signedCalls = signedCalls;
    }

    @Override
    public void leftOut(Set<String> fields) {
        answer.leftOut(fields);
    }

    @Override
    public void events(List<ChatEvent> events) {
        for (var event : events) {
            switch (event) {
                case ChatEvent.Text(var piece) -> add(text, piece);
                case ChatEvent.Reasoning(var piece) -> add(reasoning, piece);
                case ChatEvent.Image image -> images.add(CompletionJson.image(image));
                case ChatEvent.ToolCall call ->
                    calls.add(new Call(signedCalls.toolCall(route.target(), call, answer), new StringBuilder()));
                case ChatEvent.ToolArguments(int index, var piece) -> {
                    if (index < calls.size()) {
                        add(calls.get(index).arguments(), piece);
                    }
                }
                case ChatEvent.Used(var used) -> usage = used;
                case ChatEvent.Finished(var reason) -> finish = reason;
            }
        }
    }

    private void add(StringBuilder collected, String piece) {
        if (collected.length() + piece.length() <= MAX_CHARACTERS) {
            collected.append(piece);
        } else {
            failed(LlmFailure.of(Reason.BROKEN_ANSWER));
        }
    }

    @Override
    public void end() {
        var message = Json.object()
                .put("role", "assistant")
                .put("content", text.isEmpty() && !calls.isEmpty() ? null : text.toString());
        message.putNull("refusal");
        if (!reasoning.isEmpty()) {
            message.put("reasoning_content", reasoning.toString());
        }
        if (!images.isEmpty()) {
            message.set("images", images);
        }
        if (!calls.isEmpty()) {
            var list = message.putArray("tool_calls");
            for (var call : calls) {
                ((ObjectNode) call.json().path("function"))
                        .put("arguments", call.arguments().toString());
                list.add(call.json());
            }
        }
        answer.json(
                Json.bytes(CompletionJson.begin(route.target().model().value()).whole(message, finish, usage)));
    }

    @Override
    public void failed(LlmFailure failure) {
        answer.error(OpenAiError.of(failure, route));
    }
}
