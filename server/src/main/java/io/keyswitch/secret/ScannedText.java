package io.keyswitch.secret;

import io.keyswitch.secret.NamedSecrets.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A text that somebody typed or pasted, searched for secrets once. The search is a net, not a test: a key is never refused for
 * its shape, and one of an unknown shape passes unless it is named. Immutable.
 */
public final class ScannedText {
    /** A secret's place in the text, by its placeholder; the key is null if it cannot be a provider's key. */
    private record Secret(int start, int end, @Nullable ApiKey key) {}

    /** Something longer is not a key, whatever may have come with it. */
    private static final int MAX_PASTED = 4096;

    /** A key beside other words: words of prose are shorter, or hold no digit. */
    private static final int LEAST_AMONG_WORDS = 16;

    private static final String REMOVED = "[secret removed]";
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern HAS_DIGIT = Pattern.compile("[0-9]");

    private final String original;
    private final String text;
    private final List<Secret> secrets;

    private ScannedText(String original, String text, List<Secret> secrets) {
        this.original = original;
        this.text = text;
        this.secrets = List.copyOf(secrets);
    }

    /** A string without knowledge of whose it is. */
    public static ScannedText of(String text) {
        return of(text, List.of());
    }

    /**
     * A string of a user whose key is known, which is found whatever its shape.
     *
     * @param own null if none is known
     */
    public static ScannedText of(String text, @Nullable ApiKey own) {
        return of(text, own == null ? List.of() : List.of(own));
    }

    private static ScannedText of(String original, List<ApiKey> unordered) {
        var known = unordered.stream()
                .sorted(Comparator.comparingInt((ApiKey key) -> key.reveal().length())
                        .reversed())
                .toList();
        // The known ones first, for a shape may fit a part of one alone; and of them the longest, for one may begin
        // like another.
        var marked = Marked.of(known, original);
        var asWritten = marked.draft(UnaryOperator.identity());
        var draft = marked.draft(text -> KeyShapes.rejoined(FoldedText.plain(text)));
        var withoutKnown = draft.text;
        draft.takeOut(KnownPrefixes.ANY, 0, true);
        draft.takeOut(KnownPrefixes.PASSWORD_IN_URL, 1, false);
        draft.takeOut(KeyShapes.ANNOUNCED, 1, true);
        draft.takeOut(NamedSecrets.find(draft.text), true);
        var found = draft.text.equals(withoutKnown) ? asWritten : draft;
        return new ScannedText(original, found.text, found.secrets);
    }

    /** The same text with one more key taken out of it. */
    public ScannedText without(ApiKey another) {
        return of(
                original,
                Stream.concat(keys().stream(), Stream.of(another)).distinct().toList());
    }

    /** The text with a placeholder for each secret, as it may be stored; as it was if there is none. */
    public String text() {
        return text;
    }

    public boolean hasSecrets() {
        return !secrets.isEmpty();
    }

