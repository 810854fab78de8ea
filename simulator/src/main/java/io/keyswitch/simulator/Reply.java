package io.keyswitch.simulator;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A response and the way it is delivered.
 *
 * @param streamed whether the body is sent in chunks instead of as a whole
 */
record Reply(
        int status, Map<String, String> headers, boolean streamed, Iterator<Piece> pieces, Ending ending, Pace pace) {
    private static final String JSON = "application/json";

    /** How a reply ends. */
    enum Ending {
        /** The body is sent completely. */
        COMPLETE,
        /** The connection is closed before the body is complete. */
        CUT,
        /** Only the head is sent; the connection stays open. */
        SILENT,
        /** Not even the head is sent. */
        NEVER
    }

    /** The delay per word. */
    enum Pace {
        USUAL,
        ONE_SECOND_A_WORD
    }

    /**
     * A part of the body.
     *
     * @param words the number of word delays before it is sent
     */
    record Piece(String text, int words) {
        static Piece now(String text) {
            return new Piece(text, 0);
        }

        static Piece word(String text) {
            return new Piece(text, 1);
        }
    }

    /** A JSON body, sent without delay. */
    static Reply json(int status, JsonNode body) {
        return json(status, Map.of(), body);
    }

    /** A JSON body with headers, sent without delay. */
    static Reply json(int status, Map<String, String> headers, JsonNode body) {
        return whole(status, headers, new Piece(body.toString(), 0), Ending.COMPLETE, Pace.USUAL);
    }

    /** A streamed body. */
    static Reply stream(String contentType, Map<String, String> headers, Stream<Piece> pieces, Script script) {
        return new Reply(
                200,
                with(headers, "Content-Type", contentType),
                true,
                script.ending() == Ending.COMPLETE || script.ending() == Ending.CUT
                        ? pieces.iterator()
                        : List.<Piece>of().iterator(),
                script.ending(),
                script.pace());
    }

    /** A JSON body, sent after the delays of all its words. */
    static Reply answer(Map<String, String> headers, JsonNode body, Script script) {
        var text = body.toString();
        var words = script.words();
        return switch (script.ending()) {
            case COMPLETE -> whole(200, headers, new Piece(text, words), Ending.COMPLETE, script.pace());
            case CUT -> {
                var half = new Piece(text.substring(0, text.length() / 2), words);
                yield whole(200, headers, half, Ending.CUT, script.pace());
            }
            case SILENT, NEVER ->
                new Reply(
                        200,
                        with(headers, "Content-Type", JSON),
                        false,
                        List.<Piece>of().iterator(),
                        script.ending(),
                        script.pace());
        };
    }

    private static Reply whole(int status, Map<String, String> headers, Piece body, Ending ending, Pace pace) {
        return new Reply(
                status,
                with(headers, "Content-Type", JSON),
                false,
                List.of(body).iterator(),
                ending,
                pace);
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        var all = new HashMap<>(headers);
        all.putIfAbsent(name, value);
        return Map.copyOf(all);
    }

    /** The length of an answer in words, its ending and pace. */
    record Script(int words, Ending ending, Pace pace) {}
}
