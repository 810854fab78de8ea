package io.keyswitch.swarmspace.registry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tiers of users' plans.
 *
 * @param tiers the tier of each plan, by the value of the token's claim; other plans are free
 * @param upgradeUrl where users can upgrade their plan; null if there is no such page
 */
public record Plans(Map<String, Tier> tiers, @Nullable String upgradeUrl) {
    public Plans {
        tiers = Map.copyOf(tiers);
    }

    /**
     * The tier of a plan.
     *
     * @param plan null if the token has none
     */
    public Tier tier(@Nullable String plan) {
        return plan == null ? Tier.FREE : tiers.getOrDefault(plan, Tier.FREE);
    }
}
