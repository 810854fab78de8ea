package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.conversation.UserInput.FreeAnswer;
import io.keyswitch.llm.ListedModel;
import io.keyswitch.modelconfig.ModelMatcher;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a free-text answer to the model question. An ID that the provider does not list is accepted only if
 * the user repeats it.
 */
sealed interface ModelReply {
    /** ASCII without blanks, with at least one letter and no leading slash. Languages without blanks are not ASCII. */
    Pattern POSSIBLE = Pattern.compile("(?=.*[A-Za-z])[!-.0-~][!-~]*");

    /** Unlike most prose, IDs contain digits or joining punctuation. */
    Pattern LIKE_AN_ID = Pattern.compile("[0-9/@:._-]");

    /** The ID to use. */
    record Id(ModelId model) implements ModelReply {}

    /**
     * An ID that may not exist.
     *
     * @param suggested the nearest known ID; null if none is near
     */
    record Doubtful(ModelId typed, @Nullable ModelId suggested) implements ModelReply {}

    /**
     * Words that several models have in their IDs, such as "sonnet".
     *
     * @param said the words
     * @param fitting their IDs, at least two
     */
    record Several(ModelId said, List<ModelId> fitting) implements ModelReply {
        public Several {
            fitting = List.copyOf(fitting);
        }
    }

    /** Not an ID. */
    record None() implements ModelReply {}

    /**
     * Reads an answer.
     *
     * @param listed the models of the provider; empty if unknown
     */
    static ModelReply read(AskModelId asked, FreeAnswer answer, List<ListedModel> listed) {
        var name = answer.name();
        var named = ModelMatcher.named(name, listed);
        if (answer.keyForName()) {
            return named == null ? new None() : new Id(new ModelId(named));
        }
        if (!isPossible(name)) {
            return named == null ? amongWords(asked, answer, listed) : new Id(new ModelId(named));
        }
        var provider = asked.provider();
        var typed = new ModelId(name);
        boolean known = typed.equals(provider.defaultModel()) || ModelMatcher.isListed(provider, typed, listed);
        if (known) {
            return new Id(typed);
        }
        if (named != null) {
            return new Id(new ModelId(named));
        }
        boolean oneWord = !LIKE_AN_ID.matcher(name).find();
        if (oneWord && ofWords(provider, name, listed) instanceof Several several) {
            return several;
        }
        if (typed.equals(asked.doubted())) {
            return new Id(typed);
        }
        return listed.isEmpty() && LIKE_AN_ID.matcher(name).find()
                ? new Id(typed)
                : new Doubtful(typed, suggestion(asked, name, listed));
    }

    /** What is said in words means the listed model that has them all, or one of several; never one of another version. */
    static ModelReply ofWords(Provider provider, String words, List<ListedModel> listed) {
        if (!ModelId.isValid(words)) {
            return new None();
        }
        var fitting = ModelMatcher.fitting(provider, words, listed);
        if (fitting.size() == 1) {
            return new Id(fitting.getFirst());
        }
        var said = new ModelId(words);
        var near = ModelMatcher.near(provider, words, listed);
        return switch (near.size()) {
            case 0 -> new None();
            case 1 -> new Doubtful(said, near.getFirst());
            default -> new Several(said, near);
        };
    }

    /** An answer in words, or the words in it that models are named by; they may add to those that several models have. */
    private static ModelReply amongWords(AskModelId asked, FreeAnswer answer, List<ListedModel> listed) {
        var provider = asked.provider();
        var words = answer.model() == null ? answer.name() : answer.model().words();
        var before = asked.doubted() == null || asked.suggested() != null
                ? ""
                : asked.doubted().value();
        return Stream.of(before + " " + words, words + " " + before)
                .filter(_ -> !before.isEmpty())
                .map(both -> ofWords(provider, both, listed))
                .filter(Id.class::isInstance)
                .findFirst()
                .orElseGet(() -> {
                    var whole = ofWords(provider, answer.name(), listed);
                    return whole instanceof None ? ofWords(provider, words, listed) : whole;
                });
    }

    private static @Nullable ModelId suggestion(AskModelId asked, String name, List<ListedModel> listed) {
        var near = ModelMatcher.nearest(asked.provider(), name, listed);
        if (near != null) {
            return new ModelId(near);
        }
        var fitting = ModelMatcher.begun(asked.provider(), name, listed);
        return fitting.size() == 1 ? fitting.getFirst() : null;
    }

    /** Whether a string has the form of a model ID. */
    static boolean isPossible(String name) {
        return ModelId.isValid(name) && POSSIBLE.matcher(name).matches();
    }
}
