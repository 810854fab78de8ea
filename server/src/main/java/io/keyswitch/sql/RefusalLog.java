package io.keyswitch.sql;

import io.keyswitch.telemetry.LimitedLog;
import java.sql.SQLException;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteException;

/**
 * Logs database errors, at most one a minute. Logs only the database's result code, because messages may contain the values
 * of a statement. Thread-safe.
 */
final class RefusalLog {
    private final LimitedLog log = new LimitedLog(LoggerFactory.getLogger(RefusalLog.class), 1);

    void changeRefused(Throwable failure) {
        log.error("database write failed and was not acknowledged: {}", reason(failure));
    }

    void readFailed(Throwable failure) {
        log.error("database read failed: {}", reason(failure));
    }

    private static String reason(Throwable failure) {
        var root = failure;
        while (root.getCause() != null && !(root instanceof SQLException)) {
            root = root.getCause();
        }
        return switch (root) {
            case SQLiteException sqlite -> sqlite.getResultCode().name();
            case SQLException sql when sql.getSQLState() != null -> "SQLSTATE " + sql.getSQLState();
            default -> root.getClass().getName();
        };
    }
}
