package io.keyswitch.sql;

import io.keyswitch.telemetry.LimitedLog;
import java.sql.SQLException;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteException;

/**
 * Logs once a minute why the database refused something. SQLite's result code alone: messages may quote the statement with its
 * values. Thread-safe.
 */
final class RefusalLog {
    private final LimitedLog log = new LimitedLog(LoggerFactory.getLogger(RefusalLog.class), 1);

    void changeRefused(Throwable failure) {
        log.error("the database refused a change, which was not acknowledged: {}", reason(failure));
    }

    void readFailed(Throwable failure) {
        log.error("the database could not be read: {}", reason(failure));
    }

    private static String reason(Throwable failure) {
        var root = failure;
        while (root.getCause() != null && !(root instanceof SQLException)) {
            root = root.getCause();
        }
        return root instanceof SQLiteException sqlite
                ? sqlite.getResultCode().name()
                : root.getClass().getSimpleName();
    }
}
