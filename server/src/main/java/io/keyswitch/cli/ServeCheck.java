package io.keyswitch.cli;

import io.keyswitch.llm.transport.CompletionListener;
import io.keyswitch.llm.transport.Deadlines;
import io.keyswitch.llm.transport.LlmClient;
import io.keyswitch.modelconfig.KeyCheck;
import io.keyswitch.modelconfig.KeyInventory;
import io.keyswitch.modelconfig.ProjectKeyCheck;
import io.keyswitch.modelconfig.ProjectKeyFinding;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.settings.Settings;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.sql.Database;
import io.keyswitch.sql.DatabaseFile;
import io.keyswitch.telemetry.Metrics;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Checks what a server needs, without serving and without changing anything. */
final class ServeCheck {
    private record Content(DatabaseFile.Size size, Set<String> masterKeyIds, Map<String, Long> projectKeyConfigs) {
        static Content of(Handle handle) {
            return new Content(
                    DatabaseFile.size(handle),
                    KeyInventory.masterKeyIds(handle),
                    KeyInventory.projectKeyConfigs(handle));
        }
    }

    private final Settings settings;
    private final PrintWriter out;
    private boolean failed;

    ServeCheck(Settings settings, PrintWriter out) {
        this.settings = settings;
        this.out = out;
    }

    /**
     * Prints a line for each finding.
     *
     * @return whether a server with these settings would serve its users without errors
     * @throws io.keyswitch.settings.SettingsException if a master key is missing
     * @throws io.keyswitch.sql.DatabaseUnavailableException if the database cannot be read or is damaged
     */
    boolean run() {
        print(false, "The settings are valid");
        checkProjectKeys(checkDatabase());
        out.flush();
        return !failed;
    }

    private void print(boolean problem, String finding) {
        failed |= problem;
        out.println((problem ? "FAILED  " : "ok      ") + finding);
    }

    /** Returns the number of model configs that use each project key. */
    private Map<String, Long> checkDatabase() {
        var file = Database.file(settings.database().url());
        if (!Files.exists(file)) {
            print(false, "There is no database yet; serve creates " + file.toAbsolutePath());
            return Map.of();
        }
        var content = DatabaseFile.read(file, Content::of);
        print(
                false,
                "The database %s is sound (users: %d, messages: %d)"
                        .formatted(
                                file.toAbsolutePath(),
                                content.size().users(),
                                content.size().messages()));
        SettingsLoader.requireMasterKeys(Objects.requireNonNull(settings.masterKeys()), content.masterKeyIds());
        print(false, "The master key decrypts the stored API keys");
        return content.projectKeyConfigs();
    }

    private void checkProjectKeys(Map<String, Long> configs) {
        var providers = settings.providers();
        var projectKeys = new ProjectKeys(providers, settings.projectKeys(), settings.defaultModel());
        var vertx = Vertx.vertx();
        try (var metrics = new Metrics();
                var llm = new LlmClient(
                        vertx, deadlines(settings.timeouts()), metrics.registry(), CompletionListener.NONE)) {
            new ProjectKeyCheck(providers, projectKeys, new KeyCheck(llm)).run(configs, this::print);
        } finally {
            vertx.close().await();
        }
    }

    private static Deadlines deadlines(Settings.Timeouts timeouts) {
        return new Deadlines(timeouts.connect(), timeouts.firstByte(), timeouts.gap(), timeouts.total(), Duration.ZERO);
    }

    private void print(ProjectKeyFinding finding) {
        print(finding.isProblem(), finding.sentence());
    }
}
