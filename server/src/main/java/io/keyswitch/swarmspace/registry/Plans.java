package io.keyswitch.swarmspace.registry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What users' plans include.
 *
 * @param tiers the tier of each plan, by what the token's claim says; others are free
 * @param upgradeUrl where a user gets a better plan; null for nowhere
 */
public record Plans(Map<String, Tier> tiers, @Nullable String upgradeUrl) {
    public Plans {
        tiers = Map.copyOf(tiers);
    }

    /**
     * The tier of a plan.
     *
     * @param plan null where a token names none
     */
    public Tier tier(@Nullable String plan) {
        return plan == null ? Tier.FREE : tiers.getOrDefault(plan, Tier.FREE);
    }
}
