package io.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Version;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return KeyswitchCommand.commandLine(
                        (_, _) -> {
                            throw new AssertionError("nothing should be started");
                        },
                        arguments)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void keygenPrintsANewKeyEachTime() {
        assertThat(run("keygen")).isZero();
        assertThat(run("keygen")).isZero();
        var keys = out.toString().strip().lines().toList();
        assertThat(keys).hasSize(2).allMatch(key -> key.matches("[0-9a-f]{64}")).doesNotHaveDuplicates();
    }

    @Test
    void helpAndVersionOptionsPrintAndExitWithZero() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("demo", "serve", "keygen", "providers", "audit", "backup", "simulator");
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).contains("keyswitch " + Version.CURRENT);
        assertThat(Version.CURRENT).matches("\\d+\\.\\d+\\.\\d+");
        for (var command : new String[] {"demo", "serve", "keygen", "providers", "audit", "backup", "simulator"}) {
            assertThat(run(command, "--help")).isZero();
        }
    }

    @Test
    void invalidUsageExitsWithCodeTwoAndNoStackTrace() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("sevre")).isEqualTo(2);
        assertThat(run("demo", "--prot", "1")).isEqualTo(2);
        assertThat(run("demo", "--port", "x")).isEqualTo(2);
        assertThat(run("demo", "--port", "99999")).isEqualTo(2);
        assertThat(run("audit", "--last", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("keyswitch: ").contains("--help").doesNotContain("\tat ");
    }

    @Test
    void invalidOrMissingSettingsExitWithCodeTwo(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("keyswitch.yaml"), "server: {prot: 1}\n");
        assertThat(run("serve", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("keyswitch.yaml:1: Unknown setting \"server.prot\". Did you mean \"server.port\"?")
                .contains("keyswitch: auth.firebase is missing")
                .contains("keyswitch: LLM_SETTINGS_ENCRYPTION_KEY is missing");
        assertThat(run("serve", "--config", "/no/such/file.yaml")).isEqualTo(2);
        assertThat(err.toString()).contains("--config /no/such/file.yaml cannot be read: there is no such file");
    }

    @Test
    void invalidYamlIsReportedWithItsFile(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("broken.yaml"), "server: {port: 1\n");
        assertThat(run("serve", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("broken.yaml:1:17: not valid YAML");
    }

    @Test
    void demoFailsWithoutCreatingDataWhenThePortIsInUse(@TempDir Path directory) throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var data = directory.resolve("data");
            assertThat(run("demo", "--port", Integer.toString(taken.getLocalPort()), "--data", data.toString()))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("is taken by another program");
            assertThat(data).doesNotExist();
        }
    }

    @Test
    void providersListsBuiltInAndConfiguredProviders(@TempDir Path directory) throws Exception {
        var file = Files.writeString(
                directory.resolve("keyswitch.yaml"),
                "providers: {mistral: {displayName: Mistral, baseUrl: 'https://api.mistral.ai/v1', defaultModel: mistral-large-latest}}\n");
        assertThat(run("providers", "--config", file.toString())).isZero();
        assertThat(out.toString())
                .contains("groq", "swarmspace")
                .containsPattern("mistral +Mistral +openai +mistral-large-latest +- +https://api.mistral.ai/v1");
    }
}
