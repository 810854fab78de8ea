package io.keyswitch.provider;

import org.jspecify.annotations.Nullable;

/**
 * How a provider departs from its wire format.
 *
 * @param maxTokensField the name of the field that bounds an answer
 * @param maxTokens the bound to send; null to send none
 * @param streaming whether answers can be streamed
 * @param streamUsage whether usage must be asked for with {@code stream_options}
 * @param dropUnknownParams whether optional fields a strict provider may not know are left out
 */
public record Quirks(
        String maxTokensField,
        @Nullable Integer maxTokens,
        boolean streaming,
        boolean streamUsage,
        boolean dropUnknownParams) {
    public static final Quirks NONE = new Quirks("max_tokens", null, true, true, false);
}
