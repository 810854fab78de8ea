package io.keyswitch.testing;

import io.keyswitch.core.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * How the native Firebase SDKs read the stream of a callable function: which lines they take, and what they reject. Follows
 * Functions.swift of firebase-ios-sdk and PublisherStream.kt of firebase-android-sdk (2026).
 */
public enum NativeSdk {
    /** Reads lines as Swift's AsyncLineSequence, which skips empty ones; each must be one event. */
    IOS("\r\n|[\n\r\u000b\u000c\u0085\u2028\u2029]") {
        @Override
        List<String> events(List<String> lines) {
            return lines.stream()
                    .filter(line -> !line.isEmpty())
                    .map(line -> {
                        if (!line.startsWith(DATA)) {
                            throw new Rejected("Unexpected format for streamed response: " + line);
                        }
                        return line.substring(DATA.length());
                    })
                    .toList();
        }
    },
    /** Reads lines as Java's BufferedReader; each blank line ends an event, which must be JSON. */
    ANDROID("\r\n|[\n\r]") {
        @Override
        List<String> events(List<String> lines) {
            var events = new ArrayList<String>();
            var event = new StringBuilder();
            for (var line : lines) {
                if (line.isBlank()) {
                    events.add(event.toString());
                    event.setLength(0);
                } else if (line.startsWith(DATA)) {
                    event.append(line.substring(DATA.length()).strip()).append('\n');
                }
            }
            return events;
        }
    };

    /** The SDK gives up on the stream. */
    public static final class Rejected extends RuntimeException {
        private static final long serialVersionUID = 1;

        Rejected(String why) {
            super(why);
        }
    }

    /**
     * What an app gets of a stream.
     *
     * @param last the result or the error; a missing node if the app waits forever
     */
    public record Received(List<JsonNode> messages, JsonNode last) {}

    private static final String DATA = "data:";

    private final Pattern lineEnd;

    NativeSdk(String lineEnd) {
        this.lineEnd = Pattern.compile(lineEnd);
    }

    abstract List<String> events(List<String> lines);

    /**
     * Reads the whole body of a response.
     *
     * @throws Rejected if the SDK reports its own error in place of the server's answer
     */
    public Received read(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        // A line that nothing ends is none for Android; iOS would read it, but the server ends every line.
        var lines = List.of(lineEnd.split(text, -1));
        var messages = new ArrayList<JsonNode>();
        for (var event : events(lines.subList(0, lines.size() - 1))) {
            var json = Json.readFromProvider(event);
            if (json == null || !json.isObject()) {
                throw new Rejected("Invalid JSON: " + event);
            }
            if (json.has("error")) {
                return new Received(messages, json.path("error"));
            }
            if (json.hasNonNull("result")) {
                return new Received(messages, json.path("result"));
            }
            if (!json.has("message")) {
                throw new Rejected("Response is missing result or message field.");
            }
            messages.add(json.path("message"));
        }
        return new Received(messages, Json.object().path("missing"));
    }
}
