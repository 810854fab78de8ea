package io.keyswitch;

import io.keyswitch.cli.KeyswitchCommand;
import org.slf4j.LoggerFactory;

/** The entry point: arguments in, exit code out. */
public final class Main {
    private Main() {}

    /** Runs a command and exits with its code: 0 success, 1 failure, 2 invalid arguments or settings. */
    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) ->
                LoggerFactory.getLogger(Main.class).error("uncaught exception in thread {}", thread.getName(), thrown));
        System.exit(KeyswitchCommand.execute(App::start, arguments));
    }
}
