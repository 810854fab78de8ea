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
 * What a free answer to the question for the model names. Any id is taken, but one that nobody lists only when the user
 * insists.
 */
sealed interface ModelAnswer {
    /** Letters or digits without blanks, and no path. */
    Pattern POSSIBLE = Pattern.compile("(?=.*[\\p{L}\\p{N}])[^\\s/]\\S*");

    /** Ids hold a digit or join their parts, as words of prose seldom do. */
    Pattern LIKE_AN_ID = Pattern.compile("[0-9/@:._-]");

    /** The id to use. */
    record Id(ModelId model) implements ModelAnswer {}

    /**
     * An id that perhaps does not exist.
     *
     * @param suggested what may have been meant; null if nothing is near
     */
    record Doubtful(ModelId typed, @Nullable ModelId suggested) implements ModelAnswer {}

    /** No id at all. */
    record None() implements ModelAnswer {}

    /**
     * Reads an answer.
     *
     * @param listed what the provider lists; empty if that is not known
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

    /** Whether a string may be meant as the id of a model, by its form alone. */
    static boolean isPossible(String name) {
        return ModelId.isValid(name) && POSSIBLE.matcher(name).matches();
    }
}
