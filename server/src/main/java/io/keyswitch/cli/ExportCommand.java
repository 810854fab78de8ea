package io.keyswitch.cli;

import io.keyswitch.modelconfig.KeyRecords;
import io.keyswitch.secret.Vault;
import io.keyswitch.settings.Settings;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.settings.SettingsLoader.Purpose;
import io.keyswitch.sql.DatabaseReader;
import io.keyswitch.sql.OwnerOnly;
import io.keyswitch.transfer.Export;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
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
        var export = new Export(user, plainKeys ? keys(settings) : null);
        var database = ExistingDatabase.read(settings);
        long rows = export.count(database);
        if (rows == 0 && user != null) {
            return CommandOutput.failed(spec, file, "is not written: nothing is stored of the user \"" + user + "\"");
        }
        try {
            OwnerOnly.create(file);
        } catch (FileAlreadyExistsException _) {
            return CommandOutput.failed(spec, file, "exists already: name a new file");
        } catch (NoSuchFileException _) {
            return CommandOutput.failed(spec, file, "cannot be created: its directory does not exist");
        } catch (IOException e) {
            return CommandOutput.failed(spec, file, "cannot be created: " + e.getMessage());
        }
        try {
            return report(write(export, database, rows));
        } catch (IOException e) {
            return CommandOutput.failed(spec, file, "cannot be written: " + e.getMessage());
        }
    }

    /** Writes the file to the disk, or deletes it: a part of it is of no use, and may have keys in it. */
    private Export.Result write(Export export, DatabaseReader database, long rows) throws IOException {
        boolean written = false;
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            var progress = new Progress(spec.commandLine().getErr(), rows);
            var result = export.write(database, out, progress::done);
            out.flush();
            channel.force(true);
            written = true;
            return result;
        } catch (RuntimeException e) {
            throw ioCause(e);
        } finally {
            if (!written) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** What went wrong with the file while rows were read. */
    private static IOException ioCause(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UncheckedIOException io) {
                return Objects.requireNonNull(io.getCause());
            }
        }
        throw failure;
    }

    private static KeyRecords keys(Settings settings) {
        return new KeyRecords(settings.providers(), new Vault(settings.requireMasterKeys()));
    }

    private int report(Export.Result result) {
        var out = spec.commandLine().getOut();
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
