package io.keyswitch.conversation;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names of the flow's questions, in the database and the API. */
enum QuestionName {
    PROVIDER,
    KEY_USE,
    KEY_SOURCE,
    ACCOUNT_ID,
    MODEL_ID,
    API_KEY;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static QuestionName of(FlowState state) {
        return switch (state) {
            case FlowState.AskProvider _ -> PROVIDER;
            case FlowState.AskKeyUse _ -> KEY_USE;
            case FlowState.AskKeySource _ -> KEY_SOURCE;
            case FlowState.AskAccountId _ -> ACCOUNT_ID;
            case FlowState.AskModelId _ -> MODEL_ID;
            case FlowState.AskApiKey _ -> API_KEY;
        };
    }

    /** The question of a name; null for an ended flow, and for a question of a later version. */
    static @Nullable QuestionName of(String word) {
        return Arrays.stream(values())
                .filter(question -> question.word().equals(word))
                .findFirst()
                .orElse(null);
    }
}
