package io.keyswitch.sql;

import java.lang.reflect.Type;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Binds values as they are stored, also as properties of bound records: a record with one component as its
 * {@code toString()}, an instant as milliseconds since the epoch. PostgreSQL stores no U+0000, so it becomes U+FFFD.
 */
final class ValueArguments implements ArgumentFactory.Preparable {
    private static final char NUL = '\0';
    private static final char REPLACEMENT = '\uFFFD';

    @Override
    public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
        if (type == Instant.class) {
            return Optional.of(ValueArguments::instant);
        }
        boolean isText = type == String.class
                || (type instanceof Class<?> value && value.isRecord() && value.getRecordComponents().length == 1);
        return isText ? Optional.of(ValueArguments::text) : Optional.empty();
    }

    private static Argument instant(@Nullable Object value) {
        return (position, statement, _) -> {
            if (value instanceof Instant moment) {
                statement.setLong(position, moment.toEpochMilli());
            } else {
                statement.setNull(position, Types.BIGINT);
            }
        };
    }

    private static Argument text(@Nullable Object value) {
        return (position, statement, _) -> statement.setString(
                position, value == null ? null : value.toString().replace(NUL, REPLACEMENT));
    }
}
