package io.keyswitch.simulator;

import io.keyswitch.simulator.Reply.Ending;
import io.keyswitch.simulator.Reply.Piece;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;

/**
 * Sends one reply at its pace and with backpressure; stops when the client disconnects.
 * Runs on the event loop of the request.
 */
final class Delivery {
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Reply reply;
    private final long wordMillis;
    private long timer = NO_TIMER;
    private boolean draining;
    private boolean stopped;

    Delivery(Vertx vertx, HttpServerRequest request, Reply reply, Duration wordPause) {
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        this.reply = reply;
        this.wordMillis = switch (reply.pace()) {
            case USUAL -> wordPause.toMillis();
            case ONE_SECOND_A_WORD -> 1000;
        };
    }

    void start() {
        response.closeHandler(_ -> stop());
        response.exceptionHandler(_ -> stop());
        if (reply.ending() == Ending.NEVER) {
            return;
        }
        response.setStatusCode(reply.status());
        reply.headers().forEach((name, value) -> response.putHeader(name, value));
        if (reply.streamed() || reply.ending() != Ending.COMPLETE) {
            response.setChunked(true).writeHead();
        }
        advance();
    }

    private void advance() {
        while (!stopped && reply.pieces().hasNext()) {
            if (response.writeQueueFull()) {
                awaitDrain();
                return;
            }
            var piece = reply.pieces().next();
            var millis = piece.words() * wordMillis;
            if (millis > 0) {
                timer = vertx.setTimer(millis, _ -> {
                    timer = NO_TIMER;
                    send(piece);
                    advance();
                });
                return;
            }
            send(piece);
        }
        if (!stopped) {
            finish();
        }
    }

    private void awaitDrain() {
        draining = true;
        response.drainHandler(_ -> {
            if (draining) {
                draining = false;
                advance();
            }
        });
    }

    private void send(Piece piece) {
        if (response.isChunked()) {
            response.write(piece.text());
        } else {
            response.end(piece.text());
        }
    }

    private void finish() {
        switch (reply.ending()) {
            case COMPLETE -> {
                if (!response.ended()) {
                    response.end();
                }
            }
            case CUT -> hangUp();
            case SILENT, NEVER -> {}
        }
    }

    private void hangUp() {
        if (request.version() == HttpVersion.HTTP_2) {
            response.reset();
        } else {
            request.connection().close();
        }
    }

    private void stop() {
        stopped = true;
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
    }
}
