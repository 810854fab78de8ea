package io.keyswitch.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A way from the load to the provider.
 *
 * @param headers of its requests, beside the usual ones
 */
record Subject(String name, int port, ProcessHandle process, Map<String, String> headers) {
    /** What is asked of the provider. */
    enum Ask {
        PLAIN("m-1", false, 1_000),
        LONG("m-1", false, 100_000),
        STREAM("m-1", true, 1_000),
        PACED(MockProvider.PACED, true, 1_000);

        private final String model;
        private final boolean streamed;
        private final int size;

        Ask(String model, boolean streamed, int size) {
            this.model = model;
            this.streamed = streamed;
            this.size = size;
        }

        private String body() {
            var head = """
                    {"model":"%s","stream":%b,"temperature":0.7,"messages":[{"role":"system","content":"Be kind."}""".formatted(model, streamed);
            var turn = """
                    ,{"role":"user","content":"What can you do for me today? Say it in a few words, please."},{"role":"assistant","content":"I can answer questions, \\"quote\\" people, and write code:\\nint a = 1;"}""";
            var last = ",{\"role\":\"user\",\"content\":\"And what else?\"}]}";
            int turns = Math.max(1, (size - head.length() - last.length()) / turn.length());
            return head + turn.repeat(turns) + last;
        }
    }

    /** The bytes of a request. */
    ByteBuffer request(Ask ask) {
        var body = ask.body().getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nContent-Type: application/json\r\nAccept: */*\r\nUser-Agent: bench\r\nContent-Length: "
                + body.length + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        var bytes = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(bytes.length + body.length)
                .put(bytes)
                .put(body)
                .flip()
                .asReadOnlyBuffer();
    }
}
