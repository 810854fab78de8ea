package io.keyswitch.simulator;

import io.keyswitch.simulator.Answer.Finish;
import io.keyswitch.simulator.GeminiWire.Framing;
import io.keyswitch.simulator.Reply.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An answer as Gemini's partial responses, or as one. */
final class GeminiAnswer {
    private static final String SIGNATURE =
            "EvsFCvgFAb4+9vtgYAdOcxMwBr9AOT6XX6Pz5SYAd9gXb/bmH4iLHlJ/3D3xudRmJGM9BBxdQZ1W";

    private final String model;
    private final Answer answer;
    private final Framing framing;
    private final String id = Ids.letters(23);

    GeminiAnswer(String model, Answer answer, Framing framing) {
        this.model = model;
        this.answer = answer;
        this.framing = framing;
    }

    Reply reply() {
        return switch (framing) {
            case WHOLE -> whole();
            case EVENTS ->
                Reply.stream(
                        "text/event-stream",
                        Map.of(),
                        Stream.concat(words(), closing().stream().map(this::now)),
                        answer.script());
            case ARRAY -> Reply.stream("application/json; charset=UTF-8", Map.of(), array(), answer.script());
        };
    }

    private Reply whole() {
        if (answer.finish() == Finish.ERROR) {
            return Reply.json(500, GeminiErrors.of(Problem.SERVER_ERROR, model));
        }
        if (answer.finish() == Finish.BLOCKED) {
            return Reply.answer(Map.of(), blocked(), answer.script());
        }
        var parts = Json.array();
        if (!answer.thinking().isEmpty()) {
            parts.add(thought(answer.thought()));
        }
        if (!answer.words().isEmpty()) {
            parts.add(part(answer.text()).put("thoughtSignature", SIGNATURE));
        }
        return Reply.answer(Map.of(), response(parts, finishReason(), answer.textTokens()), answer.script());
    }

    private Stream<Piece> words() {
        var words = answer.words();
        return Stream.concat(
                answer.thinking().stream().map(word -> word(response(Json.array(thought(word)), null, 0))),
                IntStream.range(0, words.size())
                        .mapToObj(index -> word(response(
                                Json.array(part(words.get(index))), null, Words.tokens(words.subList(0, index + 1))))));
    }

    private List<ObjectNode> closing() {
        return switch (answer.finish()) {
            case CUT -> List.of();
            case ERROR -> List.of(GeminiErrors.of(Problem.OVERLOADED, model));
            case BLOCKED -> List.of(blocked());
            case STOP, LENGTH -> {
                var parts = answer.words().isEmpty()
                        ? Json.array()
                        : Json.array(part("").put("thoughtSignature", SIGNATURE));
                yield List.of(response(parts, finishReason(), answer.textTokens()));
            }
        };
    }

    /** Without {@code alt=sse}, the stream is a JSON array of the same responses. */
    private Stream<Piece> array() {
        var elements = new ArrayList<Piece>();
        words().forEach(elements::add);
        closing().forEach(last -> elements.add(now(last)));
        var last = elements.size() - 1;
        return IntStream.rangeClosed(0, Math.max(0, last)).mapToObj(index -> {
            var piece = elements.isEmpty() ? Piece.now("") : elements.get(index);
            var close = index >= last && answer.finish() != Finish.CUT ? "]" : "";
            return new Piece((index == 0 ? "[" : ",\r\n") + piece.text() + close, piece.words());
        });
    }

    private ObjectNode response(ArrayNode parts, @Nullable String finishReason, int textTokens) {
        var content = Json.object();
        if (!parts.isEmpty()) {
            content.set("parts", parts);
        }
        var candidate = Json.object().set("content", content.put("role", "model"));
        if (finishReason != null) {
            candidate.put("finishReason", finishReason);
        }
        candidate.put("index", 0);
        return Json.object()
                .set("candidates", Json.array(candidate))
                .set("usageMetadata", usage(textTokens))
                .put("modelVersion", model)
                .put("responseId", id);
    }

    private ObjectNode blocked() {
        return Json.object()
                .set("promptFeedback", Json.object().put("blockReason", "SAFETY"))
                .set("usageMetadata", usage(0))
                .put("modelVersion", model)
                .put("responseId", id);
    }

    /** Omits fields that are zero, as protobuf JSON does. */
    private ObjectNode usage(int textTokens) {
        var prompt = answer.promptTokens();
        var usage = Json.object().put("promptTokenCount", prompt);
        if (textTokens > 0) {
            usage.put("candidatesTokenCount", textTokens);
        }
        usage.put("totalTokenCount", prompt + textTokens + answer.thinkingTokens());
        usage.set(
                "promptTokensDetails",
                Json.array(Json.object().put("modality", "TEXT").put("tokenCount", prompt)));
        if (answer.thinkingTokens() > 0) {
            usage.put("thoughtsTokenCount", answer.thinkingTokens());
        }
        return usage;
    }

    private String finishReason() {
        return answer.finish() == Finish.LENGTH ? "MAX_TOKENS" : "STOP";
    }

    private static ObjectNode part(String text) {
        return Json.object().put("text", text);
    }

    private static ObjectNode thought(String text) {
        return part(text).put("thought", true);
    }

    private Piece word(ObjectNode response) {
        return Piece.word(frame(response));
    }

    private Piece now(ObjectNode response) {
        return Piece.now(frame(response));
    }

    private String frame(ObjectNode response) {
        return framing == Framing.EVENTS ? "data: " + response + "\r\n\r\n" : response.toString();
    }
}
