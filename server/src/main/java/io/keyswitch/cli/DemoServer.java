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
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The server with the simulator in place of the providers, and its data in a directory. */
final class DemoServer implements AutoCloseable {
    /** How fast the simulator answers. */
    enum Pace {
        LIKE_A_MODEL,
        AT_ONCE
    }

    /** Placeholders for the operator's secrets; the simulator accepts any key. */
    private static final Map<String, String> OPERATORS_KEYS = Map.of(
            "GROQ_API_KEY", "demo-project-key-groq",
            "GEMINI_API_KEY", "demo-project-key-gemini",
            "SWARMSPACE_INTERNAL_TOKEN", Simulator.INTERNAL_TOKEN);

    private static final String HOST = "127.0.0.1";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path data;
    private final int port;
    private final Vertx vertx;
    private final Simulator simulator;
    private final ServerStarter.Running running;

    /**
     * Starts it.
     *
     * @param port 0 for any
     * @param changed settings, by environment variable
     */
    DemoServer(ServerStarter starter, Path data, int port, Pace pace, Map<String, String> changed) {
        this.data = data;
        this.port = port;
        // The terminal shows only the instructions; the log goes to a file in the data directory.
        System.setProperty("logback.configurationFile", "logback-file.xml");
        System.setProperty("keyswitch.log", data.resolve("keyswitch.log").toString());
        if (Files.exists(database())) {
            // A demo that uses the data has the port, too, and says more.
            requireFreeDatabase();
        }
        requireFreePort();
        var masterKey = prepare(data);
        requireFreeDatabase();
        this.vertx = Vertx.vertx();
        this.simulator = startSimulator(pace == Pace.AT_ONCE ? Duration.ZERO : Simulator.WORD_PAUSE);
        try {
            var settings = settings(simulator.baseUrl(), masterKey, changed);
            FileLimit.check(settings);
            this.running = starter.start(settings, WebPage.SignIn.EMULATOR);
        } catch (RuntimeException e) {
            simulator.close();
            vertx.close().await();
            throw e;
        }
    }

    int port() {
        return running.port();
    }

    @Override
    public void close() {
        running.close();
        simulator.close();
        vertx.close().await();
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
    private Simulator startSimulator(Duration wordPause) {
        var file = data.resolve("simulator.port");
        try {
            return Simulator.start(
                    vertx, Integer.parseInt(Files.readString(file).strip()), wordPause);
        } catch (IOException | NumberFormatException | IllegalStateException firstTimeOrTaken) {
            var simulator = Simulator.start(vertx, 0, wordPause);
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

    private Settings settings(String simulator, String masterKey, Map<String, String> changed) {
        try (InputStream in = DemoServer.class.getResourceAsStream("/demo.yaml")) {
            if (in == null) {
                throw new IllegalStateException("demo.yaml is missing from the build");
            }
            var yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{port}", Integer.toString(port))
                    .replace("{database}", database().toString().replace("'", "''"))
                    .replace("{simulator}", simulator);
            var environment = new HashMap<>(OPERATORS_KEYS);
            environment.put(SettingsLoader.MASTER_KEY_VARIABLE, masterKey);
            environment.putAll(changed);
            return SettingsLoader.parse(yaml, data, environment, SettingsLoader.Purpose.SERVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
