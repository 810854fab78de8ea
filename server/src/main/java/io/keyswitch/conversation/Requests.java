package io.keyswitch.conversation;

import io.keyswitch.core.Spelling;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import java.util.Locale;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Recognises requests to Keyswitch among everything users say. Whole sentences are matched, never words inside one: a
 * message that is about anything more than the model is left to the model. Immutable.
 */
public final class Requests {
    /** Requests are short; whatever is longer is for the model. */
    static final int MAX_LENGTH = 200;

    /** Shorter words are too near to one another. */
    private static final int LEAST_MISSPELT = 4;

    private static final int LEAST_MISSPELT_USED = 5;

    private static final Request.Change ANY = new Request.Change(null, null, null);

    private final ProviderRegistry providers;

    public Requests(ProviderRegistry providers) {
        this.providers = providers;
    }

    /**
     * What a message asks of Keyswitch.
     *
     * @return null if it asks nothing, and is for the model
     */
    public @Nullable Request read(String message) {
        if (message.length() > MAX_LENGTH) {
            return null;
        }
        var text = normalise(message);
        var request = readPlain(message, text);
        if (request != null) {
            return request;
        }
        var mended = Typos.mend(text);
        return mended.equals(text) ? misspelt(text) : readPlain(message, mended);
    }

    /** Whether a message asks for another model in words of ours alone, so that nothing of the user's own is in it. */
    boolean isFixedSentence(String message) {
        var text = Typos.mend(normalise(message));
        var command = Grammar.COMMAND.matcher(text);
        return Grammar.CHANGE_MODEL.matcher(text).matches()
                || Grammar.USE_OTHER.matcher(text).matches()
                || (command.matches() && command.group("rest") == null);
    }

    private @Nullable Request readPlain(String message, String text) {
        if (isDefault(text)) {
            return new Request.UseDefault();
        }
        if (Grammar.WHICH.matcher(text).matches()
                || Grammar.WHICH_ALONE.matcher(text).matches()) {
            return new Request.WhichModel();
        }
        var forget = forget(text);
        if (forget != null) {
            return forget;
        }
        var change = change(text);
        return change == null ? null : withCaseOf(message, change);
    }

    /** "Switch to gemni": asked about, never done. What people use is anything, so "use gemni" is one letter off at most. */
    private Request.@Nullable Misspelt misspelt(String text) {
        var switchTo = Grammar.SWITCH_TO.matcher(text);
        if (switchTo.matches()) {
            var named = switchTo.group("rest");
            return misspelt(named, LEAST_MISSPELT, Math.max(1, named.length() / 3));
        }
        var use = Grammar.USE.matcher(text);
        return use.matches() ? misspelt(use.group("rest"), LEAST_MISSPELT_USED, 1) : null;
    }

    private Request.@Nullable Misspelt misspelt(String named, int least, int most) {
        var near = named.matches("\\p{L}{" + least + ",20}")
                ? Spelling.nearest(named, providers.names().keySet(), most)
                : null;
        var provider = near == null || near.charAt(0) != named.charAt(0)
                ? null
                : providers.names().get(near);
        return provider == null ? null : new Request.Misspelt(named, provider);
    }

    /** Model ids are case-sensitive, requests are not. */
    private static Request.Change withCaseOf(String message, Request.Change change) {
        var model = change.model();
        if (model == null) {
            return change;
        }
        var written = asWritten(message, model.value());
        return new Request.Change(change.provider(), new ModelId(written), change.keySource());
    }

    private static String asWritten(String message, String lowerCased) {
        int length = lowerCased.length();
        for (int at = 0; at + length <= message.length(); at++) {
            if (message.regionMatches(true, at, lowerCased, 0, length)) {
                return message.substring(at, at + length);
            }
        }
        return lowerCased;
    }

    private static String normalise(String message) {
        return message.toLowerCase(Locale.ROOT)
                .replaceAll("[‘’ʼ`´]", "'")
                .replaceAll("[“”„«»\"*\\p{Cf}\\p{Cc}&&[^\\s]]", "")
                .replaceAll("[ \\t\\u00A0\\r\\n]+", " ")
                .replaceAll("(?<=\\s|^)'|'(?=\\s|$|[,.!?])", "")
                .strip()
                .replaceAll("[\\s.!?…:)]+$", "");
    }

    private static boolean isDefault(String text) {
        return Grammar.USE_DEFAULT.matcher(text).matches()
                || Grammar.WANT_DEFAULT.matcher(text).matches()
                || Grammar.RESET.matcher(text).matches();
    }

    private Request.@Nullable ForgetKey forget(String text) {
        var matcher = Grammar.FORGET.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        var named = matcher.group("rest");
        var provider = named == null ? null : providers.named(named);
        return named != null && provider == null ? null : new Request.ForgetKey(provider);
    }

    private Request.@Nullable Change change(String text) {
        if (Grammar.CHANGE_MODEL.matcher(text).matches()
                || Grammar.USE_OTHER.matcher(text).matches()) {
            return ANY;
        }
        var command = Grammar.COMMAND.matcher(text);
        if (command.matches()) {
            return command.group("rest") == null ? ANY : named(command);
        }
        var ownKey = Grammar.USE_OWN_KEY.matcher(text);
        if (ownKey.matches()) {
            return withOwnKey(ownKey.group("rest"));
        }
        var modelTo = Grammar.CHANGE_MODEL_TO.matcher(text);
        if (modelTo.matches()) {
            return modelTo(modelTo);
        }
        var switchTo = Grammar.SWITCH_TO.matcher(text);
        if (switchTo.matches()) {
            return switchTo(switchTo);
        }
        var let = Grammar.LET_ANSWER.matcher(text);
        if (let.matches()) {
            return named(let);
        }
        var use = Grammar.USE.matcher(text);
        return use.matches() ? named(use) : null;
    }

