package io.keyswitch.testing;

import io.keyswitch.testing.Replay.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** Recorded answers of the test data, whichever are there, framed as their providers frame them. */
public final class Recordings {
    private static final String FIXTURES = "wire/fixtures";
    private static final Pattern STATUS = Pattern.compile("error-(\\d{3})");

    private Recordings() {}

    /** The recorded streams of chat completions, by their names below {@code wire/fixtures}. */
    public static List<String> streams() {
        return named(".*\\.(sse|chunks\\.txt)");
    }

    /** The recorded whole answers. */
    public static List<String> bodies() {
        return named("(?!.*/error-).*\\.json");
    }

    /** The recorded error answers. */
    public static List<String> errors() {
        return named(".*/error-.*\\.json");
    }

    /** Of the Responses API and of Firebase there are recordings, too, which no chat provider sends. */
    private static List<String> named(String pattern) {
        var root = TestData.path(FIXTURES);
        try (var files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.matches(pattern) && !name.matches("firebase.*|.*/responses-.*"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The wire format a recording is in. */
    public static String wire(String name) {
        var vendor = name.substring(0, name.indexOf('/'));
        return vendor.equals("anthropic") || vendor.equals("gemini") ? vendor : "openai";
    }

    /** A recorded answer as its provider sends it. */
    public static Recording read(String name) throws IOException {
        if (!name.endsWith(".json")) {
            return new Recording(200, "text/event-stream", latin1(framed(name)));
        }
        var status = STATUS.matcher(name);
        int code = status.find() ? Integer.parseInt(status.group(1)) : !name.contains("/error-") ? 200 : unnamed(name);
        return new Recording(
                code, "application/json", latin1(Files.readAllBytes(TestData.path(FIXTURES + "/" + name))));
    }

    /** The status of an error whose recording does not name it. */
    private static int unnamed(String name) {
        return name.contains("quota") || name.contains("rate") ? 429 : 400;
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The bytes of a recorded stream. */
    public static byte[] framed(String name) throws IOException {
        var recorded = Files.readString(TestData.path(FIXTURES + "/" + name));
        if (name.endsWith(".sse")) {
            return recorded.getBytes(StandardCharsets.UTF_8);
        }
        var wire = wire(name);
        var stream = new StringBuilder();
        for (var line : recorded.lines().filter(line -> !line.isBlank()).toList()) {
            if (wire.equals("anthropic")) {
                stream.append("event: ")
                        .append(TestApp.parse(line).path("type").stringValue())
                        .append('\n');
            }
            stream.append("data: ").append(line).append(wire.equals("gemini") ? "\r\n\r\n" : "\n\n");
        }
        if (wire.equals("openai")) {
            stream.append("data: [DONE]\n\n");
        }
        return stream.toString().getBytes(StandardCharsets.UTF_8);
    }
}
