package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskApiKey;
import io.keyswitch.conversation.UserInput.FreeAnswer;
import io.keyswitch.conversation.UserInput.ModelName;
import io.keyswitch.conversation.UserInput.ModelRequest;
import io.keyswitch.conversation.UserInput.PastedKey;
import io.keyswitch.conversation.UserInput.Word;
import io.keyswitch.modelconfig.ModelMatcher;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ScannedText;
import io.keyswitch.understanding.Intent;
import io.keyswitch.understanding.Understanding;
import io.keyswitch.understanding.Utterance;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what is typed where a key is asked for, or into a password field: nothing that may be part of a secret is kept. */
final class KeyAnswerReader {
    private static final Pattern FAMILY = Pattern.compile("[A-Za-z]{3,}[-/]|@[a-z]{2}/");
    private static final int LONGEST_MODEL_NAME = 48;

    private final ProviderRegistry providers;
    private final Understanding understanding;

    KeyAnswerReader(ProviderRegistry providers, Understanding understanding) {
        this.providers = providers;
        this.understanding = understanding;
    }

    /**
     * A password field may contain a secret of any format, so no other text of it is kept; what it asks for beside a key is
     * done, if all of that are known words.
     */
    UserInput fromPasswordField(Utterance said, ScannedText scanned) {
        var key = scanned.onlyKey();
        if (key == null) {
            return InputReader.suspected();
        }
        var request = RequestReader.request(said, scanned);
        return request != null && request.key() != null && holdsNoSecret(request.request())
                ? new ModelRequest(request.request(), key, request.language(), key.placeholder())
                : new PastedKey(List.of(key), true, key.placeholder());
    }

    /**
     * Reads an answer to the key question; only text that certainly contains no key is stored.
     *
     * @param secret whether it was typed into a password field
     */
    UserInput read(Utterance said, boolean secret, ScannedText scanned, AskApiKey asked) {
        var answer = new Answer(asked, said);
        boolean namesAModel = namesAModel(asked, scanned);
        var key = scanned.isWord() || isOfKnownWords(said, scanned) ? null : scanned.answeredKey();
        var word = answer.word(said.text());
        boolean expected = secret || word != null || (key != null && !namesAModel);
        var request = expected ? null : RequestReader.request(said, scanned);
        if (request != null && answer.isAboutQuestion(request.request())) {
            return answer.command(Word.HELP, request.kept());
        }
        if (request != null && holdsNoSecret(request.request())) {
            return request;
        }
        if (word != null) {
            return answer.command(word, scanned.hasSecrets() ? InputReader.KEPT_NOTHING : said.text());
        }
        if (namesAModel) {
            return new ModelName(InputReader.KEPT_NOTHING);
        }
        if (key != null) {
            return new PastedKey(List.of(key), true, key.placeholder());
        }
        var cued = answer.amid();
        if (cued != null) {
            return answer.command(cued, InputReader.KEPT_NOTHING);
        }
        if (scanned.isSentence()) {
            return new UserInput.Remark(InputReader.KEPT_NOTHING);
        }
        return scanned.keys().size() > 1
                ? new PastedKey(scanned.keys(), true, InputReader.KEPT_NOTHING)
                : new FreeAnswer("", false, false, null, InputReader.KEPT_NOTHING);
    }

    /** "keine_ahnung", "YOUR-API-KEY": words that are joined by signs, and no key. */
    private static boolean isOfKnownWords(Utterance said, ScannedText scanned) {
        return scanned.isJoinedWords()
                && said.part(scanned.text().strip().replaceAll("[_-]+", " ")).isOfKnownWords();
    }

    /**
     * Whether a request at the key question contains only known words. A model ID is free text and may be the key, so
     * it must be of a known model family.
     */
    private boolean holdsNoSecret(Intent intent) {
        return !(intent instanceof Intent.Change(var provider, var model, var _, var _, var _))
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
}
