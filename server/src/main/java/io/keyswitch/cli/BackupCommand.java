package io.keyswitch.cli;

import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.settings.SettingsLoader.Purpose;
import io.keyswitch.sql.Backup;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keyswitch backup}: copies the database, also while a server uses it. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Copies the database to a new file that only you can read, also while the server runs.")
final class BackupCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "The backup. Must not exist.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private Path file;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private ConfigOption config;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() {
        var database = ExistingDatabase.file(config.load(Purpose.SHOW), "copy it with pg_dump");
        try {
            var content = Backup.make(database, file.toAbsolutePath());
            spec.commandLine()
                    .getOut()
                    .printf("""
                    Copied the database to %s and checked it (users: %d, messages: %d).
                    The API keys in it are encrypted with the master key, which is not in it: keep %s elsewhere.
                    Conversations are not encrypted.%n""", file, content.users(), content.messages(), SettingsLoader.MASTER_KEY_VARIABLE);
            spec.commandLine().getOut().flush();
            return KeyswitchCommand.DONE;
        } catch (FileAlreadyExistsException _) {
            return CommandOutput.failed(spec, file, "exists already: name a new file");
        } catch (NoSuchFileException _) {
            return CommandOutput.failed(spec, file, "cannot be created: its directory does not exist");
        } catch (IOException e) {
            return CommandOutput.failed(spec, file, "cannot be written: " + e.getMessage());
        }
    }
}
