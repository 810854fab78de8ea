package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.conversation.UserInput.PlainMessage;
import io.keyswitch.llm.ListedModel;
import io.keyswitch.modelconfig.ModelMatcher;
import io.keyswitch.provider.ModelId;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a free-text answer to the model question. An ID that the provider does not list is accepted only if
 * the user repeats it.
 */
sealed interface ModelAnswer {
    /** At least one letter or digit, no whitespace, no leading slash. */
    Pattern POSSIBLE = Pattern.compile("(?=.*[\\p{L}\\p{N}])[^\\s/]\\S*");

    /** Unlike most prose, IDs contain digits or joining punctuation. */
    Pattern LIKE_AN_ID = Pattern.compile("[0-9/@:._-]");

    /** The ID to use. */
    record Id(ModelId model) implements ModelAnswer {}

    /**
     * An ID that may not exist.
     *
     * @param suggested the nearest known ID; null if none is near
     */
    record Doubtful(ModelId typed, @Nullable ModelId suggested) implements ModelAnswer {}

    /** Not an ID. */
    record None() implements ModelAnswer {}

    /**
     * Reads an answer.
     *
     * @param listed the models of the provider; empty if unknown
     */
    static ModelAnswer read(AskModelId asked, PlainMessage answer, List<ListedModel> listed) {
        var name = answer.name();
        var named = ModelMatcher.named(name, listed);
        if (!isPossible(name) || answer.keyForName()) {
            return named == null ? new None() : new Id(new ModelId(named));
        }
        var provider = asked.provider();
        var typed = new ModelId(name);
        boolean known = typed.equals(provider.defaultModel()) || ModelMatcher.isListed(provider, typed, listed);
        if (known || typed.equals(asked.doubted())) {
            return new Id(typed);
        }
        if (named != null) {
            return new Id(new ModelId(named));
        }
        return listed.isEmpty() && LIKE_AN_ID.matcher(name).find()
                ? new Id(typed)
                : new Doubtful(typed, suggestion(asked, name, listed));
    }

    private static @Nullable ModelId suggestion(AskModelId asked, String name, List<ListedModel> listed) {
        var near = ModelMatcher.nearest(asked.provider(), name, listed);
        return near == null ? null : new ModelId(near);
    }

    /** Whether a string has the form of a model ID. */
    static boolean isPossible(String name) {
        return ModelId.isValid(name) && POSSIBLE.matcher(name).matches();
    }
}
