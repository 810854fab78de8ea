package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskApiKey;
import io.keyswitch.conversation.UserInput.FreeAnswer;
import io.keyswitch.conversation.UserInput.ModelRequest;
import io.keyswitch.conversation.UserInput.PastedKey;
import io.keyswitch.conversation.UserInput.PlainMessage;
import io.keyswitch.conversation.UserInput.Word;
import io.keyswitch.language.Language;
import io.keyswitch.modelconfig.KeyFormats;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.ScannedText;
import io.keyswitch.understanding.FixedAnswer;
import io.keyswitch.understanding.Intent;
import io.keyswitch.understanding.Understanding;
import io.keyswitch.understanding.Utterance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses a user's message into a {@link UserInput}, with the readers of requests, answers and keys; nothing else interprets
 * message text. A pure function of the message and its context.
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
            @Nullable JustChanged justChanged,
            @Nullable Language language) {}

    /** Stored in place of a message that may have held a key. */
    static final String KEPT_NOTHING = "[message not stored: it may have held an API key]";

    /** Maximum number of words beside a secret for a message to count as only a key. */
    private static final int FEW_WORDS = 8;

    private final Understanding understanding;
    private final KeyAnswerReader keyAnswers;
    private final KeyFormats keyFormats;

    InputReader(ProviderRegistry providers, Understanding understanding) {
        this.understanding = understanding;
        this.keyAnswers = new KeyAnswerReader(providers, understanding);
        this.keyFormats = new KeyFormats(providers);
    }

    /** Reads the lexicons on another thread, so that the first message need not wait for them. */
    void prepare() {
        understanding.prepare();
    }

    UserInput read(Message message, Context context) {
        var scanned = ScannedText.of(message.text(), message.ownKeys());
        var said = understanding.utterance(message.text(), context.language());
        if (context.question() instanceof AskApiKey asked) {
            return keyAnswers.read(said, message.secret(), scanned, asked);
        }
        if (message.secret() && Answer.command(said) == null) {
            return keyAnswers.fromPasswordField(said, scanned);
        }
        return context.question() == null ? unasked(said, scanned, context) : answer(said, scanned, context.question());
    }

    /** Whether a stored message may be the redacted form of this one. */
    boolean mayBeKeptAs(String stored, Message message) {
        var scanned = ScannedText.of(message.text(), message.ownKeys());
        var key = scanned.answeredKey();
        return stored.equals(scanned.text())
                || stored.equals(KEPT_NOTHING)
                || isKeptWithoutKey(stored, scanned)
                || (key != null && stored.equals(key.placeholder()));
    }

    private static boolean isKeptWithoutKey(String stored, ScannedText scanned) {
        return scanned.likeKeys().stream()
                .anyMatch(
                        piece -> stored.equals(scanned.without(ApiKey.of(piece)).text()));
    }

    /** What may be a secret, of which nothing is kept. */
    static PastedKey suspected() {
        return new PastedKey(List.of(), false, KEPT_NOTHING);
    }

    private static UserInput unasked(Utterance said, ScannedText scanned, Context context) {
        var understood = RequestReader.understood(said, scanned);
        var request = RequestReader.request(understood, said, scanned);
        if (request != null) {
            return request;
        }
        var correction = RequestReader.correction(said, scanned, context.justChanged());
        if (correction != null) {
            return new ModelRequest(correction.intent(), null, correction.language(), scanned.text());
        }
        if (context.keyAskedRecently() && scanned.isOneToken() && !scanned.isOnlyKey()) {
            return suspected();
        }
        return scanned.hasSecrets() && scanned.wordsBeside() <= FEW_WORDS
                ? new PastedKey(scanned.keys(), true, scanned.text())
                : new PlainMessage(scanned.hasSecrets(), scanned.onlyKey(), understood, scanned.text());
    }

    /** The meaning of a message by a name or by cues in it, whatever its other words are; null if it contains none. */
    private static @Nullable UserInput amongOtherWords(
            FlowState question, Utterance said, Answer answer, String name, String kept) {
        // Whoever talks of something else where a key was pasted has gone on to that.
        if (question instanceof FlowState.AskKeyUse && !said.isFamiliar()) {
            return null;
        }
        var cued = answer.amid();
        boolean leaves = cued == Word.CANCEL || cued == Word.BACK;
        // One word may be an ID, whatever else it means.
        if (question instanceof FlowState.AskModelId && ModelReply.isPossible(name) && !leaves) {
            return null;
        }
        var mentioned = question instanceof FlowState.AskProvider && !leaves && !said.isMarkedAsQuestion()
                ? said.mentioned()
                : null;
        if (mentioned != null) {
            return new UserInput.Mention(mentioned, kept);
        }
        return cued == null ? null : answer.command(cued, kept);
    }

    /** Reads an answer to any question except the key question. */
    private UserInput answer(Utterance said, ScannedText scanned, FlowState question) {
        var answer = new Answer(question, said);
        var name = nameAt(question, said);
        boolean expected = isExpected(question, said, answer, name);
        var request = expected ? null : RequestReader.request(said, scanned);
        if (request != null && answer.isAboutQuestion(request.request())) {
            return answer.command(Word.HELP, request.kept());
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
        var likeKeys = expected ? List.<String>of() : scanned.likeKeys();
        if (likeKeys.size() == 1 && !likeKeys.contains(name)) {
            return amidWords(likeKeys.getFirst(), said, scanned, question);
        }
        // A key pasted at another question may have an unknown format.
        boolean misplaced = !expected && ScannedText.of(name).isOneLongToken();
        var kept = misplaced ? KEPT_NOTHING : said.text();
        var word = answer.word(name);
        if (word != null) {
            return answer.command(word, kept);
        }
        int place = said.ordinal();
        if (place != 0 && !(question instanceof FlowState.AskAccountId)) {
            return new UserInput.Choice(place, kept);
        }
        if (misplaced && question instanceof FlowState.AskKeyUse) {
            return suspected();
        }
        if (question instanceof FlowState.AskProvider || question instanceof FlowState.AskKeyUse) {
            var named = said.naming();
            if (named != null) {
                return new ModelRequest(named, null, null, kept);
            }
        }
        if (question instanceof FlowState.AskKeyUse && scanned.isOneToken() && !said.isFamiliar()) {
            return suspected();
        }
        var model = question instanceof FlowState.AskModelId && !misplaced ? answer.model() : null;
        if (model != null) {
            return new FreeAnswer(name, ScannedText.isKeyForName(name), scanned.isSentence(), model, kept);
        }
        var cued = misplaced ? null : amongOtherWords(question, said, answer, name, kept);
        if (cued != null) {
            return cued;
        }
        boolean keyForName = ScannedText.isKeyForName(name);
        return new FreeAnswer(name, keyForName, scanned.isSentence(), null, kept);
    }

    /** Reads what may be a key, among other words at a question; it is not kept. */
    private static UserInput amidWords(String likeKey, Utterance said, ScannedText scanned, FlowState question) {
        var key = ApiKey.of(likeKey);
        var without = scanned.without(key);
        return switch (question) {
            // The list of models tells whether it is one of them.
            case FlowState.AskModelId _ -> new FreeAnswer(likeKey, true, false, null, without.text());
            case FlowState.AskAccountId(var provider, var _, var _) -> {
                boolean accountId =
                        provider.accountId() != null && provider.accountId().read(likeKey) != null;
                yield new FreeAnswer(likeKey, false, false, null, accountId ? scanned.text() : KEPT_NOTHING);
            }
            case FlowState.AskProvider _, FlowState.AskKeyUse _, FlowState.AskKeySource _, AskApiKey _ -> {
                var named = said.part(without.rest()).naming();
                yield named == null || named.provider() == null
                        ? new PastedKey(List.of(key), true, without.text())
                        : new ModelRequest(named.with(KeySource.OWN), key, null, without.text());
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
    private static String nameAt(FlowState question, Utterance said) {
        if (question instanceof FlowState.AskModelId asked) {
            var named = said.naming();
            if (named != null
                    && named.model() != null
                    && (named.provider() == null || named.provider().equals(asked.provider()))) {
                return named.model().value();
            }
        }
        return Answer.name(said.text());
    }

    /** Whether a message has the form of an answer to the question, so that it is not read as a new request. */
    private static boolean isExpected(FlowState question, Utterance said, Answer answer, String name) {
        return Answer.command(said) != null
                || switch (question) {
                    case FlowState.AskProvider _, FlowState.AskKeyUse _ -> false;
                    case FlowState.AskKeySource _ -> answer.keySource() != null;
                    case FlowState.AskAccountId(var provider, var _, var _) ->
                        answer.is(FixedAnswer.KEEP)
                                || (provider.accountId() != null
                                        && provider.accountId().read(name) != null);
                    case FlowState.AskModelId asked ->
                        answer.isDefault(name)
                                || (ModelReply.isPossible(name)
                                        && !ScannedText.isKeyForName(name)
                                        && !asksForAnother(asked.provider(), said));
                    case AskApiKey _ -> true;
                };
    }

    /** "Use openai" at another provider's question, unless that one serves the models of many. */
    private static boolean asksForAnother(Provider asked, Utterance said) {
        boolean ofMany = asked.defaultModel().value().indexOf('/') >= 0;
        var understood = ofMany || said.text().strip().indexOf(' ') < 0 ? null : said.request();
        return understood != null
                && understood.certain()
                && understood.intent() instanceof Intent.Change change
                && change.provider() != null
                && change.model() == null
                && !change.provider().equals(asked);
    }
}
