package io.keyswitch.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.secret.MasterKeys;
import io.keyswitch.settings.SettingsLoader.Purpose;
import io.keyswitch.sql.DatabaseLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The settings of the files in {@code deploy} are ones that {@code serve} accepts. */
class DeployedSettingsTest {
    /** What the files take from the operator. */
    private static Map<String, String> secrets() {
        return new HashMap<>(Map.of(
                SettingsLoader.MASTER_KEY_VARIABLE, MasterKeys.generate(), "DATABASE_PASSWORD", "database-password"));
    }

    private static Settings load(String yaml, Map<String, String> environment) {
        return SettingsLoader.parse(yaml, Path.of("."), environment, Purpose.SERVE);
    }

    private static String read(String file) throws Exception {
        return Files.readString(Path.of("deploy", file));
    }

    @Test
    void thoseOfTheComposeFile() throws Exception {
        JsonNode compose = new YAMLMapper().readTree(read("compose.yaml"));
        var environment = secrets();
        compose.at("/services/keyswitch/environment")
                .properties()
                .forEach(variable -> environment.put(
                        variable.getKey(),
                        variable.getValue().asString().replaceFirst("^\\$\\{[A-Z_]+:\\?}$", "my-project")));
        var settings = load("", environment);
        assertThat(settings.database()).isInstanceOf(DatabaseLocation.Server.class);
        assertThat(settings.server().trustedProxies()).hasSize(1);
    }

    @Test
    void thoseOfTheManifests() throws Exception {
        var manifests = read("kubernetes/keyswitch.yaml");
        JsonNode configMap = new YAMLMapper().readTree(manifests.substring(0, manifests.indexOf("\n---")));
        var settings = load(configMap.at("/data/keyswitch.yaml").asString(), secrets());
        assertThat(settings.database()).isInstanceOf(DatabaseLocation.Server.class);
        assertThat(settings.server().host()).isEqualTo("0.0.0.0");
    }
}
