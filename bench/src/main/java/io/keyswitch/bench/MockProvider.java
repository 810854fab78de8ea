package io.keyswitch.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A provider that answers from memory, in a process of its own: whole answers, streams that are sent at once, and streams with a
 * frame every 50 ms that says when it was sent. {@code MockProvider PORT}; the model in the request says which. Speaks the wire
 * formats of OpenAI, Anthropic and Gemini, as far as gateways send requests.
 */
final class MockProvider {
    /** The mark before the time of a frame; it stands nowhere else in an answer. */
    static final byte TIME = '@';
    /** The model whose streams are paced. */
    static final String PACED = "m-paced";

    static final int FRAMES_AT_ONCE = 50;
    /** Frames of a paced stream, and their distance. */
    static final int PACED_FRAMES = 200;

    static final long PACE = TimeUnit.MILLISECONDS.toNanos(50);

    private static final byte[] HEAD_END = bytes("\r\n\r\n");
    private static final byte[] LAST_CHUNK = bytes("0\r\n\r\n");
    private static final byte[] STREAM = bytes("\"stream\":true");
    private static final byte[] STREAM_SPACED = bytes("\"stream\": true");
    private static final String TEXT = "Hello there, what can I do for you today? ".repeat(16);

    private final Selector selector = Selector.open();
    /** Streams by the time of their next frame: all have the same pace, so that they stay in order. */
    private final Queue<Stream> paced = new ArrayDeque<>();

    private MockProvider(int port) throws IOException {
        var server =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4096);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    public static void main(String... arguments) throws IOException {
        new MockProvider(Integer.parseInt(arguments[0])).serve();
    }

    /** How a wire format frames its answers. */
    private static final class Format {
        private static final List<Format> ALL = List.of(
                new Format("/chat/completions", openAiWhole(), "", MockProvider::openAiFrame, openAiEnd()),
                new Format(
                        "/messages", anthropicWhole(), anthropicBegin(), MockProvider::anthropicFrame, anthropicEnd()),
                new Format("enerateContent", geminiWhole(), "", MockProvider::geminiFrame, geminiEnd()));

        private final String path;
        private final byte[] whole;
        private final String begin;
        private final UnaryOperator<String> frame;
        private final String end;
        private final byte[] frames;
        private final byte[] stream;

        Format(String path, String whole, String begin, UnaryOperator<String> frame, String end) {
            this.path = path;
            this.whole = whole(whole);
            this.begin = begin;
            this.frame = frame;
            this.end = end;
            this.frames = bytes(begin + frame.apply("word ").repeat(FRAMES_AT_ONCE) + end);
            this.stream = concat(streamHead(), chunk(frames), LAST_CHUNK);
        }

        static @Nullable Format of(String path) {
            return ALL.stream()
                    .filter(format -> path.contains(format.path))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** A stream of {@value #FRAMES_AT_ONCE} frames that answers a request for a path. */
    static byte[] stream(String path) {
        return Objects.requireNonNull(Format.of(path)).frames.clone();
    }

    private static String openAiWhole() {
        return """
                {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"m-1","choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":11,"completion_tokens":10,"total_tokens":21}}""".formatted(TEXT);
    }

    private static String openAiFrame(String text) {
        return """
                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m-1","choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":null}]}

                """.formatted(text);
    }

    private static String openAiEnd() {
        return """
                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                data: [DONE]

                """;
    }

    private static String anthropicWhole() {
        return """
                {"id":"msg_1","type":"message","role":"assistant","model":"m-1","content":[{"type":"text","text":"%s"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":11,"output_tokens":10}}""".formatted(TEXT);
    }

    private static String anthropicBegin() {
        return """
                event: message_start
                data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m-1","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":11,"output_tokens":1}}}

                event: content_block_start
                data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

                """;
    }

    private static String anthropicFrame(String text) {
        return """
                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"%s"}}

                """.formatted(text);
    }

    private static String anthropicEnd() {
        return """
                event: content_block_stop
                data: {"type":"content_block_stop","index":0}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":50}}

                event: message_stop
                data: {"type":"message_stop"}

                """;
    }

    private static String geminiWhole() {
        return """
                {"candidates":[{"content":{"parts":[{"text":"%s"}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":11,"candidatesTokenCount":10,"totalTokenCount":21}}""".formatted(TEXT);
    }

    private static String geminiFrame(String text) {
        return """
                data: {"candidates":[{"content":{"parts":[{"text":"%s"}],"role":"model"},"index":0}]}

                """.formatted(text);
    }

    private static String geminiEnd() {
        return """
                data: {"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":11,"candidatesTokenCount":50,"totalTokenCount":61}}

                """;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[]... parts) {
        var all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (var part : parts) {
            all.put(part);
        }
        return all.array();
    }

    private static byte[] whole(String json) {
        var body = bytes(json);
        return concat(
                bytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\n\r\n"),
                body);
    }

    private static byte[] streamHead() {
        return bytes("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    private static byte[] chunk(byte[] data) {
        return concat(bytes(Integer.toHexString(data.length) + "\r\n"), data, bytes("\r\n"));
    }

    private void serve() throws IOException {
        while (true) {
            var first = paced.peek();
            long wait =
                    first == null ? 1_000 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(first.due - System.nanoTime()));
            if (first != null && first.due - System.nanoTime() <= 0) {
                selector.selectNow();
            } else {
                selector.select(wait);
            }
            for (var key : selector.selectedKeys()) {
                handle(key);
            }
            selector.selectedKeys().clear();
            sendDueFrames();
        }
    }

    private void handle(SelectionKey key) throws IOException {
        if (key.channel() instanceof ServerSocketChannel server) {
            for (var channel = server.accept(); channel != null; channel = server.accept()) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new Peer(channel));
            }
        } else if (key.attachment() instanceof Peer peer) {
            try {
                peer.read();
            } catch (IOException _) {
                // The peer is gone; its streams end at their next frame.
                peer.channel.close();
            }
        }
    }

