package io.keyswitch.sql;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Runs queries. Blocking; thread-safe. */
public interface DatabaseReader {
    /**
     * Runs a query.
     *
     * @throws DatabaseUnavailableException if the query fails
     */
    <T extends @Nullable Object> T read(Function<Handle, T> query);
}
