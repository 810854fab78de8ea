package io.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Version;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @Test
    void keygenPrintsANewKeyEachTime() {
        var keys = List.of(
                InProcess.run("keygen").out().strip(),
                InProcess.run("keygen").out().strip());
        assertThat(keys).allMatch(key -> key.matches("[0-9a-f]{64}")).doesNotHaveDuplicates();
    }

    @Test
    void helpAndVersionOptionsPrintAndExitWithZero() {
        assertThat(InProcess.run("--help").out())
                .contains("demo", "serve", "keygen", "providers", "audit", "backup", "simulator");
        assertThat(InProcess.run("--version").out()).contains("keyswitch " + Version.CURRENT);
        assertThat(Version.CURRENT).matches("\\d+\\.\\d+\\.\\d+");
        for (var command : new String[] {"demo", "serve", "keygen", "providers", "audit", "backup", "simulator"}) {
            assertThat(InProcess.run(command, "--help").exitCode()).isZero();
        }
    }

    @Test
    void invalidUsageExitsWithCodeTwoAndNoStackTrace() {
        for (var usage :
                List.of("", "sevre", "demo --prot 1", "demo --port x", "demo --port 99999", "audit --last 0")) {
            var command = InProcess.run(usage.isEmpty() ? new String[0] : usage.split(" ", -1));
            assertThat(command.exitCode()).as(usage).isEqualTo(2);
            assertThat(command.err()).as(usage).contains("--help").doesNotContain("\tat ");
        }
    }

    @Test
    void invalidOrMissingSettingsExitWithCodeTwo(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("keyswitch.yaml"), "server: {prot: 1}\n");
        var command = InProcess.run("serve", "--config", file.toString());
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err())
                .contains("keyswitch.yaml:1: Unknown setting \"server.prot\". Did you mean \"server.port\"?")
                .contains("keyswitch: auth.firebase is missing")
                .contains("keyswitch: LLM_SETTINGS_ENCRYPTION_KEY is missing");
        var missing = InProcess.run("serve", "--config", "/no/such/file.yaml");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("--config /no/such/file.yaml cannot be read: there is no such file");
    }

    @Test
    void invalidYamlIsReportedWithItsFile(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("broken.yaml"), "server: {port: 1\n");
        var command = InProcess.run("serve", "--config", file.toString());
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err()).contains("broken.yaml:1:17: not valid YAML");
    }

    @Test
    void demoFailsWithoutCreatingDataWhenThePortIsInUse(@TempDir Path directory) throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var data = directory.resolve("data");
            var command =
                    InProcess.run("demo", "--port", Integer.toString(taken.getLocalPort()), "--data", data.toString());
            assertThat(command.exitCode()).isEqualTo(1);
            assertThat(command.err()).contains("is taken by another program");
            assertThat(data).doesNotExist();
        }
    }

    @Test
    void providersListsBuiltInAndConfiguredProviders(@TempDir Path directory) throws Exception {
        var file = Files.writeString(
                directory.resolve("keyswitch.yaml"),
                "providers: {mistral: {displayName: Mistral, baseUrl: 'https://api.mistral.ai/v1', defaultModel: mistral-large-latest}}\n");
        assertThat(InProcess.run("providers", "--config", file.toString()).out())
                .contains("groq", "swarmspace")
                .containsPattern("mistral +Mistral +openai +mistral-large-latest +- +https://api.mistral.ai/v1");
    }
}
