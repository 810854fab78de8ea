package io.keyswitch.provider;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cheapest call that proves a key.
 *
 * @param get the path below the base URL; null where only a short chat proves a key
 * @param doubtful statuses that do not yet mean a wrong key, for example because a restricted key may chat but not list;
 *     a short chat then decides
 */
public record CheckCall(@Nullable String get, Set<Integer> doubtful) {
    public CheckCall {
        doubtful = Set.copyOf(doubtful);
    }
}
