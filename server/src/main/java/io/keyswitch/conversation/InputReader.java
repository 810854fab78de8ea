package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskApiKey;
import io.keyswitch.conversation.UserInput.Command;
import io.keyswitch.conversation.UserInput.ModelName;
import io.keyswitch.conversation.UserInput.ModelRequest;
import io.keyswitch.conversation.UserInput.PastedKey;
import io.keyswitch.conversation.UserInput.PlainMessage;
import io.keyswitch.conversation.UserInput.Word;
import io.keyswitch.language.Language;
import io.keyswitch.modelconfig.KeyFormats;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelMatcher;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.ScannedText;
import io.keyswitch.understanding.FixedAnswer;
import io.keyswitch.understanding.Intent;
import io.keyswitch.understanding.Understanding;
import io.keyswitch.understanding.Understood;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Parses a user's message into a {@link UserInput}; the only class that interprets message text. A pure function of the
 * message and its context.
 */
final class InputReader {
    /**
     * A message as sent.
     *
     * @param secret whether the app showed a password field for it
     * @param ownKeys the user's stored keys
     */
    record Message(String text, boolean secret, List<ApiKey> ownKeys) {}

    /**
     * The state in which a message is read.
     *
     * @param question the open question; null if there is none
     * @param keyAskedRecently whether the user was recently asked for a key, in any thread
     * @param justChanged the change that the message may correct; null if none was made since the last one for the model
     * @param language the language of the thread's last request, else that of the app; null if neither is known
     */
    record Context(
            @Nullable FlowState question,
            boolean keyAskedRecently,
            FlowStates.@Nullable JustChanged justChanged,
            @Nullable Language language) {}

    /** Stored in place of a message that may have held a key. */
    static final String KEPT_NOTHING = "[message not stored: it may have held an API key]";

    /** Maximum number of words beside a secret for a message to count as only a key. */
    private static final int FEW_WORDS = 8;

    /** Trailing words that introduced a removed key. */
    private static final Pattern LEFT_OVER =
            Pattern.compile("(?i)(?:[\\s,:;-]|(?<=\\s)(?:with|using|by|and|my|the|own|api|key|is)(?=[\\s,:;-]|$))+$");

    private static final Pattern CLAUSE_END = Pattern.compile("[,.!;:、，。！؛،]");
    private static final Pattern FAMILY = Pattern.compile("[A-Za-z]{3,}[-/]|@[a-z]{2}/");
    private static final int LONGEST_MODEL_NAME = 48;

    private final ProviderRegistry providers;
    private final Understanding understanding;
    private final Answer answers;
    private final KeyFormats keyFormats;

    InputReader(ProviderRegistry providers, Understanding understanding) {
        this.providers = providers;
        this.understanding = understanding;
        this.answers = new Answer(understanding);
        this.keyFormats = new KeyFormats(providers);
    }

    /** Reads the lexicons on another thread, so that the first message need not wait for them. */
    void prepare() {
        understanding.prepare();
    }

    UserInput read(Message message, Context context) {
        var scanned = ScannedText.of(message.text(), message.ownKeys());
        if (context.question() instanceof AskApiKey asked) {
            return keyAnswer(message, scanned, asked, context.language());
        }
        if (message.secret() && answers.command(message.text()) == null) {
            return fromPasswordField(scanned, context.language());
        }
        return context.question() == null
                ? unasked(scanned, context)
                : answer(message, scanned, context.question(), context.language());
    }

    /** Whether a stored message may be the redacted form of this one. */
    boolean mayBeKeptAs(String stored, Message message) {
        var scanned = ScannedText.of(message.text(), message.ownKeys());
        var key = scanned.answeredKey();
        return stored.equals(scanned.text())
                || stored.equals(KEPT_NOTHING)
                || isKeptForName(stored, scanned)
                || (key != null && stored.equals(key.placeholder()));
    }

    private boolean isKeptForName(String stored, ScannedText scanned) {
        var request = withKeyForName(scanned, null);
        return request != null && stored.equals(request.kept());
    }

