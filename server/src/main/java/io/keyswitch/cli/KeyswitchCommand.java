package io.keyswitch.cli;

import io.keyswitch.core.Version;
import io.keyswitch.http.CannotListenException;
import io.keyswitch.settings.SettingsException;
import io.keyswitch.sql.DatabaseInUseException;
import io.keyswitch.sql.DatabaseUnavailableException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keyswitch}: the subcommands and their common error reporting. */
@Command(
        name = "keyswitch",
        description = "Lets every user of a chat app bring their own model and their own key.",
        mixinStandardHelpOptions = true,
        footer = {"", "New here? Run: keyswitch demo"})
public final class KeyswitchCommand implements Runnable {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    private static final String HELP = "help";
    /** In the order of the help. */
    private static final List<String> SUBCOMMANDS = List.of(
            "keygen",
            "providers",
            "settings",
            "audit",
            "backup",
            "export",
            "import",
            "rotate",
            "doctor",
            "simulator",
            HELP,
            "demo",
            "serve",
            "train");

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    private KeyswitchCommand() {}

    /** Runs a command and returns its exit code. */
    public static int execute(ServerStarter starter, String... arguments) {
        return commandLine(starter, arguments).execute(arguments);
    }

    /**
     * Creates the command line for arguments; not private, so that tests can capture its output. It has only the subcommand that
     * they begin with, if they do: to make all of them takes a fifth of the time of a start.
     */
    static CommandLine commandLine(ServerStarter starter, String... arguments) {
        var keyswitch = new CommandLine(new KeyswitchCommand());
        keyswitch.getCommandSpec().version("keyswitch " + Version.CURRENT);
        var named = arguments.length == 0 ? "" : arguments[0];
        var names = SUBCOMMANDS.contains(named) && !named.equals(HELP) ? List.of(named) : SUBCOMMANDS;
        names.forEach(name -> keyswitch.addSubcommand(name, subcommand(name, starter)));
        return keyswitch
                .setParameterExceptionHandler(KeyswitchCommand::explainUsage)
                .setExecutionExceptionHandler((failure, commandLine, _) -> explain(failure, commandLine));
    }

    /** Not by references to constructors: Java 25 crashes when it writes its AOT cache with such a reference to an unused class. */
    private static Object subcommand(String name, ServerStarter starter) {
        return switch (name) {
            case "keygen" -> new KeygenCommand();
            case "providers" -> new ProvidersCommand();
            case "settings" -> new SettingsCommand();
            case "audit" -> new AuditCommand();
            case "backup" -> new BackupCommand();
            case "export" -> new ExportCommand();
            case "import" -> new ImportCommand();
            case "rotate" -> new RotateCommand();
            case "doctor" -> new DoctorCommand();
            case "simulator" -> new SimulatorCommand();
            case HELP -> new HelpCommand();
            case "demo" -> new DemoCommand(starter);
            case "serve" -> new ServeCommand(starter);
            case "train" -> new TrainCommand(starter);
            default -> throw new IllegalArgumentException("no such subcommand: " + name);
        };
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand.");
    }

    private static int explainUsage(ParameterException failure, String[] arguments) {
        var commandLine = failure.getCommandLine();
        commandLine.getErr().println("keyswitch: " + failure.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, commandLine.getErr());
        commandLine
                .getErr()
                .println("Run '%s --help' for usage."
                        .formatted(commandLine.getCommandSpec().qualifiedName()));
        return WRONG_USAGE;
    }

    private static int explain(Exception failure, CommandLine commandLine) {
        PrintWriter err = commandLine.getErr();
        return switch (failure) {
            case SettingsException settings -> {
                report(err, settings.problems());
                yield WRONG_USAGE;
            }
            case DatabaseInUseException _ -> {
                report(err, List.of(String.valueOf(failure.getMessage())));
                yield WRONG_USAGE;
            }
            case CannotListenException _ -> {
                report(err, List.of(String.valueOf(failure.getMessage())));
                yield FAILED;
            }
            case DatabaseUnavailableException _ -> {
                report(err, List.of(failure.getMessage() + ": " + rootMessage(failure)));
                yield FAILED;
            }
            default -> {
                report(err, List.of("failed: " + failure));
                yield FAILED;
            }
        };
    }

    private static void report(PrintWriter err, List<String> problems) {
        problems.forEach(problem -> err.println("keyswitch: " + problem));
        err.flush();
    }

    private static String rootMessage(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
