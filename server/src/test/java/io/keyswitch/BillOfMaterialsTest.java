package io.keyswitch;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The bill of materials contains only runtime libraries, each under a licence that permits redistribution. */
class BillOfMaterialsTest {
    private static final Set<String> LICENCES =
            Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "EPL-1.0", "EPL-2.0", "LGPL-2.1-only", "ISC");

    private static Set<String> licences(JsonNode component) {
        return component
                .path("licenses")
                .valueStream()
                .map(licence -> licence.path("license")
                        .path("id")
                        .asString(licence.path("license")
                                .path("name")
                                .asString(licence.path("expression").asString(""))))
                .collect(Collectors.toSet());
    }

    @Test
    void everyLibraryHasAnAllowedLicence() throws Exception {
        var components = TestApp.parse(Files.readString(Path.of("target/keyswitch/bom.json")))
                .path("components");
        assertThat(components.size()).isGreaterThan(20);
        for (var component : components) {
            var allowed = licences(component).stream().anyMatch(LICENCES::contains);
            assertThat(allowed)
                    .as("%s: %s", component.path("purl"), licences(component))
                    .isTrue();
        }
    }

    @Test
    void theBillOfMaterialsContainsNoTestDependencies() throws Exception {
        assertThat(Files.readString(Path.of("target/keyswitch/bom.json")))
                .contains("vertx-core")
                .doesNotContain("openai-java")
                .doesNotContain("langchain4j")
                .doesNotContain("junit");
    }
}
