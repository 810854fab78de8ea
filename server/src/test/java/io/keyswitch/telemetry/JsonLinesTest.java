package io.keyswitch.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.keyswitch.testing.TestApp;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    private static String line(String message, Throwable thrown) {
        Logger logger = new LoggerContext().getLogger("some.library");
        var event = new LoggingEvent("caller", logger, Level.ERROR, message, thrown, new Object[0]);
        return new String(new JsonLines().encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void anEventIsOneJsonObjectOnOneLineForAnyMessage() {
        var line = line("a\nb\r\n{\"level\":\"INFO\"}\u2028\0", new IllegalStateException());
        assertThat(line).endsWith("\n");
        assertThat(line.strip()).doesNotContain("\n").doesNotContain("\r");
        assertThat(TestApp.parse(line).path("message").stringValue()).isEqualTo("a\nb\r\n{\"level\":\"INFO\"}\u2028\0");
        assertThat(TestApp.parse(line).path("level").stringValue()).isEqualTo("ERROR");
    }

    @Test
    void exceptionsAreLoggedWithClassAndTraceButWithoutMessage() {
        var thrown = new IllegalStateException(
                "unexpected bytes: sk-secret", new IllegalArgumentException("Authorization: Bearer sk-secret"));
        var line = line("Unhandled exception", thrown);
        assertThat(line).doesNotContain("sk-secret");
        var exception = TestApp.parse(line).path("exception");
        assertThat(exception.path("class").stringValue()).isEqualTo("java.lang.IllegalStateException");
        assertThat(exception.path("trace").get(0).stringValue()).contains("JsonLinesTest");
        assertThat(exception.path("cause").path("class").stringValue()).isEqualTo("java.lang.IllegalArgumentException");
    }
}
