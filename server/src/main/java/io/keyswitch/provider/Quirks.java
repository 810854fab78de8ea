package io.keyswitch.provider;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a provider departs from its wire format. */
public record Quirks(MaxTokens bound, Fields fields, Set<Quirk> quirks) {
    /**
     * How the length of an answer is bounded.
     *
     * @param field the name of the field
     * @param amount what to send where the client sends none; null to send none
     */
    public record MaxTokens(String field, @Nullable Integer amount) {}

    /**
     * Fields of a client's request that are not sent as they are, in OpenAI's words; those of its messages as
     * {@code messages.name}.
     *
     * @param drop to leave out instead of refusing them
     * @param dropIfRefused to leave out for a model that rejected them by name, after it was tried once
     * @param rename those that have another name at the provider
     */
    public record Fields(Set<String> drop, Set<String> dropIfRefused, Map<String, String> rename) {
        static final Fields NONE = new Fields(Set.of(), Set.of(), Map.of());

        public Fields {
            drop = Set.copyOf(drop);
            dropIfRefused = Set.copyOf(dropIfRefused);
            rename = Map.copyOf(rename);
        }
    }

    public static final Quirks NONE = new Quirks(new MaxTokens("max_tokens", null), Fields.NONE, Set.of());

    public Quirks {
        quirks = Set.copyOf(quirks);
    }

    /** The same with another bound. */
    public Quirks bound(String field, @Nullable Integer amount) {
        return new Quirks(new MaxTokens(field, amount), fields, quirks);
    }

    /** The same with other fields to change. */
    public Quirks fields(Fields others) {
        return new Quirks(bound, others, quirks);
    }

    /** The same with one more quirk. */
    public Quirks with(Quirk quirk) {
        var more = EnumSet.of(quirk);
        more.addAll(quirks);
        return new Quirks(bound, fields, more);
    }

    public boolean has(Quirk quirk) {
        return quirks.contains(quirk);
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
}
