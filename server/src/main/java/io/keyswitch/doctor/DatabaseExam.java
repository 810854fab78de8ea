package io.keyswitch.doctor;

import io.keyswitch.modelconfig.KeyInventory;
import io.keyswitch.modelconfig.KeyRecords;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.secret.Vault;
import io.keyswitch.settings.Settings;
import io.keyswitch.settings.SettingsException;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.sql.DatabaseInUseException;
import io.keyswitch.sql.DatabaseLocation;
import io.keyswitch.sql.DatabaseUnavailableException;
import io.keyswitch.sql.OwnerOnly;
import io.keyswitch.sql.ProcessLock;
import io.keyswitch.sql.StoredDatabase;
import io.keyswitch.toolcall.CallSignatures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Examines the database and the keys in it. */
final class DatabaseExam {
    private static final String DATABASE = "database";
    private static final String KEYS = "keys";

    private record Content(StoredDatabase.Size size, Set<String> masterKeyIds, Map<String, Long> projectKeyConfigs) {
        static Content of(StoredDatabase database, Handle handle) {
            return new Content(
                    database.size(handle), KeyInventory.masterKeyIds(handle), KeyInventory.projectKeyConfigs(handle));
        }
    }

    private final Settings settings;
    private final StoredDatabase database;
    private final MasterKeys masterKeys;
    private final Consumer<Finding> report;

    DatabaseExam(Settings settings, Consumer<Finding> report) {
        this.settings = settings;
        this.database = StoredDatabase.at(settings.database());
        this.masterKeys = settings.requireMasterKeys();
        this.report = report;
    }

    private void ok(String area, String sentence) {
        report.accept(Finding.ok(area, sentence));
    }

    /** Returns the number of model configs that use each project key. */
    Map<String, Long> examineForServing() {
        if (!isThere()) {
            return Map.of();
        }
        database.requireSound();
        var content = database.read(handle -> Content.of(database, handle));
        sound(content.size());
        SettingsLoader.requireMasterKeys(masterKeys, content.masterKeyIds());
        ok(KEYS, "The master key decrypts the stored API keys");
        return content.projectKeyConfigs();
    }

    /** Reports what would keep serve from using it. @return whether there is one to examine */
    private boolean isThere() {
        var obstacles = database.obstacles();
        obstacles.forEach(sentence -> report.accept(Finding.failed(DATABASE, sentence)));
        boolean there = database.exists();
        if (!there && obstacles.isEmpty()) {
            ok(DATABASE, "There is no database yet; serve creates " + settings.database());
        }
        return there;
    }

    private void sound(StoredDatabase.Size size) {
        ok(
                DATABASE,
                "The database %s %s (users: %d, messages: %d, %.1f MB)"
                        .formatted(
                                settings.database(),
                                settings.database() instanceof DatabaseLocation.File ? "is sound" : "can be read",
                                size.users(),
                                size.messages(),
                                size.bytes() / 1e6));
    }

    /** Examines the rest, too: who serves it, who may read it, its version and every key. */
    Map<String, Long> examine() {
        try {
            if (!isThere()) {
                return Map.of();
            }
            if (settings.database() instanceof DatabaseLocation.File(var path)) {
                examineFile(path);
            }
            database.requireSound();
            return switch (migrations()) {
                case StoredDatabase.Version.Current _ -> database.read(this::examine);
                case StoredDatabase.Version.Older _ -> examineOlder();
                case StoredDatabase.Version.Newer _ -> Map.of();
            };
        } catch (DatabaseInUseException e) {
            report.accept(Finding.failed(DATABASE, String.valueOf(e.getMessage())));
            return Map.of();
        } catch (DatabaseUnavailableException e) {
            var cure = settings.database() instanceof DatabaseLocation.File
                    ? "check its owner and mode, restore a backup, or name another database in database.url"
                    : "check database.url, the rights of its user, and that the server can be reached";
            report.accept(Finding.failed(DATABASE, e.getMessage() + ": " + cure));
            return Map.of();
        }
    }

    private Map<String, Long> examine(Handle handle) {
        var content = Content.of(database, handle);
        sound(content.size());
        masterKeys(content.masterKeyIds());
        var vault = new Vault(masterKeys);
        keys(new KeyRecords(settings.providers(), vault).count(handle));
        toolLoops(CallSignatures.count(handle, vault, InstantSource.system()));
        return content.projectKeyConfigs();
    }

    /** Only the keys of requests decrypt these records, so that their master key is all that can be looked at. */
    private void toolLoops(CallSignatures.Count count) {
        ok(KEYS, "Records of tool loops in progress: %d".formatted(count.records()));
        if (count.pending() > 0) {
            report.accept(Finding.warning(
                    KEYS,
                    "Records of tool loops that need an older master key: %d. They expire within an hour; keep that key until then"
                            .formatted(count.pending())));
        }
    }

    private void examineFile(Path file) {
        var server = ProcessLock.holder(file);
        ok(DATABASE, server == null ? "No process serves it" : "It is served by " + server);
        try {
            if (OwnerOnly.isViolatedBy(file)) {
                report.accept(Finding.warning(
                        DATABASE,
                        "Other users of this machine can read %s: run chmod 600 %1$s".formatted(settings.database())));
            }
        } catch (IOException _) {
            report.accept(
                    Finding.failed(DATABASE, settings.database() + " cannot be accessed: is this user its owner?"));
        }
    }

    /** The tables of most older versions can be read, and their keys are to be decrypted when a backup was restored. */
    private Map<String, Long> examineOlder() {
        try {
            return database.read(this::examine);
        } catch (DatabaseUnavailableException _) {
            report.accept(Finding.warning(
                    KEYS, "The keys were not examined: run this again when serve has migrated the tables"));
            return Map.of();
        }
    }

    private StoredDatabase.Version migrations() {
        var version = database.version();
        switch (version) {
            case StoredDatabase.Version.Current _ -> ok(DATABASE, "Its tables are those of this version");
            case StoredDatabase.Version.Older(int steps) ->
                report.accept(Finding.warning(
                        DATABASE,
                        "Its tables are of an older version (migrations to run: %d): make a backup; serve migrates them"
                                .formatted(steps)));
            case StoredDatabase.Version.Newer _ ->
                report.accept(Finding.failed(
                        DATABASE,
                        "Its tables are of a newer version: run that version of Keyswitch, or restore a backup"));
        }
        return version;
    }

    private void masterKeys(Set<String> needed) {
        try {
            SettingsLoader.requireMasterKeys(masterKeys, needed);
        } catch (SettingsException e) {
            e.problems().forEach(problem -> report.accept(Finding.failed(KEYS, problem)));
        }
    }

    private void keys(KeyRecords.Count count) {
        ok(KEYS, "API keys that can be decrypted: %d".formatted(count.readable()));
        if (count.unreadable() > 0) {
            report.accept(Finding.failed(
                    KEYS,
                    "API keys that cannot be decrypted: %d. Their records were altered, or their master key is missing: add it to %s, or have their users enter them again"
                            .formatted(count.unreadable(), SettingsLoader.MASTER_KEY_VARIABLE)));
        }
        if (count.pending() > 0) {
            report.accept(Finding.warning(
                    KEYS,
                    "API keys that need an older master key: %d. Run keyswitch rotate to encrypt them with the first one"
                            .formatted(count.pending())));
        }
    }
}
