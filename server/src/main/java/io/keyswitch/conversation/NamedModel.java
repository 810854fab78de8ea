package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskAccountId;
import io.keyswitch.conversation.FlowState.AskApiKey;
import io.keyswitch.conversation.FlowState.AskKeySource;
import io.keyswitch.conversation.FlowState.AskKeyUse;
import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.conversation.FlowState.AskProvider;
import io.keyswitch.conversation.FlowStep.Ask;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ModelWords;
import io.keyswitch.provider.Provider;
import org.jspecify.annotations.Nullable;

/** The model that is named in words which leave its ID open: kept until the question for it, and taken if only one fits. Pure. */
final class NamedModel {
    private final QuestionOrder order;
    private final Replies replies;

    NamedModel(QuestionOrder order, Replies replies) {
        this.order = order;
        this.replies = replies;
    }

    /** The model that words name at a provider. If they fit several, it is the one of the family in use: "not 4.5, 5.5". */
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

    /**
     * A step with what was said of the model: the question for it is answered, and an earlier one remembers the words.
     *
     * @param words null if nothing was said
     */
    FlowStep said(@Nullable String words, FlowStep step, Facts facts) {
        if (words == null || !(step instanceof Ask(var state, var reply))) {
            return step;
        }
        return switch (state) {
            case AskKeySource(var provider, var model, var _)
            when model == null -> new Ask(new AskKeySource(provider, null, words), reply);
            case AskAccountId(var provider, var model, var _)
            when model == null -> new Ask(new AskAccountId(provider, null, words), reply);
            case AskModelId asked when asked.doubted() == null -> answered(asked, step, words, facts);
            case AskProvider _, AskKeyUse _, AskKeySource _, AskAccountId _, AskModelId _, AskApiKey _ -> step;
        };
    }

    private FlowStep answered(AskModelId asked, FlowStep step, String words, Facts facts) {
        return switch (meant(asked.provider(), words, facts)) {
            case ModelReply.Id(var model) -> order.withModel(asked, model, facts);
            case ModelReply.Doubtful(var typed, var suggested) -> doubtful(asked, typed, suggested, facts);
            case ModelReply.Several several -> which(asked, several);
            case ModelReply.None _ ->
                facts.models().isEmpty() || !ModelId.isValid(words)
                        ? step
                        : new Ask(asked, replies.doubtfulModel(asked.provider(), new ModelId(words), null, true));
        };
    }

    /** Asks whether a model is meant that the provider may not have. */
    Ask doubtful(AskModelId asked, ModelId typed, @Nullable ModelId suggested, Facts facts) {
        return new Ask(
                new AskModelId(asked.provider(), asked.keySource(), asked.accountId(), typed, suggested),
                replies.doubtfulModel(
                        asked.provider(), typed, suggested, !facts.models().isEmpty()));
    }

    /** Asks which of several models is meant. */
    Ask which(AskModelId asked, ModelReply.Several several) {
        return new Ask(
                new AskModelId(asked.provider(), asked.keySource(), asked.accountId(), several.said(), null),
                replies.severalModels(several.said(), several.fitting()));
    }
}