    /**
     * A password field may contain a secret of any format, so no other text of it is kept; what it asks for beside a key is
     * done, if all of that are known words.
     */
    private UserInput fromPasswordField(ScannedText scanned, @Nullable Language language) {
        var key = onlyKey(scanned);
        if (key == null) {
            return suspected();
        }
        var request = request(scanned, language);
        return request != null && request.key() != null && holdsNoSecret(request.request())
                ? new ModelRequest(request.request(), key, request.language(), key.placeholder())
                : new PastedKey(List.of(key), true, key.placeholder());
    }

    private static PastedKey suspected() {
        return new PastedKey(List.of(), false, KEPT_NOTHING);
    }

    private UserInput unasked(ScannedText scanned, Context context) {
        var understood = understood(scanned, context.language());
        var request = request(understood, scanned, context.language());
        if (request != null) {
            return request;
        }
        var correction = correction(scanned, context);
        if (correction != null) {
            return new ModelRequest(correction.intent(), null, correction.language(), scanned.text());
        }
        if (context.keyAskedRecently() && scanned.isOneToken()) {
            return suspected();
        }
        return scanned.hasSecrets() && scanned.wordsBeside() <= FEW_WORDS
                ? new PastedKey(scanned.keys(), true, scanned.text())
                : new PlainMessage(
                        scanned.text(),
                        false,
                        scanned.isSentence(),
                        scanned.hasSecrets(),
                        onlyKey(scanned),
                        understood,
                        scanned.text());
    }

    /** What a message right after a change of the model asks for; null if nothing. */
    private @Nullable Understood correction(ScannedText scanned, Context context) {
        var changed = context.justChanged();
        var correction = changed == null || scanned.hasSecrets()
                ? null
                : understanding.correction(scanned.text(), context.language());
        boolean inUse = changed != null
                && correction != null
                && correction.intent() instanceof Intent.Change(var provider, var _, var _, var _)
                && provider != null
                && provider.equals(changed.to());
        // Whoever answers is also called by its name: "thanks, Gemini".
        return inUse ? null : correction;
    }

    /** What a message means by a name or by cues among words that nobody need know; null if by nothing. */
    private @Nullable UserInput amongOtherWords(
            FlowState question, String text, String name, String kept, @Nullable Language language) {
        boolean mayBeId = question instanceof FlowState.AskModelId && ModelReply.isPossible(name);
        // Whoever says more than yes or no to a pasted key has gone on to something else.
        if (mayBeId || question instanceof FlowState.AskKeyUse) {
            return null;
        }
        var cued = answers.amid(question, text, language);
        boolean leaves = cued == Word.CANCEL || cued == Word.BACK;
        var mentioned = question instanceof FlowState.AskProvider && !leaves && !Understanding.isMarkedAsQuestion(text)
                ? understanding.mentioned(text)
                : null;
        if (mentioned != null) {
            return new UserInput.Mention(mentioned, kept);
        }
        return cued == null ? null : new Command(cued, kept);
    }

    /** Reads an answer to any question except the key question. */
    private UserInput answer(Message message, ScannedText scanned, FlowState question, @Nullable Language language) {
        var text = message.text();
        var name = nameAt(question, text);
        boolean expected = isExpected(question, text, name);
        var request = expected ? null : request(scanned, language);
        if (request != null && request.request() instanceof Intent.Which && answers.asksForHelp(text, language)) {
            return new Command(Word.HELP, request.kept());
        }
        if (request != null) {
            return request;
        }
        if (scanned.hasSecrets()) {
            return new PastedKey(scanned.keys(), true, scanned.text());
        }
        if (scanned.callsItselfAKey()) {
            return new PastedKey(List.of(), true, KEPT_NOTHING);
        }
        if (beginsLikeAKey(name)) {
            var key = ApiKey.of(name);
            return new PastedKey(List.of(key), true, key.placeholder());
        }
        var likeKeys = expected ? List.<String>of() : likeKeys(scanned);
        if (likeKeys.size() == 1 && !likeKeys.contains(name)) {
            return amidWords(likeKeys.getFirst(), scanned, question);
        }
        // A key pasted at another question may have an unknown format.
        boolean misplaced = !expected && ScannedText.of(name).isOneLongToken();
        var kept = misplaced ? KEPT_NOTHING : text;
        var word = word(question, text, name, language);
        if (word != null) {
            return new Command(word, kept);
        }
        int place = understanding.ordinal(text);
        if (place != 0 && !(question instanceof FlowState.AskAccountId)) {
            return new UserInput.Choice(place, kept);
        }
        if (misplaced && question instanceof FlowState.AskKeyUse) {
            return suspected();
        }
        if (question instanceof FlowState.AskProvider || question instanceof FlowState.AskKeyUse) {
            var named = understanding.naming(text);
            if (named != null) {
                return new ModelRequest(named, null, null, kept);
            }
        }
        var cued = misplaced ? null : amongOtherWords(question, text, name, kept, language);
        if (cued != null) {
            return cued;
        }
        boolean keyForName = ScannedText.isKeyForName(name);
        return new PlainMessage(name, keyForName, scanned.isSentence(), false, null, null, kept);
    }

