package io.keyswitch.cli;

import io.keyswitch.audit.AuditLog;
import io.keyswitch.modelconfig.ForeignConfigs;
import io.keyswitch.modelconfig.KeyRecords;
import io.keyswitch.modelconfig.ModelConfigs;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.modelconfig.StoredKeys;
import io.keyswitch.revocation.InFlight;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.secret.Vault;
import io.keyswitch.settings.Settings;
import io.keyswitch.settings.SettingsException;
import io.keyswitch.settings.SettingsLoader.Purpose;
import io.keyswitch.sql.Database;
import io.keyswitch.sql.DatabaseLocation;
import io.keyswitch.sql.ProcessLock;
import io.keyswitch.transfer.FirestoreImport;
import io.keyswitch.transfer.Import;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keyswitch import}: reads users from a file. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Reads what keyswitch export has written, or users' models and keys from Firestore, into the database.",
            "Users who are there already stay as they are, so that an interrupted import can be run again."
        })
final class ImportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "The file to read.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private Path file;

    @Option(
            names = "--firestore",
            description = "The file has Firestore documents users/{uid}/settings/llm, as JSON lines or as answers of"
                    + " Firestore's REST interface.")
    private boolean firestore;

    @Option(
            names = "--replace",
            description =
                    "Users who are there already are replaced by those of the file: what they have done since is lost."
                            + " With --firestore, only their model and the key for it are.")
    private boolean replace;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private ConfigOption config;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() {
        var settings = config.load(Purpose.SHOW);
        var masterKeys = settings.requireMasterKeys();
        try (var lines = Files.newBufferedReader(file);
                var _ = lock(settings);
                var database = Database.open(settings.database())) {
            return firestore
                    ? fromFirestore(settings, masterKeys, database, lines)
                    : fromExport(settings, masterKeys, database, lines);
        } catch (NoSuchFileException _) {
            return CommandOutput.failed(spec, file, "does not exist");
        } catch (Import.UnsuitableException e) {
            return CommandOutput.failed(spec, file, "cannot be imported: " + e.getMessage());
        } catch (CharacterCodingException | UncheckedIOException e) {
            return CommandOutput.failed(spec, file, "cannot be read: it is not UTF-8");
        } catch (IOException e) {
            return CommandOutput.failed(spec, file, "cannot be read: " + e.getMessage());
        }
    }

    /** A server of an SQLite file would not notice what is imported beside it; those of PostgreSQL do. */
    private static @Nullable ProcessLock lock(Settings settings) {
        return settings.database() instanceof DatabaseLocation.File(var path) ? ProcessLock.acquire(path) : null;
    }

    private int fromExport(Settings settings, MasterKeys masterKeys, Database database, BufferedReader lines)
            throws IOException {
        var keys = new KeyRecords(settings.providers(), new Vault(masterKeys));
        // All lines but the first and the last are rows.
        var progress = new Progress(spec.commandLine().getErr(), lines() - 2);
        var result = new Import(database, keys, masterKeys.ids(), replace, progress::done).run(lines);
        CommandOutput.say(spec, "Users imported: %d, with %d rows.".formatted(result.users(), result.rows()));
        if (result.present() > 0) {
            CommandOutput.say(
                    spec, "Users who were there already and stay as they are: %d.".formatted(result.present()));
        }
        return KeyswitchCommand.DONE;
    }

    private long lines() throws IOException {
        try (var all = Files.lines(file)) {
            return all.count();
        }
    }

    private int fromFirestore(Settings settings, MasterKeys masterKeys, Database database, BufferedReader lines)
            throws IOException {
        var firebase = settings.auth().firebase();
        if (firebase == null) {
            throw new SettingsException(
                    List.of("auth.firebase.projectId is missing: it says whose users are imported"));
        }
        long all = lines();
        var progress = new Progress(spec.commandLine().getErr(), all);
        var clock = InstantSource.system();
        var configs = new ModelConfigs(database, new InFlight<>(), new AuditLog(database, clock));
        var projectKeys = new ProjectKeys(settings.providers(), settings.projectKeys(), settings.defaultModel());
        var storedKeys = new StoredKeys(settings.providers(), configs, new Vault(masterKeys));
        var result = new FirestoreImport(
                        firebase.projectId(),
                        settings.providers(),
                        projectKeys,
                        masterKeys,
                        new ForeignConfigs(configs, storedKeys, replace, clock),
                        sentence -> CommandOutput.say(spec, sentence))
                .run(lines, progress::done);
        progress.done(all);
        CommandOutput.say(
                spec, "Users of %s imported with their models: %d.".formatted(firebase.projectId(), result.imported()));
        if (result.present() > 0) {
            CommandOutput.say(
                    spec,
                    "Users who have or had a model here already, and keep what they have: %d."
                            .formatted(result.present()));
        }
        if (result.unread() > 0) {
            CommandOutput.say(spec, "Documents that could not be read, see above: %d.".formatted(result.unread()));
        }
        if (result.pageMissing()) {
            CommandOutput.say(
                    spec,
                    "The last page has a nextPageToken: there are further documents. Get them with ?pageToken=..., and import them, too.");
        }
        return result.isComplete() ? KeyswitchCommand.DONE : KeyswitchCommand.FAILED;
    }
}
