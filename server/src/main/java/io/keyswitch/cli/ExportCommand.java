package io.keyswitch.cli;

import io.keyswitch.modelconfig.KeyRecords;
import io.keyswitch.secret.Vault;
import io.keyswitch.settings.Settings;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.settings.SettingsLoader.Purpose;
import io.keyswitch.sql.DatabaseReader;
import io.keyswitch.sql.OwnerOnly;
import io.keyswitch.transfer.Export;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keyswitch export}: writes what is stored of one user or of all to a file. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes everything stored of one user or of all to a file that only you can read, also while the server runs.",
            "API keys stay encrypted. keyswitch import reads the file, into SQLite or PostgreSQL."
        })
final class ExportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "The file to write, as JSON lines. Must not exist.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private Path file;

    @Option(names = "--user", paramLabel = "ID", description = "Only this user.")
    private @Nullable String user;

    @Option(names = "--plain-keys", description = "Decrypt the API keys. Whoever reads the file can use them.")
    private boolean plainKeys;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private ConfigOption config;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() {
        var settings = config.load(Purpose.SHOW);
        var export = new Export(settings.database().toString(), user, plainKeys ? keys(settings) : null);
        var database = ExistingDatabase.read(settings);
        long rows = export.count(database);
        if (rows == 0 && user != null) {
            return CommandOutput.failed(spec, file, "is not written: nothing is stored of the user \"" + user + "\"");
        }
        if (Files.exists(file)) {
            return CommandOutput.failed(spec, file, "exists already: name a new file");
        }
        var part = file.resolveSibling(file.getFileName() + ".part");
        try {
            create(part);
        } catch (NoSuchFileException _) {
            return CommandOutput.failed(spec, file, "cannot be created: its directory does not exist");
        } catch (IOException e) {
            return CommandOutput.failed(spec, file, "cannot be created: " + e.getMessage());
        }
        try (var channel = FileChannel.open(part, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                return CommandOutput.failed(spec, file, "is being written by another export");
            }
            var progress = new Progress(spec.commandLine().getErr(), rows);
            var result = write(export, database, part, channel, progress);
            Files.move(part, file);
            return report(result);
        } catch (IOException e) {
            return CommandOutput.failed(spec, file, "cannot be written: " + e.getMessage() + continued(part));
        }
    }

    /** Creates the file that an export is written to until it is complete, unless there is one that others cannot read. */
    private static void create(Path part) throws IOException {
        if (Files.exists(part) && OwnerOnly.isViolatedBy(part)) {
            Files.delete(part);
        }
        try {
            OwnerOnly.create(part);
        } catch (FileAlreadyExistsException _) {
            // An interrupted export is continued.
        }
    }

    private Export.Result write(
            Export export, DatabaseReader database, Path part, FileChannel channel, Progress progress)
            throws IOException {
        boolean written = false;
        try {
            var result = export.write(database, channel, progress::done);
            written = true;
            return result;
        } finally {
            // A part is of use only to the same command again, and may have keys in it.
            if (!written && plainKeys) {
                Files.deleteIfExists(part);
            }
        }
    }

    private static String continued(Path part) {
        return Files.exists(part) ? ". To continue, run the same command again; what is written is in " + part : "";
    }

    private static KeyRecords keys(Settings settings) {
        return new KeyRecords(settings.providers(), new Vault(settings.requireMasterKeys()));
    }

    private int report(Export.Result result) {
        var out = spec.commandLine().getOut();
        if (result.kept() > 0) {
            out.println("Continued an export that was interrupted after %d rows.".formatted(result.kept()));
        }
        out.println("Exported %d rows to %s. Conversations in it are not encrypted.".formatted(result.rows(), file));
        if (plainKeys) {
            out.println("The API keys in it are not encrypted either: delete it as soon as it is imported.");
        } else {
            out.println(
                    "The API keys in it are encrypted with the master key, which is not in it: importing them needs %s."
                            .formatted(SettingsLoader.MASTER_KEY_VARIABLE));
        }
        if (result.unreadableKeys() > 0) {
            out.println("%d API keys cannot be decrypted and are not in it.".formatted(result.unreadableKeys()));
        }
        out.flush();
        return result.unreadableKeys() > 0 ? KeyswitchCommand.FAILED : KeyswitchCommand.DONE;
    }
}
