package io.keyswitch.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.settings.SettingsLoader.Purpose;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsPrinterTest {
    private static final String FILE = """
            server: {port: 8081, allowedOrigins: ["https://app.example", "http://[::1]:3000"]}
            auth:
              firebase: {projectId: my-project, appCheck: {projectNumber: 123456}}
              oidc:
                - {issuer: "https://login.example", audience: "null"}
            assistant:
              name: 'Zoë: "the" #1'
            default: {provider: groq}
            providers:
              acme:
                baseUrl: https://api.acme.example/{accountId}/v1
                defaultModel: acme/model:1
                accountId: {pattern: '^[0-9a-f]{32}$'}
                headers: {X-Team: blue, X-Token: short-tok}
                check: {get: "/models?limit=1", doubtful: [403]}
                quirks: {drop: [messages.name], rename: {max_tokens: limit}}
            timeouts: {retries: 0s}
            swarmspace: {plugins: {wikipedia: null}, tiers: {gold: premium}}
            """;

    @TempDir
    private Path directory;

    private static String print(@Nullable Path file, Map<String, String> environment, boolean changedOnly) {
        var out = new StringWriter();
        SettingsPrinter.print(file, environment, changedOnly, new PrintWriter(out));
        return out.toString();
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("keyswitch.yaml"), yaml);
    }

    @Test
    void printedSettingsParseToTheSameSettings() throws IOException {
        var file = file(FILE.replaceFirst(", X-Token: short-tok", ""));
        var environment = Map.of("GROQ_API_KEY", "gsk_abcdefgh", "KEYSWITCH_LIMITS_BODY_BYTES", "2048");
        var printed = print(file, environment, false);
        var reread = SettingsLoader.parse(printed, directory, Map.of("GROQ_API_KEY", "gsk_abcdefgh"), Purpose.SHOW);
        assertThat(reread)
                .usingRecursiveComparison()
                .withEqualsForType((one, other) -> one.pattern().equals(other.pattern()), java.util.regex.Pattern.class)
                .isEqualTo(SettingsLoader.load(file, environment, Purpose.SHOW));
    }

    @Test
    void builtInSettingsPrintAndParseToTheSameSettings() {
        var reread = SettingsLoader.parse(print(null, Map.of(), false), directory, Map.of(), Purpose.SHOW);
        assertThat(reread)
                .usingRecursiveComparison()
                .withEqualsForType((one, other) -> one.pattern().equals(other.pattern()), java.util.regex.Pattern.class)
                .isEqualTo(SettingsLoader.load(null, Map.of(), Purpose.SHOW));
    }

    @Test
    void everyPrintedValueIsAnnotatedWithItsOrigin() throws IOException {
        var file = file(FILE);
        var printed = print(file, Map.of("KEYSWITCH_LIMITS_BODY_BYTES", "2048"), false);
        assertThat(printed)
                .containsPattern("  port: 8081 +# " + file + ":1\n")
                .containsPattern("  host: 127.0.0.1 +# default\n")
                .containsPattern("  bodyBytes: 2048 +# KEYSWITCH_LIMITS_BODY_BYTES\n")
                .containsPattern("      issuer: \"?https://login.example\"? +# " + file + ":5\n")
                .containsPattern("    displayName: Groq +# default\n")
                .containsPattern("    wikipedia: null +# " + file + ":18\n");
    }

    @Test
    void onlyChangedSettingsArePrintedOnRequest() throws IOException {
        var printed = print(
                file("server: {port: 8081}\nproviders: {groq: {aliases: [fast]}}\n"),
                Map.of("KEYSWITCH_LIMITS_BODY_BYTES", "2048"),
                true);
        assertThat(printed.lines().filter(line -> !line.startsWith("#") && !line.isBlank()))
                .allSatisfy(line -> assertThat(line).doesNotContain("# default"))
                .extracting(line -> line.replaceAll(" +#.*", ""))
                .containsExactly(
                        "server:",
                        "  port: 8081",
                        "providers:",
                        "  groq:",
                        "    aliases: [fast]",
                        "limits:",
                        "  bodyBytes: 2048");
    }

    @Test
    void secretsAreNeverPrinted() throws IOException {
        var printed = print(
                file(FILE), Map.of("GROQ_API_KEY", "gsk_abcdefghijkl", "METRICS_TOKEN", "the-metrics-token"), false);
        assertThat(printed)
                .contains("# GROQ_API_KEY: set", "# METRICS_TOKEN: set", "# GEMINI_API_KEY: not set")
                .contains("X-Token: \"••••\"", "X-Team: blue")
                .doesNotContain("gsk_abcdefghijkl", "the-metrics-token", "short-tok");
    }
}