    private Request.@Nullable Change switchTo(Matcher matcher) {
        var rest = matcher.group("rest");
        if (Grammar.MY_KEY.matcher(rest).matches()) {
            return withOwnKey(null);
        }
        var named = named(matcher);
        return named == null && Grammar.MODEL_FAMILY.matcher(rest).matches() ? ANY : named;
    }

    private Request.@Nullable Change modelTo(Matcher matcher) {
        var rest = matcher.group("rest");
        var named = named(matcher);
        boolean open = Grammar.SOMETHING_ELSE.matcher(rest).matches()
                || Grammar.OTHER_MODEL.matcher(rest).matches()
                || Grammar.MODEL_TOKEN.matcher(rest).matches()
                || Grammar.MODEL_FAMILY.matcher(rest).matches();
        return named == null && open ? ANY : named;
    }

    private Request.@Nullable Change withOwnKey(@Nullable String rest) {
        if (rest == null || Grammar.THIS_CHAT.matcher(rest).matches()) {
            return new Request.Change(null, null, KeySource.OWN);
        }
        var provider = providers.named(rest);
        return provider == null ? null : new Request.Change(provider, null, KeySource.OWN);
    }

    private Request.@Nullable Change named(Matcher matcher) {
        return naming(matcher.group("rest"));
    }

    /**
     * Reads what names a provider, with or without a model and a key: "claude, claude-sonnet-4-5", "the default groq",
     * "gpt-5.5 with my own key".
     *
     * @return null if it names no provider, or says anything beyond
     */
    Request.@Nullable Change naming(String words) {
        if (words.length() > MAX_LENGTH) {
            return null;
        }
        var text = Grammar.ROLE.matcher(words.strip()).replaceFirst("");
        var keySource = keySource(text);
        var naming = keySource == null ? text : Grammar.WHOSE_KEY.matcher(text).replaceFirst("");
        var trimmed = naming.replaceFirst("^(?:the |an? )?(?:(?:model|provider) )?", "")
                .strip();
        var leading = trimmed.replaceFirst("^(?:(?<project>default|project) |(?<own>own |my own |my ))", "");
        var source = keySource != null ? keySource : leadingKeySource(trimmed);
        var change = providerAndModel(leading.replaceFirst("(?:'s)? (?:ai|models?|api|llm|key|provider)$", ""), source);
        return change != null || leading.equals(trimmed) ? change : providerAndModel(trimmed, null);
    }

    private static @Nullable KeySource keySource(String text) {
        var matcher = Grammar.WHOSE_KEY.matcher(text);
        if (!matcher.find() || matcher.start() == 0) {
            return null;
        }
        return matcher.group("own") != null ? KeySource.OWN : KeySource.PROJECT;
    }

    private static @Nullable KeySource leadingKeySource(String text) {
        if (text.startsWith("default ") || text.startsWith("project ")) {
            return KeySource.PROJECT;
        }
        return text.startsWith("own ") || text.startsWith("my ") ? KeySource.OWN : null;
    }

    private Request.@Nullable Change providerAndModel(String text, @Nullable KeySource source) {
        var whole = providers.named(text);
        if (whole != null) {
            return new Request.Change(whole, null, source);
        }
        var split = Grammar.PAIR.matcher(text);
        if (split.matches()) {
            var first = providers.named(split.group("first"));
            var last = providers.named(split.group("last"));
            if (first != null
                    && Grammar.MODEL_TOKEN.matcher(split.group("last")).matches()
                    && ModelId.isValid(split.group("last"))) {
                return new Request.Change(first, new ModelId(split.group("last")), source);
            }
            if (last != null
                    && Grammar.MODEL_TOKEN.matcher(split.group("first")).matches()
                    && ModelId.isValid(split.group("first"))) {
                return new Request.Change(last, new ModelId(split.group("first")), source);
            }
        }
        var byModel = byModelAlone(text, source);
        return byModel == null ? byFamily(text, source) : byModel;
    }

    /** "claude sonnet 4.5" names a provider and a family of its models, and leaves the id open. */
    private Request.@Nullable Change byFamily(String text, @Nullable KeySource source) {
        int blank = text.indexOf(' ');
        if (blank < 0 || !Grammar.FAMILY.matcher(text.substring(blank)).matches()) {
            return null;
        }
        var provider = providers.named(text.substring(0, blank));
        return provider == null ? null : new Request.Change(provider, null, source);
    }

    /** "gpt-5.5" is a model of whoever is also called "gpt"; a model of the registry is its owner's. */
    private Request.@Nullable Change byModelAlone(String text, @Nullable KeySource source) {
        var owner = providers.all().stream()
                .filter(provider -> provider.models().names().containsKey(text))
                .toList();
        if (owner.size() == 1) {
            return new Request.Change(owner.getFirst(), new ModelId(text), source);
        }
        int dash = text.indexOf('-');
        if (dash < 2 || !Grammar.MODEL_TOKEN.matcher(text).matches() || !ModelId.isValid(text)) {
            return null;
        }
        Provider provider = providers.named(text.substring(0, dash));
        return provider == null ? null : new Request.Change(provider, new ModelId(text), source);
    }
}
