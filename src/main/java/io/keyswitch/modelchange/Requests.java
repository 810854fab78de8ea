package io.keyswitch.modelchange;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises requests to Keyswitch among everything users say. Whole sentences are matched, never words inside one: a
 * message that is about anything more than the model is left to the model. Immutable.
 */
public final class Requests {
    private static final int MAX_LENGTH = 200;

    /** What may stand before and behind a request without changing it. */
    private static final String OPENING =
            "(?:(?:hey|hi|hello|ok|okay|yes|yeah|no|well|so|please|pls|actually|now|also|and|then|alright|sorry|hm+)\\b[ ,!.]*)*";

    private static final String CLOSING =
            "(?:[ ,]+(?:please|pls|now|thanks|thank you|again|instead|today|here|then|right now|for now"
                    + "|if possible|if i may|for me|for this chat|in this chat|for my chat|for this conversation|for our chat|for the chat"
                    + "|from now on|(?:that|which) (?:you|i|we|this chat|this app)(?:'re| are|'m| am)? (?:use|using|uses)))*";

    /** How people lead up to what they want. */
    private static final String WISH =
            "(?:(?:can|could|would|will|may) (?:you|i|we) (?:please |kindly |maybe )?(?:help me (?:to )?)?"
                    + "|(?:i|we) (?:just )?(?:want|wish|need|wanted|would like|would love|would prefer|have)(?: you)? to "
                    + "|(?:i|we)'d (?:like|love|prefer) (?:you )?to "
                    + "|i wanna |i'm (?:trying|ready|going|looking) to |i am (?:trying|ready|going|looking) to "
                    + "|let me |let's |let us |help me (?:to )?|how (?:can|do|could|would) (?:i|we|you) |how to "
                    + "|is it possible (?:for me )?to |is there (?:a|any) way to |it's time to |where (?:can|do) i "
                    + "|(?:show|tell) me how (?:to|i can) |please |kindly )?(?:please )?";

    private static final String KIND = "(?:ai|llm|language|chat|chatbot|assistant|assistant's|large language)";
    private static final String DETERMINER =
            "(?:(?:my|the|your|our|this|that|which|what|a|an|another|different|new|other|current|to|used|chat's|whole) )*";
    private static final String MODEL = DETERMINER
            + "(?:" + KIND
            + " )*(?:models?|llms?|(?:ai|llm|model|chat) (?:provider|model|settings|config|configuration)"
            + "|model (?:settings|config|configuration|id|provider|choice)|provider)";
    private static final String CHANGE =
            "(?:change|switch|swap|replace|update|configure|reconfigure|set up|set|setup|choose|pick|select|edit|adjust|modify)"
                    + "(?: (?:out|over|between|around|up))?";
    private static final String TRY =
            "(?:use|try|try out|have|get|talk to|chat with|switch to|change to|move to|work with|go with|pick"
                    + "|choose|select|set up|add|connect|configure|enable)";
    private static final String OTHER_MODEL =
            "(?:a |an |some |the )?(?:different|another|new|other|better|faster|cheaper|smarter|newer)" + " (?:" + KIND
                    + " )*(?:model|llm|(?:ai|llm|model) provider|provider)(?: than this(?: one)?)?";
    private static final String SOMETHING_ELSE =
            "(?:something (?:else|different|new|better|faster|cheaper|smarter)|(?:a|an|some) (?:different|other|new|better|faster|cheaper|smarter|newer) one"
                    + "|another(?: one)?)";
    private static final String OWN_KEY =
            "(?:(?:my|a|an|the) )?(?:own |personal |new |different |other |stored |saved )*(?:(?:api|llm|model|ai) )*(?:keys?|token|credentials)";

    private static final Pattern CHANGE_MODEL = sentence(WISH + CHANGE + " " + MODEL);
    private static final Pattern CHANGE_MODEL_TO =
            sentence(WISH + CHANGE + " " + MODEL + " (?:to|for|into|with|from [^ ]+ to)(?: use| be)? (?<rest>.+?)");
    private static final Pattern OTHER =
            sentence("(?:" + WISH + TRY + " |(?:i|we) (?:want|need|would like) |i'd like |)" + OTHER_MODEL);
    private static final Pattern SWITCH_TO = sentence(
            WISH + "(?:switch|change|swap|move)(?: me| this chat| my chat| us| it)?(?: over)? to (?<rest>.+?)");
    private static final Pattern USE =
            sentence(WISH + "(?:use|try|try out|chat with|talk to|go with|set up|connect) (?<rest>.+?)");
    private static final Pattern USE_OWN_KEY = sentence(WISH
            + "(?:use|bring|add|enter|set|set up|change|update|replace|provide|give you|save|store|connect|register)"
            + "(?: in| up)? (?:my own|" + OWN_KEY + ")(?: (?:for|with|from|of|to) (?<rest>.+?))?");
    private static final Pattern COMMAND = Pattern.compile("/(?:model|provider|key)s?(?: (?<rest>.+))?");

