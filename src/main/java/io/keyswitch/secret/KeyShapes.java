package io.keyswitch.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises keys in what users write, to take them out. A net, not a test: a key is never refused for its shape, and one
 * of an unknown shape passes. Shapes as published by the vendors and by gitleaks (2026-07).
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

    private static final Pattern SHAPES = Pattern.compile("(?<![A-Za-z0-9])(?:"
            + String.join(
                    "|",
                    "sk-[A-Za-z0-9_-]{16,}",
                    "gsk_[A-Za-z0-9]{16,}",
                    "AIza[A-Za-z0-9_-]{30,}",
                    "AQ\\.[A-Za-z0-9_-]{20,}",
                    "cf(?:ut|at|k)_[A-Za-z0-9]{30,}",
                    "v1\\.0-[a-f0-9]{24}-[a-f0-9]{100,}",
                    "xai-[A-Za-z0-9]{20,}",
                    "pplx-[A-Za-z0-9]{30,}",
                    "fw_[A-Za-z0-9]{20,}",
                    "csk-[a-z0-9]{30,}",
                    "nvapi-[A-Za-z0-9_-]{20,}",
                    "r8_[A-Za-z0-9]{30,}",
                    "hf_[A-Za-z]{30,}",
                    "api_org_[A-Za-z]{30,}",
                    "tgp_v1_[A-Za-z0-9_-]{20,}",
                    "(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}",
                    "gh[pousr]_[A-Za-z0-9]{30,}",
                    "github_pat_[A-Za-z0-9_]{40,}",
                    "xox[abprs]-[A-Za-z0-9-]{20,}",
                    "[sr]k_(?:test|live|prod)_[A-Za-z0-9]{16,}",
                    "ks_[A-Za-z0-9_-]{30,}",
                    "eyJ[A-Za-z0-9_-]{10,512}+\\.eyJ[A-Za-z0-9_-]{10,4096}+\\.[A-Za-z0-9_-]*",
                    "-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?")
            + ")");

    /** A known prefix and what follows it over line breaks, as long as the pieces are long and hold a digit. */
    private static final Pattern BROKEN = Pattern.compile(
            "(?<![A-Za-z0-9])"
                    + "(?:sk-|gsk_|AIza|AQ\\.|cf(?:ut|at|k)_|xai-|pplx-|csk-|nvapi-|r8_|hf_|tgp_v1_)[A-Za-z0-9_-]{0,512}+"
                    + "(?:[ \\t]{0,16}+\\R[ \\t]{0,16}+(?=[A-Za-z0-9_-]{0,512}[0-9])[A-Za-z0-9_-]{6,512}+(?![A-Za-z0-9_-])){1,12}+");

    /** A key announced by name whose shape says nothing, such as Mistral's 32 letters and digits. */
    private static final Pattern ANNOUNCED = Pattern.compile(
            "(?i)(?:api[ _-]?key|api[ _-]?token|secret[ _-]?key|access[ _-]?token|my key|the key|bearer)"
                    + "(?:\\s{1,8}+(?:is|for\\s+\\S+\\s+is))?\\s{0,8}+[:=]?+\\s{0,8}+[\"'`“‘]?"
                    + "(?<key>(?=[A-Za-z0-9_-]{0,64}[0-9])(?=[A-Za-z0-9_-]{0,64}[A-Za-z])[A-Za-z0-9_-]{20,})");

    /**
     * The same by the bare word: what follows may be many things, but one long piece of digits and letters is a secret.
     * Without Java's own word boundary, which walks back over all combining marks, at every place.
     */
    private static final Pattern BESIDE_THE_WORD =
            Pattern.compile("(?i)(?<![A-Za-z0-9_])(?:keys?|tokens?|secrets?)(?![A-Za-z0-9_])"
                    + "(?:\\s{1,8}+for\\s{1,8}+[^\\s]{1,40}+)?(?:\\s{1,8}+is)?\\s{0,8}+[:=,]?+\\s{0,8}+[\"'`“‘]?"
                    + "(?<key>(?=[A-Za-z]{0,64}[0-9])(?=[0-9]{0,64}[A-Za-z])[A-Za-z0-9]{20,}+(?![A-Za-z0-9_-]))");

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
        var announced = takeOut(ANNOUNCED, 1, takeOut(SHAPES, 0, joined, keys), keys);
        var text = takeOut(BESIDE_THE_WORD, 1, announced, keys);
        return text.equals(joined) ? new Redacted(message, keys, false) : new Redacted(text, keys, true);
    }

    /**
     * Joins the pieces of a key that was broken over lines, as mail programs and terminals do. Only pieces that look like
     * the inside of a key are joined, so that prose keeps its lines.
     */
    private static String rejoin(String text) {
        return BROKEN.matcher(text).replaceAll(match -> match.group().replaceAll("\\s*\\R\\s*", ""));
    }

    private static String takeOut(Pattern pattern, int group, String text, List<ApiKey> keys) {
        var matcher = pattern.matcher(text);
        var out = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            var found = matcher.group(group);
            var key = ApiKey.isValid(found) ? ApiKey.of(found) : null;
            out.append(text, from, matcher.start(group)).append(key == null ? "[secret removed]" : key.placeholder());
            from = matcher.end(group);
            if (key != null) {
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
