package io.keyswitch.language;

import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The sentences of one language. A failure has two: what happened, and under {@code cure} what the user can do in the chat.
 * Immutable.
 */
public final class Sentences {
    private static final ConcurrentMap<Language, Sentences> READ = new ConcurrentHashMap<>();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    /** Chinese and Japanese write no blanks between sentences. */
    private static final Pattern BLANK_BEHIND_FULL_STOP = Pattern.compile("(?<=[。！？]) ");

    private static final String FAILURES = "failures.";
    private static final String CURE = ".cure";
    private static final String TEXTS = "texts.";

    private final Map<String, String> byKey;

    private Sentences(Map<String, String> byKey) {
        this.byKey = Collections.unmodifiableMap(byKey);
    }

    /** The sentences of a language; English if it is null. */
    public static Sentences of(@Nullable Language language) {
        return READ.computeIfAbsent(language == null ? Language.EN : language, one -> read(one.code()));
    }

    public static Sentences english() {
        return of(Language.EN);
    }

    /** Sentences one after the other, without those that are null. */
    public static String joined(@Nullable String... sentences) {
        var joined = Stream.of(sentences).filter(Objects::nonNull).collect(Collectors.joining(" "));
        return BLANK_BEHIND_FULL_STOP.matcher(joined).replaceAll("");
    }

    /** Words of a list, as this language separates them. */
    public String list(Stream<String> words) {
        return words.collect(Collectors.joining(say(Sentence.LIST_SEPARATOR)));
    }

    /** A sentence without arguments. */
    public String say(Sentence sentence) {
        return say(sentence, Map.of());
    }

    /**
     * A sentence with arguments.
     *
     * @param arguments by the name of their placeholder
     */
    public String say(Sentence sentence, Map<String, String> arguments) {
        return fill(template(sentence.key()), arguments);
    }

    /** A variant of a sentence; the sentence itself if there is no such variant. */
    public String say(Sentence sentence, String variant, Map<String, String> arguments) {
        var own = byKey.get(sentence.key() + "." + variant);
        return own == null ? say(sentence, arguments) : fill(own, arguments);
    }

    /** What happened and what the user can do about it in the chat. */
    public String inChat(Failure failure) {
        var reason = failure.reason();
        if (reason == null) {
            return failure.message();
        }
        return joined(
                problem(failure),
                optional(reason, failure, CURE),
                failure.details().incomplete() ? say(Sentence.PARTIAL_ANSWER_KEPT) : null);
    }

    /** What happened, for clients other than the chat, with the seconds to wait if known. */
    public String forClient(Failure failure) {
        if (failure.reason() == null) {
            return failure.message();
        }
        var wait = failure.details().retryAfter();
        return joined(problem(failure), wait == null ? null : tryAgainIn(wait));
    }

    /** What happened. */
    public String problem(Failure failure) {
        var reason = failure.reason();
        if (reason == null) {
            return failure.message();
        }
        var said = optional(reason, failure, "");
        if (said == null) {
            throw new IllegalStateException("no sentence for the reason " + reason.key());
        }
        return said;
    }

    private String tryAgainIn(Duration wait) {
        return say(Sentence.TRY_AGAIN_IN, Map.of("seconds", Long.toString(Math.max(1, wait.toSeconds()))));
    }

    /** The sentence of the variant, else the common one; null if there is neither. */
    private @Nullable String optional(Reason reason, Failure failure, String suffix) {
        var details = failure.details();
        var key = FAILURES + reason.key();
        var own = details.variant() == null ? null : byKey.get(key + "." + details.variant() + suffix);
        var template = own == null ? byKey.get(key + suffix) : own;
        return template == null ? null : fill(template, details.arguments());
    }

    private String template(String key) {
        var template = byKey.get(key);
        if (template == null) {
            throw new IllegalStateException("no sentence " + key);
        }
        return template;
    }

    /** A text of the registry in this language, if it is one of a built-in provider; else the text itself. */
    public String translated(String text) {
        return byKey.getOrDefault(TEXTS + text, text);
    }

    private String fill(String template, Map<String, String> arguments) {
        return PLACEHOLDER.matcher(template).replaceAll(match -> {
            var value = arguments.get(match.group(1));
            if (value == null) {
                throw new IllegalStateException("no argument for placeholder " + match.group());
            }
            return java.util.regex.Matcher.quoteReplacement(translated(value));
        });
    }

    /** What users can do about failures, for tests. */
    public List<String> cures() {
        return byKey.entrySet().stream()
                .filter(sentence -> sentence.getKey().endsWith(CURE))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Every sentence by its key, for tests. */
    Map<String, String> byKey() {
        return byKey;
    }

    private static Sentences read(String language) {
        var name = "/language/" + language + ".yaml";
        try (var file = Sentences.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("missing resource " + name);
            }
            var byKey = new LinkedHashMap<String, String>();
            flatten("", new YAMLMapper().readTree(file), byKey);
            return new Sentences(byKey);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code {a: {b: text}}} becomes {@code a.b: text}; the sentence of {@code a} itself is under {@code a.text}. */
    private static void flatten(String prefix, JsonNode node, Map<String, String> byKey) {
        for (var entry : node.properties()) {
            var key = entry.getKey().equals("text")
                    ? prefix
                    : prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
            if (entry.getValue().isObject()) {
                flatten(key, entry.getValue(), byKey);
            } else {
                byKey.put(key, entry.getValue().stringValue());
            }
        }
    }
}
