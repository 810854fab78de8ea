package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.conversation.FlowStep.Ask;
import io.keyswitch.conversation.UserInput.FreeAnswer;
import io.keyswitch.conversation.UserInput.PastedKey;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.secret.ApiKey;
import java.util.List;

/** The question for the model: what its answers mean, and how it is asked again. Pure. */
final class ModelQuestion {
    private final QuestionOrder order;
    private final KeyIntake intake;
    private final NamedModel named;
    private final Replies replies;

    ModelQuestion(QuestionOrder order, KeyIntake intake, NamedModel named, Replies replies) {
        this.order = order;
        this.intake = intake;
        this.named = named;
        this.replies = replies;
    }

    FlowStep answer(AskModelId asked, FreeAnswer message, Facts facts) {
        return switch (ModelReply.read(asked, message, facts.models())) {
            case ModelReply.Id(var model) -> order.withModel(asked, model, facts);
            case ModelReply.Doubtful(var typed, var suggested) -> named.doubtful(asked, typed, suggested, facts);
            case ModelReply.Several several -> named.which(asked, several);
            case ModelReply.None _ -> noModel(asked, message, facts);
        };
    }

    private FlowStep noModel(AskModelId asked, FreeAnswer message, Facts facts) {
        var said = message.model();
        if (said != null && said.maker() != null && !said.maker().equals(asked.provider())) {
            var known = ModelReply.ofWords(said.maker(), said.words(), List.of());
            var model = known instanceof ModelReply.Id(var id) ? id : null;
            var next = order.withProvider(said.maker(), model, null, facts);
            return named.said(model == null ? said.words() : null, next, facts.with(List.of()));
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
