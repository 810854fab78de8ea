package io.keyswitch.swarmspace;

import io.keyswitch.core.Details;
import io.keyswitch.core.Failure;
import io.keyswitch.core.FailureCode;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.secret.ScannedText;
import io.keyswitch.swarmspace.registry.Plugin;
import io.keyswitch.telemetry.LimitedLog;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Maps failed worker calls to API errors. */
final class PluginFailures {
    private static final int LINES_A_MINUTE = 60;
    private static final String PLUGIN_ID = "plugin_id";
    /** Statuses that a caller cannot cause: the worker or its URL is wrong. */
    private static final Set<Integer> NOT_THE_CALLERS = Set.of(401, 404, 405);

    private static final int MAX_LENGTH = 200;
    /**
     * Matches errors of workers that reject the internal token; other errors with these statuses are about the call.
     */
    private static final Pattern WRONG_TOKEN = Pattern.compile("(?i)\\W*unauthori[sz]ed\\W*|.*\\binternal token\\b.*");

    private final LimitedLog log = new LimitedLog(LoggerFactory.getLogger(PluginFailures.class), LINES_A_MINUTE);

    Failure of(Plugin plugin, int status, JsonNode body) {
        var said = error(body);
        if ((status == 401 || status == 403) && WRONG_TOKEN.matcher(said).matches()) {
            return tokenRefused(plugin);
        }
        if (status / 100 != 4 || NOT_THE_CALLERS.contains(status)) {
            log.warn("the worker of plugin {} failed with status {}", plugin.id(), status);
        }
        return switch (status) {
            case 429 -> exhausted(plugin, said, body);
            case 403 -> refused(FailureCode.PERMISSION_DENIED, plugin, status, said);
            default -> refused(FailureCode.INTERNAL, plugin, status, said);
        };
    }

    /** Includes the worker's status, so that an app can distinguish a wrong parameter from a broken worker. */
    private static Failure refused(FailureCode code, Plugin plugin, int status, String said) {
        return Failure.of(code, said, () -> Map.of(PLUGIN_ID, plugin.id(), "status", status));
    }

    static Failure notSetUp(Plugin plugin) {
        return Failure.of(
                FailureCode.UNAVAILABLE,
                "Plugin %s is not set up here.".formatted(plugin.id()),
                () -> Map.of(PLUGIN_ID, plugin.id(), "reason", "not_configured"));
    }

    /** Logs the cause but hides it from the caller, because only the operator can fix it. */
    private Failure tokenRefused(Plugin plugin) {
        log.error("the worker of plugin {} rejected SWARMSPACE_INTERNAL_TOKEN: set the same in both", plugin.id());
        return unavailable(plugin);
    }

    Failure unavailable(Plugin plugin, LlmFailure why) {
        log.warn("plugin call failed: plugin {}: {}", plugin.id(), why);
        return unavailable(plugin);
    }

    private static Failure exhausted(Plugin plugin, String said, JsonNode body) {
        var details = new HashMap<String, Object>();
        details.put(PLUGIN_ID, plugin.id());
        if (body.path("quota") instanceof ObjectNode quota) {
            details.put("quota", quota);
        }
        return Failure.of(FailureCode.RESOURCE_EXHAUSTED, said, () -> details);
    }

    private static Failure unavailable(Plugin plugin) {
        return Failure.of(
                FailureCode.UNAVAILABLE,
                "Plugin %s is temporarily unavailable. Try again shortly.".formatted(plugin.id()),
                Details.NONE);
    }

    Failure notReadable(Plugin plugin, int status) {
        log.warn("the worker of plugin {} returned no JSON or incomplete JSON, with status {}", plugin.id(), status);
        var sentence = "Plugin %s returned invalid response".formatted(plugin.id());
        return refused(FailureCode.INTERNAL, plugin, status, sentence);
    }

    static Failure keyDeleted() {
        return new Failure(Reason.KEY_DELETED);
    }

    /** The worker's error message, which the protocol passes on: shortened, on one line and without secrets. */
    private static String error(JsonNode body) {
        var said = body.path("error")
                .stringValue("")
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        var clean = ScannedText.of(said).text();
        var cut = clean.codePoints()
                .limit(MAX_LENGTH)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return cut.isEmpty() ? "Plugin error" : cut;
    }
}