    private void sendDueFrames() throws IOException {
        long now = System.nanoTime();
        for (var stream = paced.peek(); stream != null && stream.due - now <= 0; stream = paced.peek()) {
            paced.remove();
            if (stream.sendFrame()) {
                paced.add(stream);
            }
        }
    }

    /** A paced stream. */
    private static final class Stream {
        private final Peer peer;
        private final Format format;
        private long due = System.nanoTime() + PACE;
        private int sent;

        Stream(Peer peer, Format format) {
            this.peer = peer;
            this.format = format;
        }

        /** Whether more frames follow. */
        boolean sendFrame() throws IOException {
            boolean last = ++sent == PACED_FRAMES;
            var text = "@" + System.nanoTime() + " ";
            var frame = format.frame.apply(text) + (last ? format.end : "");
            due += PACE;
            try {
                peer.write(chunk(bytes(frame)));
                if (last) {
                    peer.write(LAST_CHUNK);
                }
                return !last;
            } catch (IOException _) {
                peer.channel.close();
                return false;
            }
        }
    }

    /** A connection of a gateway. */
    private final class Peer {
        private final SocketChannel channel;
        private ByteBuffer received = ByteBuffer.allocate(1 << 13);

        Peer(SocketChannel channel) {
            this.channel = channel;
        }

        void read() throws IOException {
            if (!received.hasRemaining()) {
                received = ByteBuffer.allocate(received.capacity() * 2).put(received.flip());
            }
            if (channel.read(received) < 0) {
                channel.close();
                return;
            }
            for (int length = requestLength(); length > 0; length = requestLength()) {
                answer(Arrays.copyOf(received.array(), length));
                received.flip().position(length);
                received.compact();
            }
        }

        /** The length of the complete request that was received; 0 while it is incomplete. */
        private int requestLength() {
            int head = indexOf(received.array(), received.position(), HEAD_END);
            if (head < 0) {
                return 0;
            }
            int body = head + HEAD_END.length;
            var lines = new String(received.array(), 0, head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
            int length = lines.indexOf("\r\ncontent-length:");
            if (length >= 0) {
                int end = lines.indexOf('\r', length + 2);
                var digits = lines.substring(length + "\r\ncontent-length:".length(), end < 0 ? lines.length() : end);
                int all = body + Integer.parseInt(digits.strip());
                return received.position() >= all ? all : 0;
            }
            if (lines.contains("transfer-encoding: chunked")) {
                int last = indexOf(received.array(), received.position(), LAST_CHUNK);
                return last < 0 ? 0 : last + LAST_CHUNK.length;
            }
            return body;
        }

        private void answer(byte[] request) throws IOException {
            var path = new String(request, 0, Math.min(256, request.length), StandardCharsets.ISO_8859_1)
                    .lines()
                    .findFirst()
                    .orElse("");
            var format = Format.of(path);
            if (format == null) {
                write(whole("{\"object\":\"list\",\"data\":[{\"id\":\"m-1\"},{\"id\":\"m-paced\"}],\"models\":[]}"));
                return;
            }
            boolean streamed = path.contains("streamGenerate")
                    || indexOf(request, request.length, STREAM) >= 0
                    || indexOf(request, request.length, STREAM_SPACED) >= 0;
            if (!streamed) {
                write(format.whole);
            } else if (indexOf(request, request.length, bytes(PACED)) >= 0) {
                write(streamHead());
                if (!format.begin.isEmpty()) {
                    write(chunk(bytes(format.begin)));
                }
                paced.add(new Stream(this, format));
            } else {
                write(format.stream);
            }
        }

        private void write(byte[] bytes) throws IOException {
            var out = ByteBuffer.wrap(bytes);
            for (int tries = 0; out.hasRemaining(); tries++) {
                channel.write(out);
                if (tries > 1_000) {
                    throw new IOException("the peer does not read");
                }
            }
        }
    }

    private static int indexOf(byte[] bytes, int length, byte[] sought) {
        for (int at = 0; at <= length - sought.length; at++) {
            if (bytes[at] == sought[0] && Arrays.equals(bytes, at, at + sought.length, sought, 0, sought.length)) {
                return at;
            }
        }
        return -1;
    }
}
