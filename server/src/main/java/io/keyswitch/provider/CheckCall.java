package io.keyswitch.provider;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cheapest call that proves a key valid.
 *
 * @param get the path below the base URL; null if only a completion proves it
 * @param doubtful statuses that do not prove the key invalid, for example because a restricted key may chat but not
 *     list; a short completion then decides
 */
public record CheckCall(@Nullable String get, Set<Integer> doubtful) {
    public CheckCall {
        doubtful = Set.copyOf(doubtful);
    }
}
