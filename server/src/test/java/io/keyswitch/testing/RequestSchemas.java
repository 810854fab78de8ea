package io.keyswitch.testing;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Holds every request that reaches a stand-in of a provider against that provider's published schema. Without the test data
 * nothing is checked.
 */
public final class RequestSchemas {
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
    private static final int ENOUGH = 5;
    /** In a request that is to show that what nobody knows passes through. */
    private static final String ODD_ON_PURPOSE = "\"unknown_field\"";

    private final List<String> violations = new CopyOnWriteArrayList<>();

    /**
     * Checks a request.
     *
     * @param version the {@code anthropic-version} header; null if there is none
     */
    public void check(String uri, @Nullable String version, String body) {
        var path = uri.replaceFirst("[?].*", "");
        var name = schema(path, version);
        if (name == null
                || body.contains(ODD_ON_PURPOSE)
                || violations.size() >= ENOUGH
                || !TestData.isPresent("wire/specs")) {
            return;
        }
        var errors = SCHEMAS.computeIfAbsent(name, RequestSchemas::read).validate(body, InputFormat.JSON);
        if (!errors.isEmpty()) {
            violations.add("%s does not demand what was sent to %s: %s in %s".formatted(name, path, errors, body));
        }
    }

    /** Fails if a request was not what its provider's schema demands. */
    public void requireNoViolation() {
        if (!violations.isEmpty()) {
            throw new AssertionError(String.join("\n", violations));
        }
    }

    private static @Nullable String schema(String path, @Nullable String version) {
        if (path.endsWith("/messages")) {
            return "anthropic-messages-" + (version == null ? "2023-06-01" : version);
        }
        if (path.contains(":generateContent") || path.contains(":streamGenerateContent")) {
            return "gemini-generatecontent";
        }
        if (!path.endsWith("/chat/completions")) {
            return null;
        }
        return path.contains("/mistral/") ? "mistral-chat" : "openai-chat";
    }

    private static Schema read(String name) {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(TestData.path("wire/specs/" + name + ".request.schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
