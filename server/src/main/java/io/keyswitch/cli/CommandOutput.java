package io.keyswitch.cli;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** What commands print. */
final class CommandOutput {
    private CommandOutput() {}

    /** Prints a sentence at once, so that it is seen before whatever comes next. */
    static void say(CommandSpec command, String sentence) {
        var out = command.commandLine().getOut();
        out.println(sentence);
        out.flush();
    }

    /** Says why a command could not do its work with a file. @return the exit code */
    static int failed(CommandSpec command, Path file, String why) {
        command.commandLine().getErr().println("keyswitch: " + file + " " + why);
        return KeyswitchCommand.FAILED;
    }
}
