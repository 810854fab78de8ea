package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskApiKey;
import io.keyswitch.conversation.UserInput.Command;
import io.keyswitch.conversation.UserInput.ModelName;
import io.keyswitch.conversation.UserInput.ModelRequest;
import io.keyswitch.conversation.UserInput.PastedKey;
import io.keyswitch.conversation.UserInput.PlainMessage;
import io.keyswitch.conversation.UserInput.Word;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelMatcher;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.ScannedText;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a user's message into a {@link UserInput}: the one place that looks at what was typed. Pure; what it makes of a message
 * depends on the message and the open question alone.
 */
final class InputReader {
    /**
     * A message as it was sent.
     *
     * @param secret whether the app showed a password field for it
     * @param ownKey the key its user has stored; null if there is none
     */
    record Message(String text, boolean secret, @Nullable ApiKey ownKey) {}

    /**
     * What the message answers.
     *
     * @param question the open question; null if there is none
     * @param keyAskedRecently whether the user was asked for a key not long ago, in any thread
     */
    record Context(@Nullable FlowState question, boolean keyAskedRecently) {}

    /** Stored in place of a message that may have held a key. */
    static final String KEPT_NOTHING = "[message not stored: it may have held an API key]";

    /** A message with no more words than this beside a secret says only "here is my key". */
    private static final int FEW_WORDS = 8;

    /** What introduced a key that was taken out. */
    private static final Pattern LEFT_OVER =
            Pattern.compile("(?i)(?:[\\s,:;-]|(?<=\\s)(?:with|using|by|and|my|the|own|api|key|is)(?=[\\s,:;-]|$))+$");

    private static final Pattern FAMILY = Pattern.compile("[A-Za-z]{3,}[-/]|@[a-z]{2}/");
    private static final int LONGEST_MODEL_NAME = 48;

    private final ProviderRegistry providers;
    private final Requests requests;

    InputReader(ProviderRegistry providers) {
        this.providers = providers;
        this.requests = new Requests(providers);
    }

    UserInput read(Message message, Context context) {
        var scanned = ScannedText.of(message.text(), message.ownKey());
        if (context.question() instanceof AskApiKey asked) {
            return keyAnswer(message, scanned, asked);
        }
        // A password field may hold a secret of any shape.
        if (message.secret() && Answer.command(message.text()) == null) {
            return suspected();
        }
        return context.question() == null
                ? unasked(scanned, context.keyAskedRecently())
                : answer(message, scanned, context.question());
    }

    /** Whether a stored message may be what was kept of this one. */
    boolean mayBeKeptAs(String stored, Message message) {
        var scanned = ScannedText.of(message.text(), message.ownKey());
        var key = scanned.answeredKey();
        return stored.equals(scanned.text())
                || stored.equals(KEPT_NOTHING)
                || (key != null && stored.equals(key.placeholder()));
    }

    private static PastedKey suspected() {
        return new PastedKey(List.of(), false, KEPT_NOTHING);
    }

    private UserInput unasked(ScannedText scanned, boolean keyAskedRecently) {
        var request = request(scanned);
        if (request != null) {
            return request;
        }
        if (keyAskedRecently && scanned.isOneToken()) {
            return suspected();
        }
        return scanned.hasSecrets() && scanned.wordsBeside() <= FEW_WORDS
                ? new PastedKey(scanned.keys(), true, scanned.text())
                : new PlainMessage(scanned.text(), false, scanned.hasSecrets(), scanned.text());
    }

    /** An answer to a question other than the one for the key. */
    private UserInput answer(Message message, ScannedText scanned, FlowState question) {
        var text = message.text();
        var name = Answer.name(text);
        boolean expected = isExpected(question, text, name);
        var request = expected ? null : request(scanned);
        if (request != null) {
            return request;
        }
        if (scanned.hasSecrets()) {
            return new PastedKey(scanned.keys(), true, scanned.text());
        }
        if (scanned.callsItselfAKey()) {
            return new PastedKey(List.of(), true, KEPT_NOTHING);
        }
        // A key pasted where another answer was asked for may have no shape to know it by.
        boolean misplaced = !expected && ScannedText.of(name).isOneLongToken();
        var kept = misplaced ? KEPT_NOTHING : text;
        var word = word(question, text, name);
        if (word != null) {
            return new Command(word, kept);
        }
        if (question instanceof FlowState.AskProvider) {
            var named = requests.naming(name.toLowerCase(Locale.ROOT));
            if (named != null) {
                return new ModelRequest(named, null, kept);
            }
        }
        boolean keyForName = ScannedText.isKeyForName(name);
        return new PlainMessage(name, keyForName, false, kept);
    }

    /** Whether a message answers the question by its form, so that it is not taken for a new request. */
    private static boolean isExpected(FlowState question, String text, String name) {
        return Answer.command(text) != null
                || switch (question) {
                    case FlowState.AskProvider _ -> false;
                    case FlowState.AskKeySource _ -> Answer.keySource(text) != null;
                    case FlowState.AskAccountId(var provider, var _) ->
                        Answer.isKeep(text)
                                || (provider.accountId() != null
                                        && provider.accountId().read(name) != null);
                    case FlowState.AskModelId _ ->
                        Answer.isDefault(name) || (ModelAnswer.isPossible(name) && !ScannedText.isKeyForName(name));
                    case AskApiKey _ -> true;
                };
    }

