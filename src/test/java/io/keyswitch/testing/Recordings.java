package io.keyswitch.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Recorded streams of the test data, framed as their providers frame them. */
public final class Recordings {
    private Recordings() {}

    /** The bytes of a stream, from its file below {@code wire/fixtures}. */
    public static byte[] framed(String file) throws IOException {
        var recorded = Files.readString(TestData.path("wire/fixtures/" + file));
        if (file.endsWith(".sse")) {
            return recorded.getBytes(StandardCharsets.UTF_8);
        }
        boolean anthropic = file.startsWith("anthropic");
        boolean gemini = file.startsWith("gemini");
        var stream = new StringBuilder();
        for (var line : recorded.lines().filter(line -> !line.isBlank()).toList()) {
            if (anthropic) {
                stream.append("event: ")
                        .append(TestApp.parse(line).path("type").stringValue())
                        .append('\n');
            }
            stream.append("data: ").append(line).append(gemini ? "\r\n\r\n" : "\n\n");
        }
        if (!anthropic && !gemini) {
            stream.append("data: [DONE]\n\n");
        }
        return stream.toString().getBytes(StandardCharsets.UTF_8);
    }
}
