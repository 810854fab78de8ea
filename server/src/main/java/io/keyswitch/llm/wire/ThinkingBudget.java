package io.keyswitch.llm.wire;

/** Budgets of thinking tokens for models that take no effort, as in Google's documentation of its OpenAI compatibility. */
public final class ThinkingBudget {
    private ThinkingBudget() {}

    /** The budget for an effort in OpenAI's terms, in tokens. */
    public static int of(String effort) {
        return switch (effort) {
            case "none" -> 0;
            case "minimal", "low" -> 1_024;
            case "medium" -> 8_192;
            default -> 24_576;
        };
    }
}
