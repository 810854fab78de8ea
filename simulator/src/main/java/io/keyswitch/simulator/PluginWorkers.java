package io.keyswitch.simulator;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * SwarmSpace's plugin workers at {@code /plugins/ID/invoke}: they require the internal token and the user headers,
 * limit each user's calls per day, and return mock results in the real formats. Thread-safe.
 */
final class PluginWorkers {
    private static final Pattern INVOKE = Pattern.compile("^/([a-z0-9-]{2,64})/invoke$");
    private static final Set<String> TIERS = Set.of("free", "standard", "premium");
    private static final Map<String, Integer> LIMITS = Map.of("free", 100, "standard", 1_000, "premium", 10_000);
    private static final int MAX_COUNTED = 100_000;

    private record Counted(String user, String plugin, Instant day) {}

    private final Clock clock = Clock.systemUTC();
    private final Map<Counted, Integer> used = new ConcurrentHashMap<>();

    Reply answer(Call call) {
        var invoke = INVOKE.matcher(call.rest());
        if (!invoke.matches() || !PluginResults.knows(invoke.group(1))) {
            return refuse(404, "The simulator has no worker at " + call.path() + ".");
        }
        if (!call.method().equals("POST")) {
            return refuse(405, "Method not allowed");
        }
        var plugin = invoke.group(1);
        if (!call.bearer().value().equals(Simulator.INTERNAL_TOKEN)) {
            // The news worker responds 403 where the others respond 401.
            return refuse(plugin.equals("news") ? 403 : 401, "Unauthorized");
        }
        var user = call.header("X-SwarmSpace-User-Id");
        var tier = call.header("X-SwarmSpace-User-Tier");
        if (user == null || user.isEmpty() || tier == null || !TIERS.contains(tier)) {
            return refuse(400, "X-SwarmSpace-User-Id and X-SwarmSpace-User-Tier are required");
        }
        if (call.json() == null) {
            return refuse(400, "The body must be a JSON object");
        }
        return result(plugin, call.json(), new Counted(user, plugin, today()), LIMITS.getOrDefault(tier, 0));
    }

    private Instant today() {
        return clock.instant().truncatedTo(ChronoUnit.DAYS);
    }

    private Reply result(String plugin, ObjectNode params, Counted counted, int limit) {
        var missing = PluginResults.missing(plugin, params);
        if (missing != null) {
            return refuse(400, missing + " is required");
        }
        var trouble = trouble(params);
        if (trouble != null) {
            return trouble;
        }
        if (used.size() > MAX_COUNTED) {
            used.clear();
        }
        // Calls with the user's own key do not count.
        int count = used.merge(counted, params.has(PluginResults.OWN_KEY) ? 0 : 1, Integer::sum);
        var quota = quota(limit, Math.min(count, limit), counted.day());
        if (count > limit || asksFor(params, "sim-no-quota")) {
            return Reply.json(
                    429,
                    Json.object()
                            .put("error", "Daily quota exceeded")
                            .set("quota", quota(limit, limit, counted.day())));
        }
        return PluginResults.of(plugin, params, quota);
    }

    /** The error that a query or prompt selects; null if there is none. */
    private static @Nullable Reply trouble(ObjectNode params) {
        if (asksFor(params, "sim-error")) {
            return refuse(500, "The plugin failed");
        }
        return asksFor(params, "sim-forbidden") ? refuse(403, "This content is not allowed") : null;
    }

    private static boolean asksFor(ObjectNode params, String trouble) {
        return Json.text(params, "query").equals(trouble)
                || Json.text(params, "prompt").equals(trouble);
    }

    private static ObjectNode quota(int limit, int used, Instant day) {
        var resets = day.atOffset(ZoneOffset.UTC).plusDays(1);
        return Json.object()
                .put("limit", limit)
                .put("used", used)
                .put("remaining", limit - used)
                .put("resets_at", resets.toInstant().toString());
    }

    static Reply refuse(int status, String error) {
        return Reply.json(status, Json.object().put("error", error));
    }
}
