package io.keyswitch.provider;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A provider's deviations from its wire format.
 *
 * @param budgetModels how the IDs of models begin that take a budget of thinking tokens in place of an effort
 */
public record Quirks(MaxTokens bound, Fields fields, Set<String> budgetModels, Set<Quirk> quirks) {
    /**
     * The limit of the response length.
     *
     * @param field the name of the request field
     * @param amount the limit in tokens if the client sends none; null to send none
     */
    public record MaxTokens(String field, @Nullable Integer amount) {}

    /**
     * Request fields that are not forwarded unchanged, with their OpenAI names; fields of messages as
     * {@code messages.name}.
     *
     * @param drop fields to leave out instead of rejecting the request
     * @param dropIfRefused fields to leave out for a model after it has rejected them by name
     * @param rename OpenAI names mapped to the provider's names
     * @param takesBack fields of an answer's message that the provider takes in the messages of later requests
     */
    public record Fields(
            Set<String> drop, Set<String> dropIfRefused, Map<String, String> rename, Set<String> takesBack) {
        static final Fields NONE = new Fields(Set.of(), Set.of(), Map.of(), Set.of());

        public Fields {
            drop = Set.copyOf(drop);
            dropIfRefused = Set.copyOf(dropIfRefused);
            rename = Map.copyOf(rename);
            takesBack = Set.copyOf(takesBack);
        }
    }

    public static final Quirks NONE = new Quirks(new MaxTokens("max_tokens", null), Fields.NONE, Set.of(), Set.of());

    public Quirks {
        budgetModels = Set.copyOf(budgetModels);
        quirks = Set.copyOf(quirks);
    }

    /** A copy with another limit of the response length. */
    public Quirks bound(String field, @Nullable Integer amount) {
        return new Quirks(new MaxTokens(field, amount), fields, budgetModels, quirks);
    }

    /** A copy with other field changes. */
    public Quirks fields(Fields others) {
        return new Quirks(bound, others, budgetModels, quirks);
    }

    /** A copy with one more quirk. */
    public Quirks with(Quirk quirk) {
        var more = EnumSet.of(quirk);
        more.addAll(quirks);
        return new Quirks(bound, fields, budgetModels, more);
    }

    public boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }

    /** Whether a model takes a budget of thinking tokens in place of an effort. */
    public boolean thinksByBudget(ModelId model) {
        return budgetModels.stream().anyMatch(model.value()::startsWith);
    }

    /** A copy whose models with these beginnings take a budget of thinking tokens. */
    public Quirks budgetModels(Set<String> beginnings) {
        return new Quirks(bound, fields, beginnings, quirks);
    }

    public String maxTokensField() {
        return bound.field();
    }

    public @Nullable Integer maxTokens() {
        return bound.amount();
    }

    public Set<String> drop() {
        return fields.drop();
    }

    public Set<String> dropIfRefused() {
        return fields.dropIfRefused();
    }

    public Map<String, String> rename() {
        return fields.rename();
    }

    public Set<String> takesBack() {
        return fields.takesBack();
    }
}
