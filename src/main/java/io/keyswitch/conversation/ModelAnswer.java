package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.llm.ListedModel;
import io.keyswitch.modelconfig.ModelMatcher;
import io.keyswitch.provider.ModelId;
import io.keyswitch.secret.KeyShapes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the answer to the model question says. Any id is taken, but one that nobody lists only when the user insists. */
sealed interface ModelAnswer {
    /** The id to use. */
    record Id(ModelId model) implements ModelAnswer {}

    /**
     * An id that is perhaps none.
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
    static ModelAnswer read(AskModelId asked, String text, List<ListedModel> listed) {
        var provider = asked.provider();
        if (asked.suggested() != null && Answer.isYes(text)) {
            return new Id(asked.suggested());
        }
        var thing = Answer.thing(text);
        if (isDefault(thing)) {
            return new Id(provider.defaultModel());
        }
        if (Answer.isNoName(text)) {
            return new None();
        }
        var named = ModelMatcher.named(thing, listed);
        if (!isPossible(thing)) {
            return named == null ? new None() : new Id(new ModelId(named));
        }
        var typed = new ModelId(thing);
        boolean known = typed.equals(provider.defaultModel()) || ModelMatcher.isListed(provider, typed, listed);
        if (known || typed.equals(asked.doubted())) {
            return new Id(typed);
        }
        if (named != null) {
            return new Id(new ModelId(named));
        }
        return listed.isEmpty() && looksLikeAnId(thing)
                ? new Id(typed)
                : new Doubtful(typed, suggestion(asked, thing, listed));
    }

    private static @Nullable ModelId suggestion(AskModelId asked, String thing, List<ListedModel> listed) {
        var near = ModelMatcher.nearest(asked.provider(), thing, listed);
        return near == null ? null : new ModelId(near);
    }

    /** Whether a text may be meant as the id of a model, by its form alone. */
    static boolean isPossible(String thing) {
        return ModelId.isValid(thing)
                && thing.matches("(?=.*[\\p{L}\\p{N}])[^\\s/]\\S*")
                && !KeyShapes.looksLikeKeyForName(thing);
    }

    /** Ids hold a digit or join their parts, as words of prose seldom do. */
    private static boolean looksLikeAnId(String thing) {
        return thing.matches(".*[0-9/@:._-].*");
    }

    static boolean isDefault(String thing) {
        return thing.matches("(?i)(?:the )?default(?: (?:one|model))?");
    }
}
