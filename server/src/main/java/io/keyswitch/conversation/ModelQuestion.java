package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.conversation.FlowStep.Ask;
import io.keyswitch.conversation.UserInput.FreeAnswer;
import io.keyswitch.conversation.UserInput.PastedKey;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ModelWords;
import io.keyswitch.provider.Provider;
import io.keyswitch.secret.ApiKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The question for the model: what its answers mean, and how it is asked again. Pure. */
final class ModelQuestion {
    private final QuestionOrder order;
    private final KeyIntake intake;
    private final Replies replies;

    ModelQuestion(QuestionOrder order, KeyIntake intake, Replies replies) {
        this.order = order;
        this.intake = intake;
        this.replies = replies;
    }

    /** What words mean at a provider: of several models, the one of the family in use, as "not 4.5, 5.5" is said of it. */
    static ModelReply meant(Provider provider, String words, Facts facts) {
        var meant = ModelReply.ofWords(provider, words, facts.models());
        var inForce = facts.inForce();
        if (!(meant instanceof ModelReply.Several several)
                || inForce == null
                || !inForce.provider().equals(provider.id())) {
            return meant;
        }
        var family = ModelWords.of(inForce.modelId().value()).withoutNumbers();
        var same = several.fitting().stream()
                .filter(model -> ModelWords.of(model.value()).withoutNumbers().equals(family))
                .toList();
        return same.size() == 1 ? new ModelReply.Id(same.getFirst()) : meant;
    }

    /** The question for a model that a request named in words, none of which or several of which it is. */
    Ask named(AskModelId asked, ModelReply meant, String words, Facts facts) {
        return switch (meant) {
            case ModelReply.Doubtful(var typed, var suggested) -> doubtful(asked, typed, suggested, facts);
            case ModelReply.Several several -> which(asked, several);
            case ModelReply.Id _, ModelReply.None _ ->
                facts.models().isEmpty() || !ModelId.isValid(words)
                        ? order.ask(asked, facts)
                        : new Ask(asked, replies.doubtfulModel(asked.provider(), new ModelId(words), null, true));
        };
    }

    FlowStep answer(AskModelId asked, FreeAnswer message, Facts facts) {
        return switch (ModelReply.read(asked, message, facts.models())) {
            case ModelReply.Id(var model) -> order.withModel(asked, model, facts);
            case ModelReply.Doubtful(var typed, var suggested) -> doubtful(asked, typed, suggested, facts);
            case ModelReply.Several several -> which(asked, several);
            case ModelReply.None _ -> noModel(asked, message, facts);
        };
    }

    private Ask doubtful(AskModelId asked, ModelId typed, @Nullable ModelId suggested, Facts facts) {
        return new Ask(
                new AskModelId(asked.provider(), asked.keySource(), asked.accountId(), typed, suggested),
                replies.doubtfulModel(
                        asked.provider(), typed, suggested, !facts.models().isEmpty()));
    }

    private Ask which(AskModelId asked, ModelReply.Several several) {
        return new Ask(
                new AskModelId(asked.provider(), asked.keySource(), asked.accountId(), several.said(), null),
                replies.severalModels(several.said(), several.fitting()));
    }

    private FlowStep noModel(AskModelId asked, FreeAnswer message, Facts facts) {
        var named = message.model();
        if (named != null && named.maker() != null && !named.maker().equals(asked.provider())) {
            var known = ModelReply.ofWords(named.maker(), named.words(), List.of());
            var model = known instanceof ModelReply.Id(var id) ? id : null;
            return order.withProvider(named.maker(), model, null, facts);
        }
        // A key of unknown format may be pasted here too early; it is for the provider in question.
        if (message.keyForName() && ApiKey.isValid(message.name())) {
            var keys = asked.keySource() == KeySource.OWN ? List.of(ApiKey.of(message.name())) : List.<ApiKey>of();
            return intake.pasted(asked, new PastedKey(keys, true, message.kept()), facts);
        }
        return message.sentence() ? order.somethingElse(asked, facts) : none(asked);
    }

    /** Asks again after an answer that names no model. */
    Ask none(AskModelId asked) {
        return new Ask(
                new AskModelId(asked.provider(), asked.keySource(), asked.accountId()),
                replies.notAModelId(asked.provider()));
    }
}