    /** Those of the secrets that can be a provider's key, in order. */
    public List<ApiKey> keys() {
        return secrets.stream()
                .map(Secret::key)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** The text without its secrets and without anything in their place. */
    public String rest() {
        var rest = new StringBuilder();
        int from = 0;
        for (var secret : secrets) {
            rest.append(text, from, secret.start());
            from = secret.end();
        }
        return rest.append(text, from, text.length()).toString();
    }

    /** How many words stand beside the secrets. */
    public long wordsBeside() {
        return BLANKS.splitAsStream(rest()).filter(word -> !word.isEmpty()).count();
    }

    /**
     * The key in an answer to the question for it: the whole text, or among other words the one piece that looks like a key.
     *
     * @return null if there is none, or more than one
     */
    public @Nullable ApiKey answeredKey() {
        var whole = cleaned(original);
        if (ApiKey.isValid(whole)) {
            return ApiKey.of(whole);
        }
        var recognised = keys();
        if (!recognised.isEmpty()) {
            return recognised.size() == 1 ? recognised.getFirst() : null;
        }
        var pieces = pieces().stream()
                .filter(piece -> piece.length() >= LEAST_AMONG_WORDS
                        && HAS_DIGIT.matcher(piece).find()
                        && ApiKey.isValid(piece))
                .toList();
        return pieces.size() == 1 ? ApiKey.of(pieces.getFirst()) : null;
    }

    /** The words of the text, each without quotes and punctuation around it. */
    public List<String> pieces() {
        return original.length() > MAX_PASTED
                ? List.of()
                : Arrays.stream(BLANKS.split(original))
                        .map(ScannedText::cleaned)
                        .toList();
    }

    /** Whether the whole text is one long token of letters and digits: likely a secret, whatever its shape. */
    public boolean isOneLongToken() {
        return KeyShapes.isToken(original, KeyShapes.LONG);
    }

    /** Whether the whole text is one token long enough for a key, where one is expected. */
    public boolean isOneToken() {
        return KeyShapes.isToken(original, LEAST_AMONG_WORDS);
    }

    /** Whether the whole text is one token with a digit that calls itself a key, as {@code my-test-key-1234} does. */
    public boolean callsItselfAKey() {
        return KeyShapes.callsItselfAKey(original);
    }

    /** Whether something given as a name, of a model for instance, is rather a key: long, and not joined of parts. */
    public static boolean isKeyForName(String name) {
        return KeyShapes.isToken(name, KeyShapes.LONG)
                && !KeyShapes.JOINED.matcher(name).find();
    }

    /**
     * What a user gave as a key, without what was pasted along with it: blanks and line breaks around and inside it, invisible
     * characters, quotes, a {@code Bearer}.
     */
    public static String cleaned(String pasted) {
        return pasted.length() > MAX_PASTED ? pasted : KeyShapes.clean(pasted);
    }

    /**
     * A string with a marker in place of each known key.
     *
     * @param markers by their key, in the order of the keys
     */
    private record Marked(String text, Map<ApiKey, String> markers) {
        static Marked of(List<ApiKey> known, String original) {
            var marked = original;
            var markers = new LinkedHashMap<ApiKey, String>();
            for (var key : known) {
                var marker = unused(marked);
                markers.put(key, marker);
                marked = key.replacedIn(marked, marker);
            }
            return new Marked(marked, markers);
        }

        /** A character of Unicode's private use area that a string does not hold, so that it can stand for a key. */
        private static String unused(String text) {
            int codePoint = 0xF0000;
            while (text.indexOf(codePoint) >= 0) {
                codePoint++;
            }
            return Character.toString(codePoint);
        }

        /** The string without the known keys, its characters read in some way. */
        Draft draft(UnaryOperator<String> reading) {
            var draft = new Draft(reading.apply(text), List.of());
            markers.forEach((key, marker) -> draft.takeOut(Pattern.compile(marker), key));
            return draft;
        }
    }

    /** A string out of which secrets are being taken. */
    private static final class Draft {
        private String text;
        private List<Secret> secrets;

        private Draft(String text, List<Secret> secrets) {
            this.text = text;
            this.secrets = secrets;
        }

        private void takeOut(Pattern marker, ApiKey key) {
            replace(spans(marker, 0).stream()
                    .map(span -> new Secret(span.start(), span.end(), key))
                    .toList());
        }

        void takeOut(Pattern pattern, int group, boolean keys) {
            takeOut(spans(pattern, group), keys);
        }

        void takeOut(List<Span> places, boolean keys) {
            replace(places.stream().map(place -> secret(place, keys)).toList());
        }

        private Secret secret(Span place, boolean keys) {
            var found = text.substring(place.start(), place.end());
            return new Secret(place.start(), place.end(), keys && ApiKey.isValid(found) ? ApiKey.of(found) : null);
        }

        private List<Span> spans(Pattern pattern, int group) {
            return pattern.matcher(text)
                    .results()
                    .map(match -> new Span(match.start(group), match.end(group)))
                    .toList();
        }

        /** Puts placeholders where secrets were found, and moves those found earlier along. */
        private void replace(List<Secret> found) {
            var all = Stream.concat(
                            secrets.stream().filter(old -> found.stream().noneMatch(one -> overlap(old, one))),
                            found.stream())
                    .sorted(Comparator.comparingInt(Secret::start))
                    .toList();
            var out = new StringBuilder();
            var placed = new ArrayList<Secret>();
            int from = 0;
            for (var secret : all) {
                out.append(text, from, secret.start());
                int start = out.length();
                out.append(secret.key() == null ? REMOVED : secret.key().placeholder());
                placed.add(new Secret(start, out.length(), secret.key()));
                from = secret.end();
            }
            text = out.append(text, from, text.length()).toString();
            secrets = placed;
        }

        private static boolean overlap(Secret one, Secret other) {
            return one.start() < other.end() && other.start() < one.end();
        }
    }
}