    private static final Pattern USE_DEFAULT = sentence(WISH
            + "(?:(?:go|switch|change|move|revert|return|reset|get|come)(?: me| my model| it| everything)? (?:back )?to|use|take|back to|restore)"
            + " (?:the |your |our |my )?(?:project |app |app's |standard )?defaults?(?: (?:one|key|model|models|provider|settings|ai|model settings|ai model))?"
            + "(?: again)?");
    private static final Pattern RESET =
            sentence(WISH + "reset (?:my |the )?(?:ai |chat )?(?:model|provider|model settings|model config)"
                    + "(?: to (?:the )?default)?");

    private static final Pattern WHICH =
            sentence("(?:can you tell me |could you tell me |tell me |show me |do you know |i wonder )?(?:"
                    + "(?:which|what)(?: kind of| type of| sort of)? (?:" + KIND
                    + " )*(?:model|llm|provider|ai provider|ai)"
                    + " (?:am i|are you|are we|is this|is this chat|is it|do i|do you|do we|i'm|i am|you're|you are|we are|we're|this is|is currently|is now|is being|is)"
                    + "(?: (?:now|currently|right now|actually))?(?: (?:use|using|used|on|in use|running|running on|talking to|chatting with|talking with|based on|powered by|set to|selected|active|connected to))*"
                    + "|(?:what's|what is|whats|which is|show) (?:my|the|your|our)(?: current| active| selected)* (?:"
                    + KIND
                    + " )*(?:model|llm|provider|ai provider|model config|model settings)"
                    + "|(?:which|what) (?:key|api key) (?:am i|are you|are we|is this chat|do i) (?:using|use)"
                    + "|who (?:is )?pay(?:s|ing) for (?:this|this chat|my messages|the model|this model)"
                    + "|whose (?:api )?key (?:is (?:this|it|used|being used|paying)|pays|am i using|are you using)"
                    + ")(?: (?:now|currently|right now|at the moment))?");

    private static final Pattern FORGET = sentence(
            WISH
                    + "(?:forget|delete|remove|erase|clear|drop|wipe|revoke|throw away|get rid of) (?:all )?(?:of )?(?:my|the) (?:own |stored |saved |personal )*(?:(?:api|llm|ai|model) )*keys?"
                    + "(?: (?:for|from|of) (?:this|this chat|here|the (?:chat|app|server)|your (?:server|servers|database|memory)|keyswitch))?");

    /** A model id inside a sentence: it holds a digit or joins its parts, as words of prose seldom do. */
    private static final Pattern MODEL_TOKEN = Pattern.compile("(?=.*[0-9/@:]|.*[a-z]-[a-z])[a-z0-9@][^\\s,;]{1,127}");

    private static final Pattern FAMILY =
            Pattern.compile("(?: (?:sonnet|opus|haiku|flash|pro|mini|nano|turbo|lite|preview|thinking|large|small"
                    + "|medium|latest|v?[0-9]+(?:\\.[0-9]+)?[a-z]?)){1,3}");

    private static final Pattern KEY_WORDS = Pattern.compile(
            "(?:,? ?(?:and|with|using|on|via|through|by|but with|paid by|paying with))*(?:,? ?(?<own>(?:my |an? )?own(?: api)?(?: key)?|my(?: api)? key)"
                    + "|,? ?(?<project>(?:the |your |its )?(?:default|project)(?:'s)?(?: api)?(?: key)?|your key|no key))$");

    private final ProviderRegistry providers;

    public Requests(ProviderRegistry providers) {
        this.providers = providers;
    }

    private static Pattern sentence(String core) {
        return Pattern.compile(OPENING + core + CLOSING);
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
        if (USE_DEFAULT.matcher(text).matches() || RESET.matcher(text).matches()) {
            return new Request.UseDefault();
        }
        if (WHICH.matcher(text).matches()) {
            return new Request.WhichModel();
        }
        if (FORGET.matcher(text).matches()) {
            return new Request.ForgetKey();
        }
        var change = change(text);
        return change == null ? null : withCaseOf(message, change);
    }

    /** Model ids are case-sensitive, requests are not. */
    private static Request.Change withCaseOf(String message, Request.Change change) {
        var model = change.model();
        int at = model == null ? -1 : message.toLowerCase(Locale.ROOT).indexOf(model.value());
        if (model == null || at < 0) {
            return change;
        }
        var written = message.substring(at, at + model.value().length());
        return new Request.Change(change.provider(), new ModelId(written), change.keySource());
    }

