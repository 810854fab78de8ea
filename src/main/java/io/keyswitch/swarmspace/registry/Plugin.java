package io.keyswitch.swarmspace.registry;

import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ProviderId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the plugin registry.
 *
 * @param id its name
 * @param worker where its worker is; null where the operator runs none
 * @param tier the least a user's plan must include
 * @param costTier what a call costs
 * @param capabilities what it can do, in single words for programs
 * @param description what it does, in a sentence for people
 * @param example something to ask it
 * @param keysOf the providers whose users' own keys it is given; empty unless it is an LLM plugin
 * @param llm whether a model stands behind it
 */
public record Plugin(
        String id,
        @Nullable Endpoint worker,
        Tier tier,
        Tier costTier,
        List<String> capabilities,
        String description,
        String example,
        boolean llm,
        Set<ProviderId> keysOf) {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{1,63}");

    public Plugin {
        capabilities = List.copyOf(capabilities);
        keysOf = Set.copyOf(keysOf);
        if (!isValidId(id)) {
            throw new IllegalArgumentException("no name for a plugin");
        }
    }

    /** Whether a text can be the name of a plugin: 2 to 64 lower-case letters, digits and dashes. */
    public static boolean isValidId(String text) {
        return ID.matcher(text).matches();
    }
}
