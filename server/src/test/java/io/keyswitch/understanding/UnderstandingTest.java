package io.keyswitch.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.TestData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How much of what people say is understood, by language and intent. */
class UnderstandingTest {
    private static final Understanding UNDERSTANDING =
            new Understanding(SettingsLoader.parse("""
                            providers: {vllm: {baseUrl: "http://127.0.0.1:1"}, ollama: {baseUrl: "http://127.0.0.1:1"}}
                            """, Path.of("."), Map.of(), SettingsLoader.Purpose.SHOW)
                    .providers());

    /** A labelled sentence. */
    private record Labelled(String language, String intent, Map<String, String> details, String sentence) {}

    private static List<Labelled> own(String language) throws IOException {
        try (var in = UnderstandingTest.class.getResourceAsStream("/understanding/" + language + ".tsv")) {
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .map(line -> line.split("\t", 3))
                            .map(parts ->
                                    new Labelled(language, parts[0], details(parts[1]), parts[2].replace("\\n", "\n")))
                            .toList();
        }
    }

    private static Map<String, String> details(String pairs) {
        return Stream.of(pairs.split(" ", -1))
                .filter(pair -> !pair.isBlank())
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, _) -> a, TreeMap::new));
    }

    private static List<Labelled> shared() throws IOException {
        var labelled = new ArrayList<Labelled>();
        for (var line : Files.readAllLines(TestData.path("conversation/sentences.jsonl"))) {
            var json = TestApp.parse(line);
            var details = new TreeMap<String, String>();
            for (var name : List.of("provider", "model", "keySource", "scope")) {
                if (json.has(name)) {
                    details.put(name, json.path(name).asString());
                }
            }
            labelled.add(new Labelled(
                    json.path("lang").asString(),
                    json.path("intent").asString(),
                    details,
                    json.path("say").asString()));
        }
        return labelled;
    }

    /** What became of the sentences of a language. */
    private static final class Tally {
        private int requests;
        private int acted;
        private int offered;
        private int chat;
        private int falseStarts;
        private int suggestions;
        private final List<String> misread = new ArrayList<>();

        void count(Labelled labelled) {
            var understood = UNDERSTANDING.read(labelled.sentence());
            var read = describe(understood);
            var wanted = labelled.intent() + labelled.details();
            if (labelled.intent().equals("chat")) {
                chat++;
                if (understood != null && understood.certain()) {
                    falseStarts++;
                    misread.add("FALSE START " + read + " <- " + labelled.sentence());
                } else if (understood != null) {
                    suggestions++;
                }
                return;
            }
            requests++;
            boolean right = read.equals(wanted);
            if (understood != null && understood.certain() && right) {
                acted++;
            } else if (understood != null && !understood.certain()) {
                offered++;
                misread.add("offered " + read + (right ? "" : " wanted " + wanted) + " <- " + labelled.sentence());
            } else {
                misread.add((understood == null ? "missed " : "WRONG " + read + " wanted ") + wanted + " <- "
                        + labelled.sentence());
            }
        }

        @Override
        public String toString() {
            return "%3d requests: %3d acted on, %2d offered, %2d missed; %3d for the model: %d false starts, %d suggestions"
                    .formatted(requests, acted, offered, requests - acted - offered, chat, falseStarts, suggestions);
        }
    }

    static String describe(@Nullable Understood understood) {
        if (understood == null) {
            return "chat";
        }
        var details = new TreeMap<String, String>();
        var name = switch (understood.intent()) {
            case Intent.Change(var provider, var model, var keySource, var thisThread) -> {
                if (provider != null) {
                    details.put("provider", provider.id().value());
                }
                if (model != null) {
                    details.put("model", model.value());
                }
                if (keySource != null) {
                    details.put("keySource", keySource == KeySource.OWN ? "own" : "project");
                }
                if (thisThread) {
                    details.put("scope", "thread");
                }
                yield "change";
            }
            case Intent.Misspelt(var _, var near) -> {
                details.put("provider", near.id().value());
                yield "misspelt";
            }
            case Intent.Which _ -> "which";
            case Intent.Offers(var provider) -> {
                if (provider != null) {
                    details.put("provider", provider.id().value());
                }
                yield "list";
            }
            case Intent.Undo _ -> "undo";
            case Intent.UseDefault _ -> "default";
            case Intent.UpdateKey(var provider) -> {
                if (provider != null) {
                    details.put("provider", provider.id().value());
                }
                yield "update_key";
            }
            case Intent.ForgetKey(var provider) -> {
                if (provider != null) {
                    details.put("provider", provider.id().value());
                }
                yield "forget_key";
            }
            case Intent.Help(var provider) -> {
                if (provider != null) {
                    details.put("provider", provider.id().value());
                }
                yield "help";
            }
        };
        return name + details;
    }

    @Test
    void sharedSentences() throws IOException {
        var tallies = new TreeMap<String, Tally>();
        for (var labelled : shared()) {
            tallies.computeIfAbsent(labelled.language(), _ -> new Tally()).count(labelled);
        }
        print(tallies);
        assertThat(tallies).isNotEmpty();
    }

    @Test
    void ownSentences() throws IOException {
        var tallies = new TreeMap<String, Tally>();
        for (var language : Understanding.LANGUAGES) {
            for (var labelled : own(language)) {
                tallies.computeIfAbsent(language, _ -> new Tally()).count(labelled);
            }
        }
        print(tallies);
    }

    @Test
    void older() throws IOException {
        var tally = new Tally();
        try (var in = Objects.requireNonNull(UnderstandingTest.class.getResourceAsStream("/requests.tsv"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t", 2))
                    .forEach(parts -> {
                        var words = List.of(parts[0].split(" ", -1));
                        var details = new TreeMap<String, String>();
                        for (var word : words.subList(1, words.size())) {
                            switch (word) {
                                case "own" -> details.put("keySource", "own");
                                case "default" -> details.put("keySource", "project");
                                default -> details.put(details.containsKey("provider") ? "model" : "provider", word);
                            }
                        }
                        var intent = switch (words.getFirst()) {
                            case "none" -> "chat";
                            case "forget" -> "forget_key";
                            default -> words.getFirst();
                        };
                        tally.count(new Labelled("en", intent, details, parts[1]));
                    });
        }
        print(new TreeMap<>(Map.of("en", tally)));
    }

    private static void print(Map<String, Tally> tallies) {
        tallies.forEach((language, tally) -> System.out.println(language + " " + tally));
        tallies.forEach(
                (language, tally) -> tally.misread.forEach(line -> System.out.println("  " + language + " " + line)));
    }
}
