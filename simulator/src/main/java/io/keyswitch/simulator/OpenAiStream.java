package io.keyswitch.simulator;

import io.keyswitch.simulator.Answer.Finish;
import io.keyswitch.simulator.Reply.Piece;
import io.keyswitch.simulator.Vendor.Quirk;
import io.keyswitch.simulator.Vendor.UsageRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An answer as a stream of {@code chat.completion.chunk} objects. */
final class OpenAiStream {
    private static final String EVENT_STREAM = "text/event-stream; charset=utf-8";

    private final Vendor vendor;
    private final Prompt prompt;
    private final Answer answer;
    private final boolean usageAsked;
    private final boolean padded;
    private final String id;
    private final ObjectNode groq = OpenAiIds.groq();

    OpenAiStream(Vendor vendor, Prompt prompt, Answer answer, ObjectNode body) {
        this.vendor = vendor;
        this.prompt = prompt;
        this.answer = answer;
        var options = body.path("stream_options");
        this.usageAsked = Json.flag(options, "include_usage");
        this.padded = vendor.has(Quirk.OPENAI_EXTRAS)
                && options.path("include_obfuscation").asBoolean(true);
        this.id = OpenAiIds.completion(vendor);
    }

    Reply reply() {
        var words = Stream.concat(
                answer.thinking().stream().map(this::thought),
                answer.words().stream().map(word -> chunk(Json.object().put("content", word), null)));
        var paced = words.map(chunk -> Piece.word(line(chunk)));
        var pieces =
                Stream.concat(opening(), Stream.concat(paced, closing().stream().map(Piece::now)));
        return Reply.stream(EVENT_STREAM, OpenAiErrors.headers(), pieces, answer.script());
    }

    private Stream<Piece> opening() {
        var delta = Json.object().put("role", "assistant").put("content", "");
        if (vendor.has(Quirk.OPENAI_EXTRAS)) {
            delta.putNull("refusal");
        }
        var first = chunk(delta, null);
        if (vendor.has(Quirk.GROQ_EXTRAS)) {
            first.set("x_groq", groq.deepCopy().put("seed", 687314058));
        }
        return Stream.concat(comments(), Stream.of(Piece.now(line(first))));
    }

    private Stream<Piece> comments() {
        if (vendor.has(Quirk.OPENROUTER_EXTRAS)) {
            return Stream.of(Piece.now(": OPENROUTER PROCESSING\n\n"));
        }
        return vendor.has(Quirk.KEEP_ALIVE) ? Stream.of(Piece.now(": keep-alive\n\n")) : Stream.empty();
    }

    private List<String> closing() {
        var lines = new ArrayList<String>();
        if (answer.finish() == Finish.CUT) {
            return lines;
        }
        if (answer.finish() == Finish.ERROR) {
            lines.add(line(error()));
            return lines;
        }
        var finish = chunk(lastDelta(), OpenAiCompletion.finishReason(answer.finish()));
        if (statesUsageOnFinish()) {
            finish.set("usage", usage());
        }
        if (vendor.has(Quirk.GROQ_EXTRAS)) {
            finish.set("x_groq", groq.deepCopy().set("usage", usage()));
        }
        lines.add(line(finish));
        secondFinish(lines);
        if (usageAsked
                && (vendor.usage() == UsageRule.ON_REQUEST || vendor.usage() == UsageRule.WITH_FINISH_AND_ON_REQUEST)) {
            lines.add(line(usageChunk()));
        }
        lines.add("data: [DONE]\n\n");
        return lines;
    }

    private boolean statesUsageOnFinish() {
        return switch (vendor.usage()) {
            case WITH_FINISH, WITH_FINISH_AND_ON_REQUEST, ZEROS_LAST, EVERY_CHUNK -> true;
            case ON_REQUEST, SECOND_FINISH -> false;
        };
    }

    private void secondFinish(List<String> lines) {
        var again = chunk(Json.object(), OpenAiCompletion.finishReason(answer.finish()));
        if (vendor.usage() == UsageRule.SECOND_FINISH) {
            lines.add(line(again.set("usage", usage().put("cost", 0.0000123))));
        } else if (vendor.usage() == UsageRule.ZEROS_LAST) {
            lines.add(line(again.set("usage", OpenAiUsage.zeros())));
        }
    }

    private ObjectNode lastDelta() {
        return vendor.has(Quirk.MISTRAL_EXTRAS) ? Json.object().put("content", "") : Json.object();
    }

    private ObjectNode thought(String word) {
        var delta = Json.object();
        switch (vendor.reasoning()) {
            case HIDDEN -> {}
            case REASONING -> delta.put("reasoning", word);
            case REASONING_CONTENT -> delta.put("reasoning_content", word);
            case CONTENT_PARTS -> delta.set("content", Json.array(OpenAiCompletion.thinkingPart(word)));
        }
        return chunk(delta, null);
    }

    private ObjectNode error() {
        var trouble = new OpenAiErrors(vendor).trouble(Problem.SERVER_ERROR);
        if (vendor.has(Quirk.OPENROUTER_EXTRAS)) {
            var body = chunk(Json.object().put("content", ""), "error");
            return body.setAll(vendor.errors().body(trouble));
        }
        return vendor.errors().body(trouble);
    }

    private ObjectNode usageChunk() {
        var chunk = bare().set("choices", Json.array()).set("usage", usage());
        return vendor.has(Quirk.GROQ_EXTRAS) ? chunk.put("service_tier", "on_demand") : chunk;
    }

    private ObjectNode usage() {
        return new OpenAiUsage(vendor, answer).json();
    }

    private ObjectNode chunk(ObjectNode delta, @Nullable String finishReason) {
        var choice = Json.object().put("index", 0).set("delta", delta);
        if (!vendor.has(Quirk.NO_LOGPROBS)) {
            choice.putNull("logprobs");
        }
        if (finishReason != null || !vendor.has(Quirk.XAI_EXTRAS)) {
            choice.put("finish_reason", finishReason);
        }
        if (vendor.has(Quirk.CLOUDFLARE_EXTRAS)) {
            choice.putNull("token_ids");
        }
        if (vendor.has(Quirk.TOGETHER_EXTRAS)) {
            choice.put("text", Json.text(delta, "content")).put("seed", 9_223_372_036_854_775_807L);
            delta.put("token_id", 2028);
        }
        var chunk = bare().set("choices", Json.array(choice));
        if (vendor.usage() == UsageRule.EVERY_CHUNK) {
            chunk.set("usage", usage());
        } else if (usageAsked && vendor.has(Quirk.OPENAI_EXTRAS)) {
            chunk.putNull("usage");
        }
        return chunk;
    }

    private ObjectNode bare() {
        var chunk = Json.object()
                .put("id", id)
                .put("object", "chat.completion.chunk")
                .put("created", Ids.seconds())
                .put("model", prompt.model());
        OpenAiIds.sign(vendor, chunk);
        return chunk;
    }

    private String line(ObjectNode chunk) {
        if (padded && chunk.has("choices")) {
            chunk.put("obfuscation", Ids.letters(2 + Math.floorMod(chunk.hashCode(), 8)));
        }
        return "data: " + chunk + "\n\n";
    }
}
