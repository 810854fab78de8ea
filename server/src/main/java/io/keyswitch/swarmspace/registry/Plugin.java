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
 * @param id its ID
 * @param worker the endpoint of its worker; null if the operator runs none
 * @param llm whether it uses a model
 * @param keysOf the providers whose users' own keys are sent to it; empty unless it uses a model
 */
public record Plugin(
        String id, @Nullable Endpoint worker, Tiers tiers, About about, boolean llm, Set<ProviderId> keysOf) {
    /**
     * Its tiers.
     *
     * @param required the minimum tier of a user's plan
     * @param cost the cost of a call, as a tier
     */
    public record Tiers(Tier required, Tier cost) {}

    /**
     * Its catalog entry.
     *
     * @param capabilities single words for programs
     * @param description what it does, in a sentence for people
     * @param example an example prompt
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
            throw new IllegalArgumentException("a plugin ID has 2 to 64 lower-case letters, digits and dashes");
        }
    }

    /** Whether a string is a valid plugin ID: 2 to 64 lower-case letters, digits and dashes. */
    public static boolean isValidId(String text) {
        return ID.matcher(text).matches();
    }

    public Tier tier() {
        return tiers.required();
    }
}
