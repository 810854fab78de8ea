package io.keyswitch.simulator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Mock results of the plugin workers, in the real formats. Does no I/O. */
final class PluginResults {
    /** The required parameter of each plugin, under any of its names. */
    private static final Map<String, List<String>> NEEDS = Map.ofEntries(
            Map.entry("gemini-flash", List.of("prompt")),
            Map.entry("brave-search", List.of("query")),
            Map.entry("semantic-scholar", List.of("query")),
            Map.entry("weather", List.of("location", "query")),
            Map.entry("wikipedia", List.of("query")),
            Map.entry("currency", List.of("from", "query")),
            Map.entry("news", List.of("query", "q")),
            Map.entry("url-reader", List.of("url")),
            Map.entry("tavily-search", List.of("query")),
            Map.entry("exa-search", List.of("query")),
            Map.entry("perplexity-sonar", List.of("query")));

    /** The parameter that holds the user's own key. */
    static final String OWN_KEY = "_apiKeyOverride";

    private static final String MODEL = "gemini-3-flash-preview";

    private PluginResults() {}

    static boolean knows(String plugin) {
        return NEEDS.containsKey(plugin);
    }

    /** The required parameter if it is missing; null if it is present. */
    static @Nullable String missing(String plugin, ObjectNode params) {
        var names = NEEDS.getOrDefault(plugin, List.of());
        return names.stream().anyMatch(name -> !Json.text(params, name).isEmpty()) ? null : names.getFirst();
    }

    static Reply of(String plugin, ObjectNode params, ObjectNode quota) {
        if (plugin.equals("gemini-flash")) {
            return written(params, quota);
        }
        var asked = NEEDS.getOrDefault(plugin, List.of()).stream()
                .map(name -> Json.text(params, name))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return Reply.json(200, found(plugin, asked).set("quota", quota));
    }

    /** The answer of a model, called with the user's key if there is one, else with the worker's. */
    private static Reply written(ObjectNode params, ObjectNode quota) {
        var override = Json.text(params, OWN_KEY);
        var key = new Key(override.isEmpty() ? "project-key-of-the-worker" : override);
        var problem = key.onChat();
        if (problem != null) {
            return refused(problem);
        }
        var contents = Json.array(Json.object()
                .put("role", "user")
                .set("parts", Json.array(Json.object().put("text", Json.text(params, "prompt")))));
        var conversation = Conversation.of(Json.text(params, "system"), contents, "parts");
        var answer = Answer.to(new Prompt("Google (Gemini)", MODEL, key, conversation, Integer.MAX_VALUE));
        return Reply.json(
                200,
                Json.object().put("text", answer.text()).put("model", MODEL).set("quota", quota));
    }

    private static Reply refused(Problem problem) {
        return switch (problem) {
            case NO_CREDIT -> PluginWorkers.refuse(400, "The account behind your API key has no credit left");
            case RATE_LIMITED -> PluginWorkers.refuse(503, "The model has too many requests right now");
            case OVERLOADED -> PluginWorkers.refuse(503, "The model is overloaded right now");
            default -> PluginWorkers.refuse(400, "The model's provider does not accept your API key");
        };
    }

    private static ObjectNode found(String plugin, String asked) {
        return switch (plugin) {
            case "weather" ->
                Json.object().put("location", asked).put("temperature_c", 17.5).put("sky", "light rain");
            case "currency" ->
                Json.object().put("query", asked).put("rate", 1.0834).put("date", "2026-03-01");
            case "url-reader" -> {
                var page = Json.object();
                page.putObject("extracted").put("text", "The text of " + asked + ".");
                page.putObject("metadata").put("title", "A page");
                yield page;
            }
            case "brave-search" -> {
                var search = Json.object();
                search.putObject("web").set("results", Json.array(hit(asked)));
                yield search;
            }
            case "wikipedia" ->
                Json.object()
                        .set(
                                "results",
                                Json.array(Json.object()
                                        .put("title", asked)
                                        .put("snippet", "An article about " + asked + ".")
                                        .put("url", "https://en.wikipedia.example/wiki/1")));
            case "news" ->
                Json.object()
                        .put("status", "success")
                        .put("totalResults", 1)
                        .set("results", Json.array(hit(asked).put("source", "The Example Times")));
            case "tavily-search", "perplexity-sonar" ->
                Json.object()
                        .put("answer", "A simulated answer about " + asked + ".")
                        .set("results", Json.array(hit(asked)));
            default -> Json.object().set("results", Json.array(hit(asked)));
        };
    }

    private static ObjectNode hit(String asked) {
        return Json.object()
                .put("title", "About " + asked)
                .put("description", "A simulated result about " + asked + ".")
                .put("url", "https://www.example.org/1");
    }
}
