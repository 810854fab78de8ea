package io.keyswitch.cli;

import io.keyswitch.http.CannotListenException;
import io.keyswitch.http.web.WebPage;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.settings.Settings;
import io.keyswitch.settings.SettingsException;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.simulator.Simulator;
import io.keyswitch.sql.ProcessLock;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keyswitch demo}: simulator, database, server and page on this machine; no keys, no internet. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Runs everything on this machine, with a simulator in place of the providers: no keys, no internet.")
final class DemoCommand implements Callable<Integer> {
    /** Placeholders for the operator's secrets; the simulator accepts any key. */
    private static final Map<String, String> OPERATORS_KEYS = Map.of(
            "GROQ_API_KEY", "demo-project-key-groq",
            "GEMINI_API_KEY", "demo-project-key-gemini",
            "SWARMSPACE_INTERNAL_TOKEN", Simulator.INTERNAL_TOKEN);

    private static final String HOST = "127.0.0.1";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int MAX_PORT = 65_535;

    private final ServerStarter starter;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "keyswitch-demo",
            description = "Directory for conversations, encrypted keys and the log. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private Path data;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    DemoCommand(ServerStarter starter) {
        this.starter = starter;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > MAX_PORT) {
            throw new ParameterException(spec.commandLine(), "--port must be from 0 to %d.".formatted(MAX_PORT));
        }
        requireFreePort();
        var masterKey = prepare(data);
        // The terminal shows only the instructions; the log goes to a file in the data directory.
        System.setProperty("logback.configurationFile", "logback-file.xml");
        System.setProperty("keyswitch.log", data.resolve("keyswitch.log").toString());
        requireFreeDatabase();
        var vertx = Vertx.vertx();
        var simulator = startSimulator(vertx);
        try {
            var settings = settings(simulator.baseUrl(), masterKey);
            FileLimit.check(settings);
            var running = starter.start(settings, WebPage.SignIn.EMULATOR);
            LoggerFactory.getLogger(DemoCommand.class).info("the demo is listening on port {}", running.port());
            welcome(running.port());
            UntilStopped.await(
                    spec.commandLine().getErr(),
                    running,
                    simulator,
                    () -> vertx.close().await());
            return KeyswitchCommand.DONE;
        } catch (RuntimeException e) {
            simulator.close();
            vertx.close().await();
            throw e;
        }
    }

    private Path database() {
        return data.resolve("keyswitch.db");
    }

    /** Fails if another demo uses the data, before its simulator's port is replaced. */
    private void requireFreeDatabase() {
        ProcessLock.acquire(database()).close();
    }

    /** Fails if the port is taken, before any file is created. */
    private void requireFreePort() {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), port));
        } catch (IOException e) {
            throw new CannotListenException(HOST, port, e);
        }
    }

    /**
     * Starts the simulator on the port of the last run: stored keys are bound to the base URL they were entered for.
     */
    private Simulator startSimulator(Vertx vertx) {
        var file = data.resolve("simulator.port");
        try {
            return Simulator.start(
                    vertx, Integer.parseInt(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException | IllegalStateException firstTimeOrTaken) {
            var simulator = Simulator.start(vertx, 0);
            try {
                Files.writeString(file, simulator.port() + "\n");
                return simulator;
            } catch (IOException e) {
                simulator.close();
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Creates the data directory and, on the first run, a master key file that only its owner can read. */
    private static String prepare(Path directory) {
        var file = directory.resolve("master.key");
        try {
            Files.createDirectories(directory);
            if (Files.exists(file)) {
                Files.setPosixFilePermissions(file, OWNER_ONLY);
            } else {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                Files.writeString(file, MasterKeys.generate() + "\n", StandardOpenOption.WRITE);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new SettingsException(
                    List.of("--data %s cannot be used: it must be a writable directory".formatted(directory)));
        }
    }

    private Settings settings(String simulator, String masterKey) {
        try (InputStream in = DemoCommand.class.getResourceAsStream("/demo.yaml")) {
            if (in == null) {
                throw new IllegalStateException("demo.yaml is missing from the build");
            }
            var yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{port}", Integer.toString(port))
                    .replace("{database}", database().toString().replace("'", "''"))
                    .replace("{simulator}", simulator);
            var environment = new HashMap<>(OPERATORS_KEYS);
            environment.put(SettingsLoader.MASTER_KEY_VARIABLE, masterKey);
            return SettingsLoader.parse(yaml, data, environment, SettingsLoader.Purpose.SERVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void welcome(int boundPort) {
        var out = spec.commandLine().getOut();
        out.println("""

                Keyswitch is running:  http://127.0.0.1:%d/

                Everything is on this machine: no keys, no internet. A simulator answers in place of the providers.

                Open it in a browser and try three things:
                  1. Say hello. The app's default model answers.
                  2. Say "I want to change my model", then gemini, default, default.
                  3. Say "switch to claude, claude-sonnet-5-5" and paste a made-up key: sk-ant-demo-1234567890-abcd.
                     It is checked and stored encrypted; the conversation keeps only its last four characters.

                Data and log: %s    Stop: Ctrl-C
                """.formatted(boundPort, data.toAbsolutePath().normalize()));
        out.flush();
    }
}
