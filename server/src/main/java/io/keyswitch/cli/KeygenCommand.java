package io.keyswitch.cli;

import io.keyswitch.secret.MasterKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keyswitch keygen}: prints a new master key. */
@Command(
        name = "keygen",
        mixinStandardHelpOptions = true,
        description = "Prints a new key for LLM_SETTINGS_ENCRYPTION_KEY: 64 hex characters.")
final class KeygenCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().println(MasterKeys.generate());
    }
}
