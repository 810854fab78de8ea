package io.keyswitch.process;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a task again and again on a thread of its own, with a pause after each run. */
public final class Regularly implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Regularly.class);
    private static final Duration LAST_RUN = Duration.ofSeconds(5);

    private final Thread thread;

    private Regularly(Thread thread) {
        this.thread = thread;
    }

    /** Starts with a run at once. A task that fails is run again like one that does not. */
    public static Regularly run(String name, Duration pause, Runnable task) {
        return new Regularly(Thread.ofVirtual().name(name).start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOG.debug("{} failed: {}", name, e.getClass().getName());
                }
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }
        }));
    }

    /** Ends the runs; waits for one that is under way. */
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
