package io.keyswitch.cli;

import io.keyswitch.testing.Command;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs commands that start nothing in the process of the test, which takes milliseconds. */
final class InProcess {
    private InProcess() {}

    static Command run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode = KeyswitchCommand.commandLine(
                        (_, _) -> {
                            throw new AssertionError("nothing is to be started");
                        },
                        arguments)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Command(exitCode, out.toString(), err.toString());
    }
}
