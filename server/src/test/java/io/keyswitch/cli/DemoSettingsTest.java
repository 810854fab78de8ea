package io.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.settings.SettingsLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class DemoSettingsTest {
    private static JsonNode resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(SettingsLoader.class.getResourceAsStream(name))) {
            return new YAMLMapper().readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Otherwise the demo would send its users' messages and made-up keys to the provider itself. */
    @Test
    void theSimulatorAnswersForEveryBuiltInProvider() throws IOException {
        var inDemo = resource("/demo.yaml").path("providers");
        resource("/providers.yaml").properties().stream()
                .filter(provider ->
                        provider.getValue().path("baseUrl").asString("").startsWith("https://"))
                .forEach(provider -> assertThat(
                                inDemo.path(provider.getKey()).path("baseUrl").asString(""))
                        .as(provider.getKey())
                        .startsWith("{simulator}"));
    }
}
