package io.keyswitch.understanding;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.Provider;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.testing.TestApp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A labelled sentence.
 *
 * @param intent what it asks for; {@code chat} if it is for the model
 * @param details provider, model, keySource and scope, as far as it names them
 */
record Sample(String language, String intent, Map<String, String> details, String sentence) {
    private static final Understanding UNDERSTANDING = new Understanding(SettingsLoader.parse(
                    "providers: {vllm: {baseUrl: 'http://127.0.0.1:1'}, ollama: {baseUrl: 'http://127.0.0.1:1'}}",
                    Path.of("."),
                    Map.of(),
                    SettingsLoader.Purpose.SHOW)
            .providers());

    /** What somebody says whose language is unknown. */
    static Utterance said(String text) {
        return UNDERSTANDING.utterance(text, null);
    }

    String label() {
        return intent + new TreeMap<>(details);
    }

    /** The sentences of {@code understanding/xx.tsv}: intent, details, sentence. */
    static List<Sample> own(String language) throws IOException {
        return lines("/understanding/" + language + ".tsv")
                .map(line -> line.split("\t", 3))
                .map(parts -> new Sample(language, parts[0], details(parts[1]), parts[2].replace("\\n", "\n")))
                .toList();
    }

    private static Map<String, String> details(String pairs) {
        var details = new TreeMap<String, String>();
        for (var pair : pairs.split(" ", -1)) {
            if (!pair.isBlank()) {
                details.put(pair.replaceFirst("=.*", ""), pair.replaceFirst(".*?=", ""));
            }
        }
        return details;
    }

    /** The sentences of {@code understanding/requests.tsv}: intent, provider, model and key in one column. */
    static List<Sample> english() throws IOException {
        return lines("/understanding/requests.tsv")
                .map(line -> line.split("\t", 2))
                .map(parts -> english(List.of(parts[0].split(" ", -1)), parts[1]))
                .toList();
    }

    private static Sample english(List<String> label, String sentence) {
        var details = new TreeMap<String, String>();
        for (var word : label.subList(1, label.size())) {
            switch (word) {
                case "own" -> details.put("keySource", "own");
                case "default" -> details.put("keySource", "project");
                case "here" -> details.put("scope", "thread");
                default -> details.put(details.containsKey("provider") ? "model" : "provider", word);
            }
        }
        var intent = switch (label.getFirst()) {
            case "none" -> "chat";
            case "forget" -> "forget_key";
            default -> label.getFirst();
        };
        return new Sample("en", intent, details, sentence);
    }

    private static Stream<String> lines(String resource) throws IOException {
        try (var in = Sample.class.getResourceAsStream(resource)) {
            return in == null
                    ? Stream.of()
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"));
        }
    }

    static List<Sample> shared(Path file) throws IOException {
        var samples = new ArrayList<Sample>();
        for (var line : Files.readAllLines(file)) {
            var json = TestApp.parse(line);
            var details = new TreeMap<String, String>();
            for (var name : List.of("provider", "model", "keySource", "scope")) {
                if (json.has(name)) {
                    details.put(name, json.path(name).asString());
                }
            }
            samples.add(new Sample(
                    json.path("lang").asString(),
                    json.path("intent").asString(),
                    details,
                    json.path("say").asString()));
        }
        return samples;
    }

    static String describe(@Nullable Understood understood) {
        return switch (understood == null ? null : understood.intent()) {
            case null -> "chat";
            case Intent.Change(var provider, var model, var _, var keySource, var thisThread) -> {
                var details = provider(provider);
                if (model != null) {
                    details.put("model", model.value());
                }
                if (keySource != null) {
                    details.put("keySource", keySource == KeySource.OWN ? "own" : "project");
                }
                if (thisThread) {
                    details.put("scope", "thread");
                }
                yield "change" + details;
            }
            case Intent.OnlyHere _ -> "only_here";
            case Intent.UnknownProvider(var _, var near, var _) -> "misspelt" + provider(near);
            case Intent.Which _ -> "which{}";
            case Intent.Offers(var provider) -> "list" + provider(provider);
            case Intent.Undo _ -> "undo{}";
            case Intent.UseDefault _ -> "default{}";
            case Intent.UpdateKey(var provider) -> "update_key" + provider(provider);
            case Intent.ForgetKey(var provider, var _) -> "forget_key" + provider(provider);
            case Intent.Help(var provider) -> "help" + provider(provider);
        };
    }

    private static Map<String, String> provider(@Nullable Provider provider) {
        return provider == null
                ? new TreeMap<>()
                : new TreeMap<>(Map.of("provider", provider.id().value()));
    }

    /** What became of many sentences. */
    static final class Tally {
        int requests;
        int acted;
        int offered;
        int chat;
        int falseStarts;
        int suggestions;
        final List<String> misread = new ArrayList<>();

        void count(Sample sample) {
            var understood = said(sample.sentence()).request();
            var read = describe(understood);
            if (sample.intent().equals("chat")) {
                chat++;
                if (understood != null) {
                    misread.add(
                            (understood.certain() ? "FALSE START " : "suggested ") + read + " <- " + sample.sentence());
                    falseStarts += understood.certain() ? 1 : 0;
                    suggestions += understood.certain() ? 0 : 1;
                }
                return;
            }
            requests++;
            if (understood != null && !understood.certain()) {
                offered++;
                misread.add("offered " + read + ", labelled " + sample.label() + " <- " + sample.sentence());
            } else if (read.equals(sample.label())) {
                acted++;
            } else {
                misread.add("MISSED: " + read + ", labelled " + sample.label() + " <- " + sample.sentence());
            }
        }

        void add(Tally other) {
            requests += other.requests;
            acted += other.acted;
            offered += other.offered;
            chat += other.chat;
            falseStarts += other.falseStarts;
            suggestions += other.suggestions;
            misread.addAll(other.misread);
        }

        String row(String name) {
            return "| %s | %d | %d | %d | %d | %d | %d | %d |"
                    .formatted(
                            name, requests, acted, offered, requests - acted - offered, chat, falseStarts, suggestions);
        }

        /** How many were read as labelled, of how many: requests acted on, or messages left to the model. */
        String cell() {
            return acted + chat - falseStarts - suggestions + " / " + (requests + chat);
        }

        @Override
        public String toString() {
            return row("");
        }
    }
}
