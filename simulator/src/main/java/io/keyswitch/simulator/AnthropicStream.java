package io.keyswitch.simulator;

import io.keyswitch.simulator.Answer.Finish;
import io.keyswitch.simulator.Reply.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** An answer as Anthropic's server-sent events. */
final class AnthropicStream {
    private static final Piece PING = Piece.now("event: ping\ndata: {\"type\": \"ping\"}\n\n");

    private final AnthropicMessage message;
    private final Answer answer;

    AnthropicStream(String model, Answer answer) {
        this.message = new AnthropicMessage(model, answer);
        this.answer = answer;
    }

    Reply reply() {
        var start = event("message_start").set("message", message.message(Json.array(), 1));
        var pieces = Stream.concat(
                Stream.of(now(start)),
                Stream.concat(blocks(), closing().stream().map(AnthropicStream::now)));
        return Reply.stream("text/event-stream; charset=utf-8", AnthropicErrors.headers(), pieces, answer.script());
    }

    /** The content blocks, with a ping after the start of the first; only a ping if there are none. */
    private Stream<Piece> blocks() {
        var hasThinking = !answer.thinking().isEmpty();
        if (!hasThinking && answer.words().isEmpty()) {
            return Stream.of(PING);
        }
        var thinking = hasThinking ? thinking() : Stream.<Piece>empty();
        return answer.words().isEmpty() ? thinking : Stream.concat(thinking, text(hasThinking ? 1 : 0));
    }

    private Stream<Piece> thinking() {
        var empty = Json.object().put("type", "thinking").put("thinking", "").put("signature", "");
        var signature = delta(0, "signature_delta", "signature", AnthropicMessage.SIGNATURE);
        var words = answer.thinking().stream().map(word -> word(delta(0, "thinking_delta", "thinking", word)));
        return Stream.concat(
                Stream.of(now(block("content_block_start", 0).set("content_block", empty)), PING),
                Stream.concat(words, Stream.of(now(signature), now(block("content_block_stop", 0)))));
    }

    private Stream<Piece> text(int index) {
        var empty = Json.object().put("type", "text").put("text", "");
        var start = now(block("content_block_start", index).set("content_block", empty));
        var words = answer.words().stream().map(word -> word(delta(index, "text_delta", "text", word)));
        var opened = Stream.concat(index == 0 ? Stream.of(start, PING) : Stream.of(start), words);
        return stopsShort() ? opened : Stream.concat(opened, Stream.of(now(block("content_block_stop", index))));
    }

    private List<ObjectNode> closing() {
        var events = new ArrayList<ObjectNode>();
        if (answer.finish() == Finish.ERROR) {
            events.add(AnthropicErrors.body("overloaded_error", "Overloaded", "req_" + Ids.letters(24)));
        } else if (!stopsShort()) {
            events.add(
                    event("message_delta").set("delta", message.ending()).set("usage", message.usage(answer.tokens())));
            events.add(event("message_stop"));
        }
        return events;
    }

    private boolean stopsShort() {
        return answer.finish() == Finish.CUT || answer.finish() == Finish.ERROR;
    }

    private static ObjectNode event(String type) {
        return Json.object().put("type", type);
    }

    private static ObjectNode block(String type, int index) {
        return event(type).put("index", index);
    }

    private static ObjectNode delta(int index, String type, String field, String text) {
        var delta = Json.object().put("type", type).put(field, text);
        return block("content_block_delta", index).set("delta", delta);
    }

    private static Piece now(ObjectNode event) {
        return Piece.now(frame(event));
    }

    private static Piece word(ObjectNode event) {
        return Piece.word(frame(event));
    }

    private static String frame(ObjectNode event) {
        return "event: " + Json.text(event, "type") + "\ndata: " + event + "\n\n";
    }
}
