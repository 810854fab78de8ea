package io.keyswitch.sql;

import io.keyswitch.telemetry.LimitedLog;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/** Looks into a database again and again on a thread of its own, with a pause after each run. */
public final class Regularly implements AutoCloseable {
    private static final Duration LAST_RUN = Duration.ofSeconds(5);

    private final Thread thread;

    private Regularly(Thread thread) {
        this.thread = thread;
    }

    /** Starts with a run at once. A task that fails is run again like one that does not. */
    public static Regularly run(String name, Duration pause, Runnable task) {
        var log = new LimitedLog(LoggerFactory.getLogger(Regularly.class), 1);
        return new Regularly(Thread.ofVirtual().name(name).start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    task.run();
                } catch (DatabaseUnavailableException _) {
                    // Logged by the database.
                } catch (Throwable e) {
                    // Errors too: others rely on the next run.
                    log.error("{} failed: {}", name, e.getClass().getName());
                }
                pause(pause);
            }
        }));
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the runs; waits for one that is in progress. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            var _ = thread.join(LAST_RUN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
