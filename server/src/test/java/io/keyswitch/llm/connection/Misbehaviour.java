package io.keyswitch.llm.connection;

import io.keyswitch.testing.FakeProvider.Connection;
import java.io.IOException;

/** Faults of a provider, proxy or worker on a keep-alive connection. */
enum Misbehaviour {
    NONE {
        @Override
        void respond(Connection out, Response response) throws IOException {
            out.write(response.whole());
        }
    },
    INTERIM_100(100),
    INTERIM_102(102),
    INTERIM_103(103),
    INTERIM_104(104),
    INTERIM_150(150),
    INTERIM_199(199),
    EVERY_INTERIM_STATUS {
        @Override
        void respond(Connection out, Response response) throws IOException {
            for (int status = 100; status < 200; status++) {
                if (status != 101) {
                    out.write(interim(status));
                }
            }
            out.write(response.whole());
        }
    },
    DELAYED_INTERIMS {
        @Override
        void respond(Connection out, Response response) throws IOException, InterruptedException {
            out.write(interim(102));
            Thread.sleep(150);
            out.write(interim(102));
            Thread.sleep(150);
            out.write(response.whole());
        }
    },
    INTERIM_IN_PIECES {
        @Override
        void respond(Connection out, Response response) throws IOException, InterruptedException {
            for (var letter : interim(102).toCharArray()) {
                out.write(String.valueOf(letter));
                Thread.sleep(1);
            }
            out.write(response.whole());
        }
    },
    SWITCHING_PROTOCOLS {
        @Override
        void respond(Connection out, Response response) throws IOException {
            out.write("HTTP/1.1 101 X\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n" + response.whole());
        }
    },
    NO_CONTENT_WITH_BODY(204),
    RESET_CONTENT_WITH_BODY(205),
    NOT_MODIFIED_WITH_BODY(304),
    SURPLUS_BYTES {
        @Override
        void respond(Connection out, Response response) throws IOException {
            out.write(response.whole() + "surplus");
        }
    },
    SURPLUS_PARTIAL_STATUS_LINE {
        @Override
        void respond(Connection out, Response response) throws IOException {
            out.write(response.whole() + "HTTP/1.1 200 ");
        }
    },
    SECOND_RESPONSE {
        @Override
        void respond(Connection out, Response response) throws IOException {
            out.write(response.whole() + response.whole());
        }
    },
    SECOND_RESPONSE_20_MS_LATER(20L),
    SECOND_RESPONSE_90_MS_LATER(90L),
    SECOND_RESPONSE_300_MS_LATER(300L),
    SECOND_RESPONSE_AFTER_INTERIM {
        @Override
        void respond(Connection out, Response response) throws IOException, InterruptedException {
            out.write(response.whole());
            writeLater(20, "HTTP/1.1 102 X\r\n\r\n" + response.whole(), out);
        }
    },
    LENGTH_AND_CHUNKED {
        @Override
        void respond(Connection out, Response response) throws IOException {
            out.write("HTTP/1.1 200 X\r\nContent-Type: %s\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n%s"
                    .formatted(response.type(), response.chunked()));
        }
    },
    LENGTH_TOO_SMALL {
        @Override
        void respond(Connection out, Response response) throws IOException {
            out.write("HTTP/1.1 200 X\r\nContent-Type: %s\r\nContent-Length: 3\r\n\r\n%s"
                    .formatted(response.type(), response.body()));
        }
    },
    INVALID_CHUNK_SIZE {
        @Override
        void respond(Connection out, Response response) throws IOException {
            out.write("HTTP/1.1 200 X\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n%s"
                    .formatted(response.type(), response.whole()));
        }
    },
    LENGTH_TOO_LARGE {
        @Override
        void respond(Connection out, Response response) throws IOException, InterruptedException {
            out.write("HTTP/1.1 200 X\r\nContent-Type: %s\r\nContent-Length: 9999\r\n\r\n%s"
                    .formatted(response.type(), response.body()));
            Thread.sleep(100);
            out.write(response.whole());
        }
    },
    NOT_HTTP {
        @Override
        void respond(Connection out, Response response) throws IOException {
            out.write("hello\r\n\r\n" + response.whole());
        }
    },
    UNSUPPORTED_HTTP_VERSION {
        @Override
        void respond(Connection out, Response response) throws IOException {
            out.write(response.whole().replace("HTTP/1.1", "HTTP/3.0"));
        }
    },
    AFTER_THE_DEADLINE {
        @Override
        void respond(Connection out, Response response) throws IOException, InterruptedException {
            Thread.sleep(5_500);
            out.write(response.whole());
        }
    },
    CLOSES_CONNECTION {
        @Override
        void respond(Connection out, Response response) throws IOException {
            out.close();
        }
    },
    RESETS_CONNECTION {
        @Override
        void respond(Connection out, Response response) throws IOException {
            out.reset();
        }
    };

    /** The intended response. */
    record Response(String type, String body) {
        /** The correct response, with chunked encoding. */
        String whole() {
            return "HTTP/1.1 200 X\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n%s"
                    .formatted(type, chunked());
        }

        String chunked() {
            return "%x\r\n%s\r\n0\r\n\r\n".formatted(body.length(), body);
        }
    }

    /** How long a connection is not used again. */
    private static final long REST_MILLIS = 50;

    private final int status;
    private final long millis;

    Misbehaviour() {
        this(0, 0);
    }

    /** Sends this status before the correct response if it is an interim one, else a response with this status and a body. */
    Misbehaviour(int status) {
        this(status, 0);
    }

    /** Sends the response again after this many milliseconds. */
    Misbehaviour(long millis) {
        this(0, millis);
    }

    Misbehaviour(int status, long millis) {
        this.status = status;
        this.millis = millis;
    }

    /** Whether the client must receive the correct response despite the fault. */
    boolean isAllowed() {
        return this == NONE || name().contains("INTERIM");
    }

    /**
     * Whether the surplus response may arrive during the same user's next request on the connection. HTTP/1.1 cannot tell it
     * from the response to that request, which is why users never share a connection.
     */
    boolean mayReachTheSameUserAgain() {
        return millis >= REST_MILLIS;
    }

    void respond(Connection out, Response response) throws IOException, InterruptedException {
        if (status >= 200) {
            out.write("HTTP/1.1 %d X\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(status, response.type(), response.body().length(), response.body()));
        } else if (status != 0) {
            out.write(interim(status) + response.whole());
        } else {
            out.write(response.whole());
            writeLater(millis, response.whole(), out);
        }
    }

    /** Writes surplus bytes, but none late enough to reach another request when they were meant not to. */
    private static void writeLater(long millis, String surplus, Connection out)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Thread.sleep(millis);
        if (millis < REST_MILLIS && System.nanoTime() - start > REST_MILLIS * 1_000_000) {
            out.close();
        } else {
            out.write(surplus);
        }
    }

    private static String interim(int status) {
        return "HTTP/1.1 %d X\r\nX-Progress: half\r\n\r\n".formatted(status);
    }
}