    /** The words of a message that may be keys of unknown format. */
    private static List<String> likeKeys(ScannedText scanned) {
        return scanned.pieces().stream()
                .filter(piece -> ScannedText.isKeyForName(piece) && ApiKey.isValid(piece))
                .toList();
    }

    /** Reads what may be a key, among other words at a question; it is not kept. */
    private UserInput amidWords(String likeKey, ScannedText scanned, FlowState question) {
        var key = ApiKey.of(likeKey);
        var without = scanned.without(key);
        return switch (question) {
            // The list of models tells whether it is one of them.
            case FlowState.AskModelId _ -> new PlainMessage(likeKey, true, false, false, null, null, without.text());
            case FlowState.AskAccountId(var provider, var _) -> {
                boolean accountId =
                        provider.accountId() != null && provider.accountId().read(likeKey) != null;
                yield new PlainMessage(
                        likeKey, false, false, false, null, null, accountId ? scanned.text() : KEPT_NOTHING);
            }
            case FlowState.AskProvider _, FlowState.AskKeyUse _, FlowState.AskKeySource _, AskApiKey _ -> {
                var named = understanding.naming(without.rest());
                yield named == null || named.provider() == null
                        ? new PastedKey(List.of(key), true, without.text())
                        : new ModelRequest(
                                new Intent.Change(named.provider(), named.model(), KeySource.OWN, named.thisThread()),
                                key,
                                null,
                                without.text());
            }
        };
    }

    /** Whether an answer begins as some provider's keys do, however short it is: no model's ID does. */
    private boolean beginsLikeAKey(String name) {
        return ApiKey.isValid(name)
                && !understanding.beginsLikeAModel(name)
                && !keyFormats.of(ApiKey.of(name)).isEmpty();
    }

    /** What an answer names; at the question for the model, a model named in words is named by its ID. */
    private String nameAt(FlowState question, String text) {
        if (question instanceof FlowState.AskModelId asked) {
            var named = understanding.naming(text);
            if (named != null
                    && named.model() != null
                    && (named.provider() == null || named.provider().equals(asked.provider()))) {
                return named.model().value();
            }
        }
        return Answer.name(text);
    }

    /** Whether a message has the form of an answer to the question, so that it is not read as a new request. */
    private boolean isExpected(FlowState question, String text, String name) {
        return answers.command(text) != null
                || switch (question) {
                    case FlowState.AskProvider _, FlowState.AskKeyUse _ -> false;
                    case FlowState.AskKeySource _ -> answers.keySource(text) != null;
                    case FlowState.AskAccountId(var provider, var _) ->
                        answers.is(FixedAnswer.KEEP, text)
                                || (provider.accountId() != null
                                        && provider.accountId().read(name) != null);
                    case FlowState.AskModelId asked ->
                        isDefault(name, text)
                                || (ModelReply.isPossible(name)
                                        && !ScannedText.isKeyForName(name)
                                        && !asksForAnother(asked.provider(), text));
                    case AskApiKey _ -> true;
                };
    }

    /** "Use openai" at another provider's question, unless that one serves the models of many. */
    private boolean asksForAnother(Provider asked, String text) {
        boolean ofMany = asked.defaultModel().value().indexOf('/') >= 0;
        var understood = ofMany || text.strip().indexOf(' ') < 0 ? null : understanding.read(text);
        return understood != null
                && understood.certain()
                && understood.intent() instanceof Intent.Change(var provider, var model, var _, var _)
                && provider != null
                && model == null
                && !provider.equals(asked);
    }