    /** The word of fixed meaning that a message is at a question; null if it is none. */
    private static @Nullable Word word(FlowState question, String text, String name) {
        var command = Answer.command(text);
        if (command != null) {
            return command;
        }
        return switch (question) {
            case FlowState.AskProvider(var suggested) ->
                suggested != null && Answer.isYes(text) ? Word.YES : namesNothing(text);
            case FlowState.AskKeySource _ -> keySource(text);
            case FlowState.AskAccountId _ -> Answer.isKeep(text) ? Word.KEEP : null;
            case FlowState.AskModelId asked -> {
                if (asked.suggested() != null && Answer.isYes(text)) {
                    yield Word.YES;
                }
                yield Answer.isDefault(name) ? Word.DEFAULT : namesNothing(text);
            }
            case AskApiKey _ -> Answer.isKeep(text) ? Word.KEEP : null;
        };
    }

    private static @Nullable Word namesNothing(String text) {
        return Answer.isNoName(text) ? Word.NOTHING_NAMED : null;
    }

    private static @Nullable Word keySource(String text) {
        var source = Answer.keySource(text);
        return source == null ? null : source == KeySource.OWN ? Word.OWN : Word.DEFAULT;
    }

    /** An answer to the question for the key, of which no more is kept than is certain to hold none. */
    private UserInput keyAnswer(Message message, ScannedText scanned, AskApiKey asked) {
        var text = message.text();
        boolean namesAModel = namesAModel(asked, scanned);
        var key = scanned.answeredKey();
        var word = word(asked, text, text);
        boolean expected = message.secret() || word != null || (key != null && !namesAModel);
        var request = expected ? null : request(scanned);
        if (request != null && holdsNoSecret(request.request(), text)) {
            return request;
        }
        if (word != null) {
            return new Command(word, scanned.hasSecrets() ? KEPT_NOTHING : text);
        }
        if (namesAModel) {
            return new ModelName(KEPT_NOTHING);
        }
        if (key != null) {
            return new PastedKey(List.of(key), true, key.placeholder());
        }
        return scanned.keys().size() > 1
                ? new PastedKey(scanned.keys(), true, KEPT_NOTHING)
                : new PlainMessage("", false, scanned.hasSecrets(), KEPT_NOTHING);
    }

    /**
     * Whether the words of a request at the question for a key are all known ones. The free words among them may be the key,
     * whatever its shape: a model must be named like others.
     */
    private boolean holdsNoSecret(Request request, String text) {
        if (!(request instanceof Request.Change(var provider, var model, var _))) {
            return true;
        }
        if (provider == null) {
            return requests.isFixedSentence(text);
        }
        return model == null
                || ModelMatcher.isOfFamily(provider, model)
                || Grammar.MODEL_FAMILY_ID.matcher(model.value()).lookingAt();
    }

    /** Models of a provider share the beginning of their names, "claude-", and keys begin otherwise. */
    private boolean namesAModel(AskApiKey asked, ScannedText scanned) {
        if (scanned.hasSecrets()) {
            return false;
        }
        var models = Stream.concat(
                        Stream.of(asked.model()), providers.all().stream().map(Provider::defaultModel))
                .toList();
        return scanned.pieces().stream()
                .anyMatch(word -> Grammar.MODEL_FAMILY_ID.matcher(word).lookingAt()
                        || models.stream()
                                .anyMatch(model -> word.equalsIgnoreCase(model.value()) || isOfFamily(word, model)));
    }

    private static boolean isOfFamily(String word, ModelId model) {
        var family = FAMILY.matcher(model.value());
        return family.lookingAt()
                && word.length() <= LONGEST_MODEL_NAME
                && word.regionMatches(true, 0, family.group(), 0, family.end());
    }

    /** The request a message makes, with the key it came with; null if it makes none. */
    private @Nullable ModelRequest request(ScannedText scanned) {
        var asked = requests.read(sentence(scanned));
        if (asked == null) {
            return null;
        }
        if (asked instanceof Request.Change change
                && change.model() != null
                && ScannedText.isKeyForName(change.model().value())) {
            return withKeyForModel(change, scanned);
        }
        return new ModelRequest(asked, onlyKey(scanned), scanned.text());
    }

    private static String sentence(ScannedText scanned) {
        if (!scanned.hasSecrets()) {
            return scanned.text();
        }
        var rest = scanned.rest();
        return rest.length() > Requests.MAX_LENGTH
                ? rest
                : LEFT_OVER.matcher(rest.strip()).replaceAll("");
    }

    /** "Switch to mistral, 8JfH2kLm…": a key of no known shape, and no model. */
    private static ModelRequest withKeyForModel(Request.Change change, ScannedText scanned) {
        var key = ApiKey.of(String.valueOf(change.model()));
        var without = scanned.without(key);
        return new ModelRequest(
                new Request.Change(change.provider(), null, KeySource.OWN), onlyKey(without), without.text());
    }

    private static @Nullable ApiKey onlyKey(ScannedText scanned) {
        return scanned.keys().size() == 1 ? scanned.keys().getFirst() : null;
    }
}
