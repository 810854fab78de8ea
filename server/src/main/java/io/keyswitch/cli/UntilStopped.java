package io.keyswitch.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/** Blocks until the process is asked to stop, then closes the command's resources. */
final class UntilStopped {
    private UntilStopped() {}

    static void await(PrintWriter err, AutoCloseable... running) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            err.println("Stopping once in-flight answers have ended, or after timeouts.drain.");
            err.flush();
            close(running);
        }));
        new CountDownLatch(1).await();
    }

    private static void close(AutoCloseable... running) {
        var failed = new IllegalStateException("failed to stop cleanly");
        for (var one : running) {
            try {
                one.close();
            } catch (Exception e) {
                failed.addSuppressed(e);
            }
        }
        if (failed.getSuppressed().length > 0) {
            throw failed;
        }
    }
}