    /** The fixed-meaning answer in a message to a question; null if it is none. */
    private @Nullable Word word(FlowState question, String text, String name, @Nullable Language language) {
        if (isConfirmation(question) && answers.is(FixedAnswer.NO, text)) {
            return Word.NOTHING_NAMED;
        }
        var command = answers.command(text);
        if (command != null) {
            return command;
        }
        if (answers.is(FixedAnswer.NO, text)) {
            return Word.CANCEL;
        }
        return switch (question) {
            case FlowState.AskProvider(var suggested, var _) ->
                suggested != null && answers.is(FixedAnswer.YES, text)
                        ? Word.YES
                        : namesNothing(question, text, language);
            case FlowState.AskKeyUse _ -> yesOrNo(text);
            case FlowState.AskKeySource _ -> keySource(text);
            case FlowState.AskAccountId _ -> answers.is(FixedAnswer.KEEP, text) ? Word.KEEP : null;
            case FlowState.AskModelId asked -> {
                if (asked.confirmed() != null && answers.is(FixedAnswer.YES, text)) {
                    yield Word.YES;
                }
                if (asked.doubted() != null && answers.is(FixedAnswer.YES, text)) {
                    yield Word.NOTHING_NAMED;
                }
                yield isDefault(name, text) ? Word.DEFAULT : namesNothing(question, text, language);
            }
            // Who has no key is told where to get one.
            case AskApiKey _ ->
                answers.is(FixedAnswer.KEEP, text)
                        ? Word.KEEP
                        : answers.is(FixedAnswer.PROJECT, text) ? Word.HELP : null;
        };
    }

    /** A yes or no, or one at the beginning: "yes, use it". */
    private @Nullable Word yesOrNo(String text) {
        var first = CLAUSE_END.split(text, 2)[0];
        if (answers.is(FixedAnswer.YES, text) || answers.is(FixedAnswer.YES, first)) {
            return Word.YES;
        }
        return answers.is(FixedAnswer.NO, first) ? Word.NOTHING_NAMED : null;
    }

    /** The provider's default model: the word is the same as for its default key. */
    private boolean isDefault(String name, String text) {
        return Answer.isDefault(name) || answers.is(FixedAnswer.PROJECT, text);
    }

    /** Whether a yes or no is expected: "no" leaves no other question, only the suggestion. */
    private static boolean isConfirmation(FlowState question) {
        return switch (question) {
            case FlowState.AskProvider(var suggested, var _) -> suggested != null;
            case FlowState.AskModelId asked -> asked.suggested() != null;
            case FlowState.AskKeyUse _ -> true;
            case FlowState.AskKeySource _, FlowState.AskAccountId _, AskApiKey _ -> false;
        };
    }

    /** What an answer means that cannot be a name: "any", "as it is", "ok". */
    private @Nullable Word namesNothing(FlowState question, String text, @Nullable Language language) {
        if (answers.is(FixedAnswer.ANY, text)) {
            // Thanks and greetings are among those answers.
            return answers.amid(question, text, language) == Word.WAIT ? Word.WAIT : Word.ANY;
        }
        if (answers.is(FixedAnswer.KEEP, text)) {
            return Word.CANCEL;
        }
        return answers.isForAnother(text) ? Word.WAIT : null;
    }

    private @Nullable Word keySource(String text) {
        var source = answers.keySource(text);
        return source == null ? null : source == KeySource.OWN ? Word.OWN : Word.DEFAULT;
    }

