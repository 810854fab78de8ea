package io.keyswitch.provider;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a provider departs from its wire format.
 *
 * @param maxTokensField the name of the field that bounds an answer
 * @param maxTokens the bound to send where the client sends none; null to send none
 * @param streaming whether answers can be streamed
 * @param streamUsage whether usage must be asked for with {@code stream_options}
 * @param dropUnknownParams whether optional fields a strict provider may not know are left out
 * @param drop fields of a client's request, in OpenAI's words, to leave out instead of refusing them; those of its
 *     messages as {@code messages.name}
 * @param dropIfRefused fields to leave out for a model that refuses them by name, after it was tried once
 * @param rename fields of a client's request that have another name at the provider
 * @param developerRole whether it knows the role {@code developer}; if not, {@code system} stands for it
 * @param dropZeroUsage whether a stream may end with a usage of zeros that is not to be believed
 * @param reasoningContent whether answers give their reasoning elsewhere than in {@code reasoning_content}
 * @param toolParameters whether every function must have parameters, be they empty
 * @param plainContent whether content that is only text must be a string, not a list of parts
 */
public record Quirks(
        String maxTokensField,
        @Nullable Integer maxTokens,
        boolean streaming,
        boolean streamUsage,
        boolean dropUnknownParams,
        Set<String> drop,
        Set<String> dropIfRefused,
        Map<String, String> rename,
        boolean dropZeroUsage,
        boolean reasoningContent,
        boolean developerRole,
        boolean toolParameters,
        boolean plainContent) {
    public static final Quirks NONE = new Quirks(
            "max_tokens", null, true, true, false, Set.of(), Set.of(), Map.of(), false, false, false, false, false);

    public Quirks {
        drop = Set.copyOf(drop);
        dropIfRefused = Set.copyOf(dropIfRefused);
        rename = Map.copyOf(rename);
    }
}