    private static String normalise(String message) {
        return message.toLowerCase(Locale.ROOT)
                .replaceAll("[‘’ʼ`´]", "'")
                .replaceAll("[“”„«»\"*]", "")
                .replaceAll("[ \\t\\u00A0\\r\\n]+", " ")
                .replaceAll("(?<=\\s|^)'|'(?=\\s|$|[,.!?])", "")
                .strip()
                .replaceAll("[\\s.!?…:)]+$", "");
    }

    private Request.@Nullable Change change(String text) {
        if (CHANGE_MODEL.matcher(text).matches() || OTHER.matcher(text).matches()) {
            return new Request.Change(null, null, null);
        }
        var command = COMMAND.matcher(text);
        if (command.matches()) {
            return command.group("rest") == null ? new Request.Change(null, null, null) : named(command);
        }
        var ownKey = USE_OWN_KEY.matcher(text);
        if (ownKey.matches()) {
            return withOwnKey(ownKey.group("rest"));
        }
        var modelTo = CHANGE_MODEL_TO.matcher(text);
        if (modelTo.matches()) {
            var rest = modelTo.group("rest");
            var named = named(modelTo);
            boolean open = rest.matches(SOMETHING_ELSE)
                    || rest.matches(OTHER_MODEL)
                    || MODEL_TOKEN.matcher(rest).matches();
            return named == null && open ? new Request.Change(null, null, null) : named;
        }
        var switchTo = SWITCH_TO.matcher(text);
        if (switchTo.matches()) {
            return switchTo.group("rest").matches(OTHER_MODEL) ? new Request.Change(null, null, null) : named(switchTo);
        }
        var use = USE.matcher(text);
        return use.matches() ? named(use) : null;
    }

    private Request.@Nullable Change withOwnKey(@Nullable String rest) {
        if (rest == null || rest.matches("this|(?:this |the |my |our )?(?:chat|conversation|app|model|models|ai)")) {
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
        var text = words.strip();
        var keySource = keySource(text);
        var naming = keySource == null ? text : KEY_WORDS.matcher(text).replaceFirst("");
        var trimmed = naming.replaceFirst("^(?:the |an? )?(?:(?:model|provider) )?", "")
                .strip();
        var leading = trimmed.replaceFirst("^(?:(?<project>default|project) |(?<own>own |my own |my ))", "");
        var source = keySource != null ? keySource : leadingKeySource(trimmed);
        var change = providerAndModel(leading.replaceFirst("(?:'s)? (?:ai|models?|api|llm|key|provider)$", ""), source);
        return change != null || leading.equals(trimmed) ? change : providerAndModel(trimmed, null);
    }

    private static @Nullable KeySource keySource(String text) {
        var matcher = KEY_WORDS.matcher(text);
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
        var split = Pattern.compile(
                        "(?<first>[^,]+?)(?:,\\s*|\\s+)(?:(?:with|using|and|on|from|by|at|via)\\s+)?(?:the\\s+)?(?:model\\s+)?(?<last>[^\\s,]+)")
                .matcher(text);
        if (split.matches()) {
            var first = providers.named(split.group("first"));
            var last = providers.named(split.group("last"));
            if (first != null && MODEL_TOKEN.matcher(split.group("last")).matches()) {
                return new Request.Change(first, new ModelId(split.group("last")), source);
            }
            if (last != null && MODEL_TOKEN.matcher(split.group("first")).matches()) {
                return new Request.Change(last, new ModelId(split.group("first")), source);
            }
        }
        var byModel = byModelAlone(text, source);
        return byModel == null ? byFamily(text, source) : byModel;
    }

    /** "claude sonnet 4.5" names a provider and a family of its models, and leaves the id open. */
    private Request.@Nullable Change byFamily(String text, @Nullable KeySource source) {
        int blank = text.indexOf(' ');
        if (blank < 0 || !FAMILY.matcher(text.substring(blank)).matches()) {
            return null;
        }
        var provider = providers.named(text.substring(0, blank));
        return provider == null ? null : new Request.Change(provider, null, source);
    }

    /** "gpt-5.5" is a model of whoever is also called "gpt". */
    private Request.@Nullable Change byModelAlone(String text, @Nullable KeySource source) {
        int dash = text.indexOf('-');
        if (dash < 2 || !MODEL_TOKEN.matcher(text).matches() || !ModelId.isValid(text)) {
            return null;
        }
        Provider provider = providers.named(text.substring(0, dash));
        return provider == null ? null : new Request.Change(provider, new ModelId(text), source);
    }
}
