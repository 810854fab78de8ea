package io.keyswitch.understanding;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The cues of one language: regular expressions of words, in which {@code *} stands for the rest of a word, or for its beginning,
 * and {@code …} for a few words. Thread-safe.
 */
final class Cues {
    private static final String IN_WORD = "[\\p{L}\\p{M}\\p{N}]";
    private static final String NOT_BEHIND_WORD = "(?<!" + IN_WORD + ")";
    private static final String NOT_BEFORE_WORD = "(?!" + IN_WORD + ")";
    private static final String FEW_WORDS = "(?:[^.!?;。！？؟\\n]{0,30}?)";

    private final Map<Cue, String> sources;
    /** Compiled when they are first needed, which few messages do. */
    private volatile @Nullable Map<Cue, Pattern> patterns;

    private Cues(Map<Cue, String> sources) {
        this.sources = sources;
    }

    /**
     * Reads the {@code cues} of a lexicon. An entry must not begin or end with the gap, nor match any text.
     *
     * @throws IllegalArgumentException if an entry cannot be read
     */
    static Cues parse(JsonNode file) {
        boolean blanks = file.path("blanks").asBoolean(true);
        var sources = new EnumMap<Cue, String>(Cue.class);
        for (var cue : Cue.values()) {
            var entries = Lexicon.texts(file.path("cues").path(cue.key()))
                    .map(entry -> expression(entry, blanks))
                    .collect(Collectors.joining("|"));
            if (entries.isEmpty()) {
                throw new IllegalArgumentException("no cues: " + cue.key());
            }
            sources.put(cue, entries);
        }
        return new Cues(sources);
    }

    private static String expression(String entry, boolean blanks) {
        if (entry.startsWith("…") || entry.endsWith("…")) {
            throw new IllegalArgumentException(entry + ": has a gap at an end");
        }
        // Folding takes the ellipsis for three points.
        var folded = Stream.of(entry.split("…", -1))
                .map(part -> Folded.withoutAccents(Folded.letters(part)).replace("*", IN_WORD + "*"))
                .toList();
        var expression = blanks
                ? NOT_BEHIND_WORD
                        + "(?:"
                        + folded.stream()
                                .map(String::strip)
                                .collect(Collectors.joining(NOT_BEFORE_WORD + FEW_WORDS + NOT_BEHIND_WORD))
                        + ")"
                        + NOT_BEFORE_WORD
                : String.join(FEW_WORDS, folded);
        try {
            if (Pattern.compile(expression).matcher("").find()) {
                throw new IllegalArgumentException(entry + ": matches any text");
            }
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(entry + ": " + e.getDescription(), e);
        }
        return expression;
    }

    /** Writes them as {@link #read} reads them. */
    void write(DataOutputStream out) throws IOException {
        for (var cue : Cue.values()) {
            var source = sources.getOrDefault(cue, "").getBytes(StandardCharsets.UTF_8);
            out.writeInt(source.length);
            out.write(source);
        }
    }

    static Cues read(ByteBuffer in) {
        var sources = new EnumMap<Cue, String>(Cue.class);
        for (var cue : Cue.values()) {
            var source = new byte[in.getInt()];
            in.get(source);
            sources.put(cue, new String(source, StandardCharsets.UTF_8));
        }
        return new Cues(sources);
    }

    private Map<Cue, Pattern> patterns() {
        var known = patterns;
        if (known == null) {
            known = new EnumMap<>(Cue.class);
            for (var source : sources.entrySet()) {
                known.put(source.getKey(), Pattern.compile(source.getValue()));
            }
            patterns = known;
        }
        return known;
    }

    /** The cues in a folded message. */
    Set<Cue> in(String folded) {
        var text = Folded.withoutAccents(folded);
        var found = EnumSet.noneOf(Cue.class);
        patterns().forEach((cue, pattern) -> {
            if (pattern.matcher(text).find()) {
                found.add(cue);
            }
        });
        return found;
    }
}
