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
 * Validates the requests to a fake or simulated provider against that provider's published schema. Does nothing if the test
 * data is missing.
 */
public final class RequestSchemas {
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
    private static final int ENOUGH = 5;
    /** Marks requests that test the forwarding of unknown fields; they are not validated. */
    private static final String ODD_ON_PURPOSE = "\"unknown_field\"";

    private final List<String> violations = new CopyOnWriteArrayList<>();

    /**
     * Validates a request and records a violation.
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

    /** Fails if a request violated its provider's schema. */
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
