package io.keyswitch.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published JSON schema is the one generated from the settings records; it accepts valid settings and rejects others. */
class SettingsSchemaTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SettingsSchema.text());
    private static final Pattern SNIPPET = Pattern.compile("(?s)```yaml\\n(.*?)```");

    private static List<?> mistakes(String yaml) {
        return SCHEMA.validate(yaml, InputFormat.YAML);
    }

    @Test
    void thePublishedSchemaFileIsUpToDate() throws IOException {
        assertThat(Path.of("keyswitch.schema.json"))
                .as("write it anew with ./keyswitch settings --schema > keyswitch.schema.json")
                .hasContent(SettingsSchema.text());
    }

    static Stream<String> settingsInTheDocs() throws IOException {
        var texts = new java.util.ArrayList<String>();
        try (var docs = Files.list(Path.of("docs"))) {
            for (var file : Stream.concat(docs, Stream.of(Path.of("README.md")))
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList()) {
                SNIPPET.matcher(Files.readString(file))
                        .results()
                        .map(match -> match.group(1).stripIndent())
                        .filter(yaml -> !yaml.contains("Prometheus"))
                        .forEach(texts::add);
            }
        }
        assertThat(texts).hasSizeGreaterThan(3);
        return texts.stream();
    }

    @ParameterizedTest
    @MethodSource("settingsInTheDocs")
    void theSettingsInTheDocsAreValid(String yaml) {
        assertThat(mistakes(yaml)).isEmpty();
    }

    @Test
    void theDemosSettingsAreValid() throws IOException {
        try (var demo = Objects.requireNonNull(getClass().getResourceAsStream("/demo.yaml"))) {
            assertThat(mistakes(new String(demo.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                            .replace("{port}", "8080")
                            .replace("{simulator}", "http://127.0.0.1:9100")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server: {prot: 1}",
                "server: {port: 70000}",
                "server: {port: x}",
                "server: {allowedOrigins: [app.example/x]}",
                "timeouts: {gap: 60}",
                "providers: {groq: {wire: opnai}}",
                "providers: {groq: {baseURL: 'https://x.example'}}",
                "providers: {groq: {quirks: {streaming: 'yes'}}}",
                "auth: {oidc: [{audience: x}]}",
                "swarmspace: {tiers: {gold: best}}"
            })
    void theSchemaRejectsInvalidSettings(String yaml) {
        assertThat(mistakes(yaml)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "providers: {groq: {projectKey: null}}",
                "swarmspace: {plugins: {wikipedia: null, gemini-flash: {chat: null}}}",
                "providers: {xx: {baseUrl: 'https://x.example', defaultModel: m-1, check: {doubtful: [403]}}}"
            })
    void theSchemaAcceptsValidSettings(String yaml) {
        assertThat(mistakes(yaml)).isEmpty();
    }
}
