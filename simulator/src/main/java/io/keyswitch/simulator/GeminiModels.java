package io.keyswitch.simulator;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Gemini's models (as of 2026-11) and their listing. */
final class GeminiModels {
    private static final List<String> IDS = Words.listed("""
        gemini-4-argon gemini-3.8-flash gemini-3.7-flash gemini-3.6-flash gemini-3.5-flash gemini-3.5-flash-lite
        gemini-3.1-flash-lite gemini-3.1-pro-preview gemini-3.1-pro-preview-customtools gemini-3-flash-preview
        gemini-2.5-flash gemini-2.5-flash-lite gemini-flash-latest gemini-pro-latest gemini-embedding-001\
        """);
    private static final String EMBEDDING = "gemini-embedding-";

    private GeminiModels() {}

    static boolean known(String id) {
        return Scenario.owns(id) || IDS.contains(id);
    }

    /** Whether a model supports {@code generateContent}. */
    static boolean generates(String id) {
        return known(id) && !id.startsWith(EMBEDDING);
    }

    /** A page of the model list; the page token is the ID of its first model. */
    static ObjectNode page(Call call) {
        var size = call.queryNumber("pageSize", 50, 1_000);
        var start = Math.max(0, IDS.indexOf(call.queryOr("pageToken", "")));
        var end = Math.min(IDS.size(), start + size);
        var page = Json.object()
                .set(
                        "models",
                        Json.array(IDS.subList(start, end).stream()
                                .map(GeminiModels::model)
                                .toList()));
        return end < IDS.size() ? page.put("nextPageToken", IDS.get(end)) : page;
    }

    static ObjectNode model(String id) {
        var methods = generates(id) ? List.of("generateContent", "countTokens") : List.of("embedContent");
        var model = Json.object()
                .put("name", "models/" + id)
                .put("version", "001")
                .put("displayName", id.replace('-', ' ').replaceFirst("^gemini", "Gemini"))
                .put("description", "A model of the simulator")
                .put("inputTokenLimit", 1_048_576)
                .put("outputTokenLimit", 65_536);
        methods.forEach(model.putArray("supportedGenerationMethods")::add);
        return model.put("temperature", 1).put("topP", 0.95).put("topK", 64).put("maxTemperature", 2);
    }
}
