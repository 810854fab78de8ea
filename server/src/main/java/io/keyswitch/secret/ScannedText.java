package io.keyswitch.secret;

import io.keyswitch.secret.NamedSecrets.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * User input, scanned once for secrets. Best effort: a key is never rejected for its format, and a key of unknown
 * format is found only if the context names it. Immutable.
 */
public final class ScannedText {
    /** The range of a secret's placeholder in the text; the key is null if it cannot be a provider's key. */
    private record Secret(int start, int end, @Nullable ApiKey key) {}

    /** A word of letters, with punctuation behind it. */
    private static final Pattern WORD = Pattern.compile("\\p{L}+\\p{Punct}*");

    private static final Pattern JOINED_WORDS = Pattern.compile("\\p{L}+(?:[_-]+\\p{L}+)+\\p{Punct}*");

    /** A word of prose: nothing in it may be part of a key but its letters. */
    private static final Pattern PROSE = Pattern.compile("\\p{P}*\\p{L}[\\p{L}\\p{M}'’]*\\p{P}*");

    private static final Pattern NUMBER = Pattern.compile("[\\p{N}\\p{P}]+");

    private static final int LEAST_OF_SENTENCE = 3;

    /** Longer strings are not keys, even with surrounding characters. */
    private static final int MAX_PASTED = 4096;

    /** The minimum length of a key among other words; words of prose are shorter or have no digit. */
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

    /** Scans a string without knowing its user's keys. */
    public static ScannedText of(String text) {
        return of(text, List.of());
    }

