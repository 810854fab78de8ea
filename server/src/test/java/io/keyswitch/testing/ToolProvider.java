package io.keyswitch.testing;

import io.keyswitch.testing.FakeProvider.Connection;
import io.keyswitch.testing.FakeProvider.Seen;
import java.io.IOException;

/**
 * A provider for all wire formats, with and without streaming. Depending on the request it sends a greeting; two tool calls,
 * one without arguments, if tools are offered; an answer to tool results, an image or a JSON schema; or a 429 error.
 */
public final class ToolProvider {
    private enum Kind {
        GREETING,
        CALLS,
        RESULTS,
        IMAGE,
        STRUCTURED,
        REFUSAL
    }

    private ToolProvider() {}

    /** Starts the provider, with its wire formats below {@code /openai}, {@code /anthropic} and {@code /gemini}. */
    public static FakeProvider start() {
        return FakeProvider.answering(ToolProvider::answer);
    }

    private static void answer(Seen request, Connection out) throws IOException {
        if (request.method().equals("GET")) {
            out.json(200, "{\"data\":[],\"models\":[]}");
            return;
        }
        var kind = kind(request.body());
        if (kind == Kind.REFUSAL) {
            out.json(429, "{\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\"}}", "Retry-After: 7");
        } else if (request.path().startsWith("/openai")) {
            openAi(kind, request.body().contains("\"stream\":true"), out);
        } else if (request.path().startsWith("/anthropic")) {
            anthropic(kind, out);
        } else {
            gemini(kind, out);
        }
    }

    private static Kind kind(String body) {
        if (body.contains("tool_call_id") || body.contains("tool_result") || body.contains("functionResponse")) {
            return Kind.RESULTS;
        }
        if (body.contains("get_weather")) {
            return Kind.CALLS;
        }
        if (body.contains("image/png")) {
            return Kind.IMAGE;
        }
        if (body.contains("json_schema") || body.contains("responseJsonSchema")) {
            return Kind.STRUCTURED;
        }
        return body.contains("\"fail\"") ? Kind.REFUSAL : Kind.GREETING;
    }

    private static String text(Kind kind) {
        return switch (kind) {
            case RESULTS -> "Sunny, at noon.";
            case IMAGE -> "A single pixel.";
            case STRUCTURED -> "{\\\"city\\\":\\\"Paris\\\"}";
            case GREETING, CALLS, REFUSAL -> "Hello there.";
        };
    }

    private static void openAi(Kind kind, boolean streamed, Connection out) throws IOException {
        var usage = "{\"prompt_tokens\":11,\"completion_tokens\":4,\"total_tokens\":15}";
        var calls = """
                [{"index":0,"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\\"city\\":\\"Paris\\"}"}},\
                {"index":1,"id":"call_2","type":"function","function":{"name":"get_time","arguments":"{}"}}]""";
        var finish = kind == Kind.CALLS ? "tool_calls" : "stop";
        var message = kind == Kind.CALLS
                ? "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":" + calls + "}"
                : "{\"role\":\"assistant\",\"content\":\"" + text(kind) + "\"}";
        if (streamed) {
            out.stream()
                    .write(chunk(message, "null"))
                    .write(chunk("{}", "\"" + finish + "\""))
                    .write(
                            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],\"usage\":"
                                    + usage + "}\n\ndata: [DONE]\n\n");
        } else {
            out.json(
                    200,
                    "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":"
                            + message + ",\"finish_reason\":\"" + finish + "\"}],\"usage\":" + usage + "}");
        }
    }

    private static String chunk(String delta, String finish) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
    }

    private static void anthropic(Kind kind, Connection out) throws IOException {
        out.stream();
        event(out, "message_start", "\"message\":{\"usage\":{\"input_tokens\":11,\"output_tokens\":1}}");
        if (kind == Kind.CALLS) {
            call(out, 0, "get_weather", "{\\\"city\\\":", "\\\"Paris\\\"}");
            call(out, 1, "get_time", "");
        } else {
            event(out, "content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
            event(
                    out,
                    "content_block_delta",
                    "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text(kind) + "\"}");
            event(out, "content_block_stop", "\"index\":0");
        }
        event(
                out,
                "message_delta",
                "\"delta\":{\"stop_reason\":\"" + (kind == Kind.CALLS ? "tool_use" : "end_turn")
                        + "\"},\"usage\":{\"output_tokens\":4}");
        event(out, "message_stop", "\"x\":1");
    }

    private static void call(Connection out, int index, String name, String... pieces) throws IOException {
        event(
                out,
                "content_block_start",
                "\"index\":%d,\"content_block\":{\"type\":\"tool_use\",\"id\":\"toolu_%1$d\",\"name\":\"%s\",\"input\":{}}"
                        .formatted(index, name));
        for (var piece : pieces) {
            event(
                    out,
                    "content_block_delta",
                    "\"index\":%d,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"%s\"}"
                            .formatted(index, piece));
        }
        event(out, "content_block_stop", "\"index\":" + index);
    }

    private static void event(Connection out, String type, String fields) throws IOException {
        out.write("event: %s\ndata: {\"type\":\"%1$s\",%s}\n\n".formatted(type, fields));
    }

    private static void gemini(Kind kind, Connection out) throws IOException {
        var parts = kind == Kind.CALLS ? """
                {"functionCall":{"name":"get_weather","args":{"city":"Paris"}},"thoughtSignature":"c2ln"},\
                {"functionCall":{"name":"get_time","args":{}}}""" : "{\"text\":\"" + text(kind) + "\"}";
        out.stream()
                .write(
                        ("data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[%s]},\"finishReason\":\"STOP\"}],"
                                        + "\"usageMetadata\":{\"promptTokenCount\":11,\"candidatesTokenCount\":4,\"totalTokenCount\":15}}\r\n\r\n")
                                .formatted(parts));
    }
}