    /** Reads an answer to the key question; only text that certainly contains no key is stored. */
    private UserInput keyAnswer(Message message, ScannedText scanned, AskApiKey asked, @Nullable Language language) {
        var text = message.text();
        boolean namesAModel = namesAModel(asked, scanned);
        var key = scanned.isWord() || isOfKnownWords(scanned) ? null : scanned.answeredKey();
        var word = word(asked, text, text, language);
        boolean expected = message.secret() || word != null || (key != null && !namesAModel);
        var request = expected ? null : request(scanned, language);
        if (request != null && holdsNoSecret(request.request())) {
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
        var cued = answers.amid(asked, text, language);
        if (cued != null) {
            return new Command(cued, KEPT_NOTHING);
        }
        if (scanned.isSentence()) {
            return new UserInput.Remark(KEPT_NOTHING);
        }
        return scanned.keys().size() > 1
                ? new PastedKey(scanned.keys(), true, KEPT_NOTHING)
                : new PlainMessage("", false, false, scanned.hasSecrets(), null, null, KEPT_NOTHING);
    }

    /** "keine_ahnung", "YOUR-API-KEY": words that are joined by signs, and no key. */
    private boolean isOfKnownWords(ScannedText scanned) {
        return scanned.isJoinedWords()
                && understanding.knowsAllOf(scanned.text().strip().replaceAll("[_-]+", " "));
    }

    /**
     * Whether a request at the key question contains only known words. A model ID is free text and may be the key, so
     * it must be of a known model family.
     */
    private boolean holdsNoSecret(Intent intent) {
        return !(intent instanceof Intent.Change(var provider, var model, var _, var _))
                || model == null
                || (provider != null && ModelMatcher.isOfFamily(provider, model))
                || understanding.beginsLikeAModel(model.value());
    }

    /**
     * Whether an answer to the key question contains a model ID. Those share prefixes such as "claude-", which keys do
     * not have.
     */
    private boolean namesAModel(AskApiKey asked, ScannedText scanned) {
        if (scanned.hasSecrets()) {
            return false;
        }
        var models = Stream.concat(
                        Stream.ofNullable(asked.model()),
                        providers.all().stream().map(Provider::defaultModel))
                .toList();
        return scanned.pieces().stream()
                .anyMatch(word -> understanding.beginsLikeAModel(word)
                        || models.stream()
                                .anyMatch(model -> word.equalsIgnoreCase(model.value()) || isOfFamily(word, model)));
    }

    private static boolean isOfFamily(String word, ModelId model) {
        var family = FAMILY.matcher(model.value());
        return family.lookingAt()
                && word.length() <= LONGEST_MODEL_NAME
                && word.regionMatches(true, 0, family.group(), 0, family.end());
    }

    /** Reads a message without its secrets, and without the words that only introduce them if that helps. */
    private @Nullable Understood understood(ScannedText scanned, @Nullable Language language) {
        var rest = scanned.hasSecrets() ? scanned.rest() : scanned.text();
        var whole = understanding.read(rest, language);
        if (!scanned.hasSecrets() || rest.length() > Understanding.MAX_LENGTH || (whole != null && whole.certain())) {
            return whole;
        }
        var shorter = understanding.read(LEFT_OVER.matcher(rest.strip()).replaceAll(""), language);
        return shorter == null ? whole : shorter;
    }

    /** The certain request in a message, with the key sent along; null if there is none. */
    private @Nullable ModelRequest request(ScannedText scanned, @Nullable Language language) {
        return request(understood(scanned, language), scanned, language);
    }

    private @Nullable ModelRequest request(
            @Nullable Understood understood, ScannedText scanned, @Nullable Language language) {
        if (understood == null
                || !understood.certain()
                || (scanned.hasSecrets() && !isAboutAKey(understood.intent()))) {
            return withKeyForName(scanned, language);
        }
        return new ModelRequest(understood.intent(), onlyKey(scanned), understood.language(), scanned.text());
    }

    /** "Mi clave de gemini es AIza…" asks nothing: what is said beside a key is about the key. */
    private static boolean isAboutAKey(Intent intent) {
        return switch (intent) {
            case Intent.Change _, Intent.Misspelt _, Intent.UpdateKey _, Intent.ForgetKey _ -> true;
            case Intent.Which _, Intent.Offers _, Intent.Help _, Intent.Undo _, Intent.UseDefault _ -> false;
        };
    }

    /** "Switch to mistral, 8JfH2kLm…": reads a request that contains a key of unknown format. */
    private @Nullable ModelRequest withKeyForName(ScannedText scanned, @Nullable Language language) {
        var keys = likeKeys(scanned);
        if (keys.size() != 1 || scanned.hasSecrets()) {
            return null;
        }
        var without = scanned.without(ApiKey.of(keys.getFirst()));
        var understood = understood(without, language);
        return understood != null
                        && understood.certain()
                        && understood.intent() instanceof Intent.Change(var provider, var model, var _, var thisThread)
                ? new ModelRequest(
                        new Intent.Change(provider, model, KeySource.OWN, thisThread),
                        onlyKey(without),
                        understood.language(),
                        without.text())
                : null;
    }

    private static @Nullable ApiKey onlyKey(ScannedText scanned) {
        return scanned.keys().size() == 1 ? scanned.keys().getFirst() : null;
    }
}