    /**
     * Scans a string, also for the user's own keys whatever their format.
     *
     * @param own empty if there are none
     */
    public static ScannedText of(String original, List<ApiKey> own) {
        var known = own.stream()
                .sorted(Comparator.comparingInt((ApiKey key) -> key.reveal().length())
                        .reversed())
                .toList();
        // Known keys first, because a pattern may match only part of one; the longest first, because one may be a
        // prefix of another.
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

    /** Scans the same text, also for another key. */
    public ScannedText without(ApiKey another) {
        return of(
                original,
                Stream.concat(keys().stream(), Stream.of(another)).distinct().toList());
    }

    /** The text with a placeholder for each secret, safe to store; unchanged if there is none. */
    public String text() {
        return text;
    }

    public boolean hasSecrets() {
        return !secrets.isEmpty();
    }

    /** The distinct secrets that can be a provider's key, in order. */
    public List<ApiKey> keys() {
        return secrets.stream()
                .map(Secret::key)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** The key in the text; null if there is none, or more than one. */
    public @Nullable ApiKey onlyKey() {
        var keys = keys();
        return keys.size() == 1 ? keys.getFirst() : null;
    }

    /** The text without secrets and placeholders. */
    public String rest() {
        var rest = new StringBuilder();
        int from = 0;
        for (var secret : secrets) {
            rest.append(text, from, secret.start());
            from = secret.end();
        }
        return rest.append(text, from, text.length()).toString();
    }

    /** Whether nothing is said beside one key. */
    public boolean isOnlyKey() {
        return onlyKey() != null && rest().isBlank();
    }

    /** The number of words besides the secrets. */
    public long wordsBeside() {
        return BLANKS.splitAsStream(rest()).filter(word -> !word.isEmpty()).count();
    }

    /**
     * The key in a reply to the prompt for one: the whole text, or the only word that looks like a key.
     *
     * @return null if there is none or more than one
     */
    public @Nullable ApiKey answeredKey() {
        var whole = cleaned(original);
        if (keys().size() <= 1 && ApiKey.isValid(whole)) {
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

    /** Whether the whole text is one word of letters. Keys hold digits or signs, but for those of known prefixes. */
    public boolean isWord() {
        return !hasSecrets() && WORD.matcher(original.strip()).matches();
    }

    /** Whether the whole text is words of letters that are joined by hyphens or underscores. */
    public boolean isJoinedWords() {
        return !hasSecrets() && JOINED_WORDS.matcher(original.strip()).matches();
    }

    /** Whether the text is a sentence: several words of letters, or letters of a script without blanks, and nothing else. */
    public boolean isSentence() {
        var words = BLANKS.splitAsStream(original.strip())
                .filter(word -> !NUMBER.matcher(word).matches())
                .toList();
        boolean several = words.size() >= LEAST_OF_SENTENCE
                || original.codePoints().filter(ScannedText::isOfWordlessScript).count() > LEAST_OF_SENTENCE;
        return several && words.stream().allMatch(word -> PROSE.matcher(word).matches());
    }

    private static boolean isOfWordlessScript(int codePoint) {
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, THAI -> true;
            default -> false;
        };
    }

    /** The words of the text, each without quotes and punctuation around it. */
    public List<String> pieces() {
        return original.length() > MAX_PASTED
                ? List.of()
                : Arrays.stream(BLANKS.split(original))
                        .map(ScannedText::cleaned)
                        .toList();
    }

    /** The words of the text that may be keys of unknown format. */
    public List<String> likeKeys() {
        return pieces().stream()
                .filter(piece -> isKeyForName(piece) && ApiKey.isValid(piece))
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

    /** Whether the whole text is one token with a digit and a word such as "key", as in {@code my-test-key-1234}. */
    public boolean callsItselfAKey() {
        return KeyShapes.callsItselfAKey(original);
    }

    /** Whether a string given as a name, for example of a model, is probably a key: long and without separators. */
    public static boolean isKeyForName(String name) {
        return KeyShapes.isToken(name, KeyShapes.LONG)
                && !KeyShapes.JOINED.matcher(name).find();
    }

    /**
     * Removes what is often pasted along with a key: line breaks, surrounding whitespace, invisible characters, quotes,
     * {@code Bearer} and what it is called: {@code export OPENAI_API_KEY=…}, {@code {"apiKey": "…"}}, {@code API key: …}.
     */
    public static String cleaned(String pasted) {
        return pasted.length() > MAX_PASTED ? pasted : KeyShapes.clean(pasted);
    }

    /**
     * A string with a marker in place of each known key.
     *
     * @param keys what each marker stands for
     */
    private record Marked(String text, Map<String, ApiKey> keys) {
        private static final Pattern MARKER = Pattern.compile("[\\x{F0000}-\\x{FFFFD}]");

        static Marked of(List<ApiKey> known, String original) {
            var markers = new Markers(original);
            var marked = original;
            for (var key : known) {
                marked = key.replacedIn(withoutLonger(key, known, marked, markers), markers.of(key));
            }
            return new Marked(marked, markers.keys());
        }

        /** What begins with a known key and goes on is another one, as when half a key was stored. */
        private static String withoutLonger(ApiKey key, List<ApiKey> known, String text, Markers markers) {
            var longer = Pattern.compile(Pattern.quote(key.reveal()) + "([A-Za-z0-9_-]{0,512}[A-Za-z0-9])");
            return longer.matcher(text).replaceAll(found -> {
                boolean isSeveral = known.stream().anyMatch(other -> other.isIn(found.group(1)));
                var another = ApiKey.isValid(found.group()) ? ApiKey.of(found.group()) : key;
                return Matcher.quoteReplacement(isSeveral ? found.group() : markers.of(another));
            });
        }

        /** A draft of the normalised string, with known keys replaced. */
        Draft draft(UnaryOperator<String> reading) {
            var draft = new Draft(reading.apply(text), List.of());
            if (!keys.isEmpty()) {
                draft.takeOut(MARKER, keys);
            }
            return draft;
        }
    }

    /** Private-use characters that a string does not contain, one for each key. */
    private static final class Markers {
        private final String text;
        private final Map<ApiKey, String> markers = new HashMap<>();
        private int next = 0xF0000;

        private Markers(String text) {
            this.text = text;
        }

        String of(ApiKey key) {
            return markers.computeIfAbsent(key, _ -> unused());
        }

        private String unused() {
            while (text.indexOf(next) >= 0) {
                next++;
            }
            return Character.toString(next++);
        }

        Map<String, ApiKey> keys() {
            var keys = new HashMap<String, ApiKey>();
            markers.forEach((key, marker) -> keys.put(marker, key));
            return keys;
        }
    }

    /** A string whose secrets are being replaced. */
    private static final class Draft {
        private String text;
        private List<Secret> secrets;

        private Draft(String text, List<Secret> secrets) {
            this.text = text;
            this.secrets = secrets;
        }

        private void takeOut(Pattern marker, Map<String, ApiKey> keys) {
            replace(spans(marker, 0).stream()
                    .filter(span -> keys.containsKey(text.substring(span.start(), span.end())))
                    .map(span ->
                            new Secret(span.start(), span.end(), keys.get(text.substring(span.start(), span.end()))))
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

        /** Replaces found secrets with placeholders and updates the ranges of earlier ones. */
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
