package io.keyswitch.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import io.keyswitch.core.Json;
import java.util.Arrays;
import tools.jackson.databind.node.ObjectNode;

/**
 * Encodes each event as a JSON object on one line, with the ID of the request that the thread handles. Exceptions have their class and stack trace but no message, because
 * messages of libraries may contain sent or received data, including keys.
 */
public final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};

    /** Called by Logback. */
    public JsonLines() {}

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = Json.object()
                .put("time", event.getInstant().toString())
                .put("level", event.getLevel().toString())
                .put("logger", event.getLoggerName())
                .put("thread", event.getThreadName())
                .put("message", event.getFormattedMessage());
        var request = CurrentRequest.current().id();
        if (!request.isEmpty()) {
            line.put("request", request);
        }
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> line.putPOJO(pair.key, pair.value));
        }
        if (event.getThrowableProxy() != null) {
            describe(event.getThrowableProxy(), line.putObject("exception"));
        }
        var json = Json.bytes(line);
        var bytes = Arrays.copyOf(json, json.length + 1);
        bytes[json.length] = '\n';
        return bytes;
    }

    private static void describe(IThrowableProxy thrown, ObjectNode into) {
        into.put("class", thrown.getClassName());
        var trace = into.putArray("trace");
        for (StackTraceElementProxy step : thrown.getStackTraceElementProxyArray()) {
            trace.add(step.getStackTraceElement().toString());
        }
        // Terminates, because Logback omits circular causes.
        if (thrown.getCause() != null) {
            describe(thrown.getCause(), into.putObject("cause"));
        }
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
