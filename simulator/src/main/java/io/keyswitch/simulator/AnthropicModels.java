package io.keyswitch.simulator;

import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's models (as of 2026-11) and their listing. */
final class AnthropicModels {
    private static final List<String> IDS = Words.listed("""
        claude-opus-5-5 claude-sonnet-5-5 claude-haiku-5-5 claude-fable-5-2 claude-fable-5-1 claude-mythos-5-2
        claude-mythos-5-1 claude-sonnet-5 claude-opus-5 claude-fable-5 claude-mythos-5 claude-opus-4-8
        claude-opus-4-7 claude-opus-4-6 claude-sonnet-4-6 claude-haiku-4-5 claude-haiku-4-5-20251001
        claude-opus-4-5 claude-opus-4-5-20251101 claude-mythos-preview claude-sonnet-4-5
        claude-sonnet-4-5-20250929\
        """);
    private static final Pattern OLDER = Pattern.compile("^claude-(opus|sonnet|haiku)-4-[0-6](-\\d+)?$");

    private AnthropicModels() {}

    static boolean known(String id) {
        return Scenario.owns(id) || IDS.contains(id);
    }

    /** Whether a model accepts sampling parameters and assistant message prefill. */
    static boolean older(String id) {
        return OLDER.matcher(id).matches();
    }

    /** A page of the model list. */
    static ObjectNode page(Call call) {
        var limit = call.queryNumber("limit", 20, 1_000);
        var after = IDS.indexOf(call.queryOr("after_id", "")) + 1;
        var before = IDS.indexOf(call.queryOr("before_id", ""));
        var candidates = IDS.subList(after, Math.max(after, before < 0 ? IDS.size() : before));
        var skipped = before < 0 ? 0 : Math.max(0, candidates.size() - limit);
        var shown = candidates.stream().skip(skipped).limit(limit).toList();
        return Json.object()
                .set(
                        "data",
                        Json.array(shown.stream().map(AnthropicModels::model).toList()))
                .put("has_more", shown.size() < candidates.size())
                .put("first_id", shown.isEmpty() ? null : shown.getFirst())
                .put("last_id", shown.isEmpty() ? null : shown.getLast());
    }

    static ObjectNode model(String id) {
        return Json.object()
                .put("type", "model")
                .put("id", id)
                .put("display_name", displayName(id))
                .put("created_at", "2026-06-01T00:00:00Z")
                .put("max_input_tokens", 200_000)
                .put("max_tokens", 64_000)
                .put("lifecycle", id.startsWith("claude-sonnet-4-5") ? "deprecated" : "active");
    }

    private static String displayName(String id) {
        var name = new StringBuilder();
        for (var part : Words.listed(id.replace('-', ' '))) {
            var version = Character.isDigit(part.charAt(0));
            var afterVersion = !name.isEmpty() && Character.isDigit(name.charAt(name.length() - 1));
            name.append(name.isEmpty() ? "" : version && afterVersion ? "." : " ")
                    .append(Character.toUpperCase(part.charAt(0)))
                    .append(part, 1, part.length());
        }
        return name.toString();
    }
}
