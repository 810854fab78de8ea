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
 * @param llm whether a model stands behind it
 * @param keysOf the providers whose users' own keys it is given; empty unless it is an LLM plugin
 */
public record Plugin(
        String id, @Nullable Endpoint worker, Tiers tiers, About about, boolean llm, Set<ProviderId> keysOf) {
    /**
     * Its tiers.
     *
     * @param required the least a user's plan must include
     * @param cost what a call costs
     */
    public record Tiers(Tier required, Tier cost) {}

    /**
     * What it is, for the catalog.
     *
     * @param capabilities what it can do, in single words for programs
     * @param description what it does, in a sentence for people
     * @param example something to ask it
     */
    public record About(List<String> capabilities, String description, String example) {
        public About {
            capabilities = List.copyOf(capabilities);
        }
    }

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{1,63}");

    public Plugin {
        keysOf = Set.copyOf(keysOf);
        if (!isValidId(id)) {
            throw new IllegalArgumentException("no name for a plugin");
        }
    }

    /** Whether a string can be the name of a plugin: 2 to 64 lower-case letters, digits and dashes. */
    public static boolean isValidId(String text) {
        return ID.matcher(text).matches();
    }

    public Tier tier() {
        return tiers.required();
    }
}
