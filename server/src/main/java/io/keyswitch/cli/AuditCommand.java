package io.keyswitch.cli;

import io.keyswitch.audit.AuditEvent;
import io.keyswitch.audit.RecordedEvents;
import io.keyswitch.settings.SettingsLoader.Purpose;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keyswitch audit}: prints the audit log. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Prints who set, checked or deleted which model config or personal token, and when.")
final class AuditCommand implements Runnable {
    private static final List<String> HEADER = List.of("TIME", "USER", "ACTION", "PROVIDER", "MODEL", "KEY", "DETAIL");

    private static final int SIMILAR_USERS = 5;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private ConfigOption config;

    @Option(names = "--user", paramLabel = "ID", description = "Only events of this user.")
    private @Nullable String user;

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "100",
            description = "Number of events to print, latest last (default: ${DEFAULT-VALUE}).")
    private int last;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public void run() {
        if (last < 1) {
            throw new ParameterException(spec.commandLine(), "--last must be at least 1.");
        }
        var settings = config.load(Purpose.SHOW);
        var events = new RecordedEvents(ExistingDatabase.read(settings));
        if (user != null && !events.hasEventsOf(user)) {
            explainNone(user, events.usersContaining(user, SIMILAR_USERS));
            return;
        }
        var table = new Table(HEADER, spec.commandLine().getOut());
        events.latest(user, last, event -> table.add(row(event)));
        table.end();
    }

    private void explainNone(String wanted, List<String> similar) {
        var out = spec.commandLine().getOut();
        out.println("There are no events of the user \"" + wanted + "\".");
        if (!similar.isEmpty()) {
            out.println("Users whose ID contains that:");
            similar.forEach(id -> out.println("  " + id));
        }
        out.flush();
    }

    private static List<String> row(AuditEvent event) {
        var subject = event.subject();
        return List.of(
                event.at().toString(),
                event.user(),
                event.action(),
                orDash(subject.provider()),
                orDash(subject.modelId()),
                subject.keyHint() == null ? "-" : "••••" + subject.keyHint(),
                orDash(subject.detail()));
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : text;
    }
}
