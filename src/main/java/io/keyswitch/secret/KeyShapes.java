package io.keyswitch.secret;

import io.keyswitch.secret.NamedSecrets.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises keys in what users write, to take them out. A net, not a test: a key is never refused for its shape, and one
 * of an unknown shape passes unless it is named.
 */
public final class KeyShapes {
    /**
     * What a user's message becomes once its keys are taken out.
     *
     * @param text the message, with a placeholder for each secret
     * @param keys those of the secrets that could be a provider's key
     * @param found whether there was any secret
     */
    public record Redacted(String text, List<ApiKey> keys, boolean found) {
        public Redacted {
            keys = List.copyOf(keys);
        }
    }

    /** What is longer is no key, whatever may have come with it. */
    private static final int MAX_PASTED = 4096;

    /** A key announced by name whose shape says nothing, such as Mistral's 32 letters and digits. */
    private static final Pattern ANNOUNCED = Pattern.compile(
            "(?i)(?:api[ _-]?key|api[ _-]?token|secret[ _-]?key|secret[ _-]?access[ _-]?key|access[ _-]?token|my key|the key|bearer)"
                    + "(?:\\s{1,8}+(?:is|for\\s+\\S+\\s+is))?\\s{0,8}+[:=]?+\\s{0,8}+[\"'`“‘]?"
                    + "(?<key>(?=[A-Za-z0-9_+/=-]{0,64}[0-9])(?=[0-9_+/=-]{0,64}[A-Za-z])[A-Za-z0-9_+/=-]{20,})");

    private static final int LONG = 24;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]+");
    private static final Pattern NAMES_ITSELF =
            Pattern.compile("(?i)[A-Za-z0-9_-]*(?<![A-Za-z])(?:key|token|secret|password)(?![A-Za-z])[A-Za-z0-9_-]*");
    private static final Pattern HAS_DIGIT = Pattern.compile("[0-9]");
    private static final Pattern HAS_LETTER = Pattern.compile("[A-Za-z]");
    private static final Pattern WRAPPED =
            Pattern.compile("^(?:(?i:authorization:\\s*)?(?i:bearer)\\s+)?[\"'`“”‘’<(\\[]*(.*?)[\"'`“”‘’>)\\],;.]*$");

    private KeyShapes() {}

    /** Takes every recognised key out of a message and leaves its {@link ApiKey#placeholder}. */
    public static Redacted redact(String message) {
        var visible = FoldedText.plain(message);
        var keys = new ArrayList<ApiKey>();
        var joined = rejoin(visible);
        var withoutKnown = takeOut(matches(KnownPrefixes.ANY, 0, joined), joined, keys);
        var withoutPasswords = takeOut(matches(KnownPrefixes.PASSWORD_IN_URL, 1, withoutKnown), withoutKnown, null);
        var withoutAnnounced = takeOut(matches(ANNOUNCED, 1, withoutPasswords), withoutPasswords, keys);
        var text = takeOut(NamedSecrets.find(withoutAnnounced), withoutAnnounced, keys);
        return text.equals(joined) ? new Redacted(message, keys, false) : new Redacted(text, keys, true);
    }

    /**
     * Joins the pieces of a key that was broken over lines, as mail programs and terminals do. Only pieces that look like
     * the inside of a key are joined, so that prose keeps its lines.
     */
    private static String rejoin(String text) {
        return KnownPrefixes.BROKEN
                .matcher(text)
                .replaceAll(match -> match.group().replaceAll("\\s*\\R\\s*", ""));
    }

    private static List<Span> matches(Pattern pattern, int group, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> new Span(match.start(group), match.end(group)))
                .toList();
    }

    /**
     * A text without some of its places.
     *
     * @param keys receives those that could be a provider's key; null if none of them is one
     */
    private static String takeOut(List<Span> places, String text, @Nullable List<ApiKey> keys) {
        var out = new StringBuilder();
        int from = 0;
        for (var place : places) {
            var found = text.substring(place.start(), place.end());
            var key = keys != null && ApiKey.isValid(found) ? ApiKey.of(found) : null;
            out.append(text, from, place.start()).append(key == null ? "[secret removed]" : key.placeholder());
            from = place.end();
            if (keys != null && key != null) {
                keys.add(key);
            }
        }
        return out.append(text, from, text.length()).toString();
    }

    /**
     * Takes a user's own key out as well, whatever its shape.
     *
     * @param own null if none is known
     */
    public static Redacted redact(String message, @Nullable ApiKey own) {
        // First, for the shapes may fit a part of it alone.
        var withoutOwn = own == null ? message : own.removedFrom(message);
        var redacted = redact(withoutOwn);
        if (own == null || withoutOwn.equals(message)) {
            return redacted;
        }
        var keys = new ArrayList<>(redacted.keys());
        keys.add(own);
        return new Redacted(redacted.text(), keys, true);
    }

    /** Whether the whole message is one long token of letters and digits: likely a secret, whatever its shape. */
    public static boolean looksLikeBareSecret(String message) {
        return looksLikeBareSecret(message, LONG);
    }

    /**
     * The same for tokens of another length.
     *
     * @param least how many characters it has at least
     */
    public static boolean looksLikeBareSecret(String message, int least) {
        if (message.length() > MAX_PASTED) {
            return false;
        }
        var text = FoldedText.INVISIBLE.matcher(message).replaceAll("").strip();
        return text.length() >= least
                && TOKEN.matcher(text).matches()
                && HAS_DIGIT.matcher(text).find()
                && HAS_LETTER.matcher(text).find();
    }

    /** Whether something given as a name, of a model for instance, is rather a key: long, and not joined of parts. */
    public static boolean looksLikeKeyForName(String name) {
        return looksLikeBareSecret(name) && !name.matches(".*[-/.:@].*");
    }

    /** Whether the whole message is one token with a digit that calls itself a key, as {@code my-test-key-1234} does. */
    public static boolean namesItselfAKey(String message) {
        return message.length() <= ApiKey.MAX_LENGTH
                && looksLikeBareSecret(message, ApiKey.MIN_LENGTH)
                && NAMES_ITSELF.matcher(message.strip()).matches();
    }

    /**
     * Cleans what a user gave as a key: blanks and line breaks around and inside it, invisible characters, quotes, a
     * pasted {@code Bearer}.
     */
    public static String clean(String pasted) {
        if (pasted.length() > MAX_PASTED) {
            return pasted;
        }
        var visible = FoldedText.INVISIBLE.matcher(pasted).replaceAll("").strip();
        var unwrapped = WRAPPED.matcher(visible.replaceAll("\\s*\\R\\s*", "")).replaceFirst("$1");
        return unwrapped.strip();
    }
}
