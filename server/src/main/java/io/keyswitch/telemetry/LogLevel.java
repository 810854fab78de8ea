package io.keyswitch.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** The least severe lines that are logged. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG;

    /** The logger of the access log, which has a setting of its own. */
    public static final String ACCESS = "io.keyswitch.access";

    /** Applies this level to the process. Details of libraries may contain what users send, and are never logged. */
    public void apply() {
        var level = Level.valueOf(name());
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLoggerList().stream()
                .filter(logger -> logger.getLevel() != null && level.isGreaterOrEqual(logger.getLevel()))
                .forEach(logger -> logger.setLevel(level));
        context.getLogger("io.keyswitch").setLevel(level);
        context.getLogger(ACCESS).setLevel(Level.INFO);
    }
}
