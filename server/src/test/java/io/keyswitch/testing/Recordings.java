package io.keyswitch.testing;

import io.keyswitch.testing.Replay.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** The recorded provider responses in the test data, framed as their providers send them. */
public final class Recordings {
    private static final String FIXTURES = "wire/fixtures";
    private static final Pattern STATUS = Pattern.compile("error-(\\d{3})");

    private Recordings() {}

    /** The recorded chat completion streams, as paths below {@code wire/fixtures}. */
    public static List<String> streams() {
        return named(".*\\.(sse|chunks\\.txt)");
    }

    /** The recorded non-streaming responses. */
    public static List<String> bodies() {
        return named("(?!.*/error-).*\\.json");
    }

    /** The recorded error responses. */
    public static List<String> errors() {
        return named(".*/error-.*\\.json");
    }

    /** Excludes recordings of the Responses API and of Firebase, which chat providers do not send. */
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

    /** The wire format of a recording. */
    public static String wire(String name) {
        var vendor = name.substring(0, name.indexOf('/'));
        return vendor.equals("anthropic") || vendor.equals("gemini") ? vendor : "openai";
    }

    /** Reads a recording as the response that its provider sends. */
    public static Recording read(String name) throws IOException {
        if (!name.endsWith(".json")) {
            return new Recording(200, "text/event-stream", latin1(framed(name)));
        }
        var status = STATUS.matcher(name);
        int code = status.find() ? Integer.parseInt(status.group(1)) : !name.contains("/error-") ? 200 : unnamed(name);
        return new Recording(
                code, "application/json", latin1(Files.readAllBytes(TestData.path(FIXTURES + "/" + name))));
    }

    /** The HTTP status of a recorded error whose file name has none. */
    private static int unnamed(String name) {
        return name.contains("quota") || name.contains("rate") ? 429 : 400;
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The bytes of a recorded stream, with SSE framing. */
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
