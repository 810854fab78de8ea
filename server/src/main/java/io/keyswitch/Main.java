package io.keyswitch;

import io.keyswitch.cli.KeyswitchCommand;
import org.slf4j.LoggerFactory;

/** Where the program starts: arguments in, exit code out. */
public final class Main {
    private Main() {}

    /** Runs a command and ends the process with its exit code: 0 done, 1 failed, 2 wrong usage or settings. */
    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) ->
                LoggerFactory.getLogger(Main.class).error("thread {} died", thread.getName(), thrown));
        System.exit(KeyswitchCommand.execute(App::start, arguments));
    }
}
