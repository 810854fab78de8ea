package io.keyswitch.doctor;

import io.keyswitch.llm.transport.CompletionListener;
import io.keyswitch.llm.transport.Deadlines;
import io.keyswitch.llm.transport.LlmClient;
import io.keyswitch.modelconfig.KeyCheck;
import io.keyswitch.modelconfig.ModelListCache;
import io.keyswitch.modelconfig.ProjectKeyCheck;
import io.keyswitch.modelconfig.ProjectKeyFinding;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.settings.Settings;
import io.keyswitch.settings.SettingsException;
import io.keyswitch.telemetry.Metrics;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Examines what a server with these settings needs. Blocking; the settings themselves have been read without a mistake. */
public final class Doctor {
    private static final String SETTINGS = "settings";
    static final String PROJECT_KEYS = "project keys";

    private final Settings settings;
    private final Consumer<Finding> report;

    /** @param report receives each finding as soon as it is made */
    public Doctor(Settings settings, Consumer<Finding> report) {
        this.settings = settings;
        this.report = report;
    }

    /** The mistakes of settings that could not be read. */
    public static List<Finding> findings(SettingsException mistakes) {
        return mistakes.problems().stream()
                .map(problem -> Finding.failed(SETTINGS, problem))
                .toList();
    }

    /**
     * Examines what must be right to serve: settings, database and project keys.
     *
     * @throws SettingsException if a master key is missing
     * @throws io.keyswitch.sql.DatabaseUnavailableException if the database cannot be read or is damaged
     */
    public void examineForServing() {
        report.accept(Finding.ok(SETTINGS, "The settings are valid"));
        checkProjectKeys(database().examineForServing());
    }

    /** Examines everything, the machine and the network included. A database that cannot be read is a finding, too. */
    public void examine() {
        report.accept(Finding.ok(SETTINGS, "The settings are valid"));
        var machine = new MachineExam(settings, report);
        machine.examineFiles();
        checkProjectKeys(database().examine());
        machine.examineDisk();
        new NetworkExam(settings, report).examine();
    }

    private DatabaseExam database() {
        return new DatabaseExam(settings, report);
    }

    /** @param configs the number of model configs that use each project key */
    private void checkProjectKeys(Map<String, Long> configs) {
        var providers = settings.providers();
        var projectKeys = new ProjectKeys(providers, settings.projectKeys(), settings.defaultModel());
        var vertx = Vertx.vertx();
        try (var metrics = new Metrics();
                var llm = new LlmClient(
                        vertx, deadlines(settings.timeouts()), metrics.registry(), CompletionListener.NONE)) {
            var keyCheck = new KeyCheck(llm, new ModelListCache(llm));
            new ProjectKeyCheck(providers, projectKeys, keyCheck).run(configs, this::report);
        } finally {
            vertx.close().await();
        }
    }

    private static Deadlines deadlines(Settings.Timeouts timeouts) {
        return new Deadlines(timeouts.connect(), timeouts.firstByte(), timeouts.gap(), timeouts.total(), Duration.ZERO);
    }

    private void report(ProjectKeyFinding finding) {
        report.accept(
                finding.isProblem()
                        ? Finding.failed(PROJECT_KEYS, finding.sentence())
                        : Finding.ok(PROJECT_KEYS, finding.sentence()));
    }
}
