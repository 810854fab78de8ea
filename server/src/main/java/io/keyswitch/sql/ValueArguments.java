package io.keyswitch.sql;

import java.lang.reflect.Type;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;

/**
 * Binds values as they are stored, also as properties of bound records: a record with one component as its
 * {@code toString()}, an instant as milliseconds since the epoch.
 */
final class ValueArguments implements ArgumentFactory {
    @Override
    public Optional<Argument> build(Type type, Object value, ConfigRegistry config) {
        if (value instanceof Instant moment) {
            long millis = moment.toEpochMilli();
            return Optional.of((position, statement, _) -> statement.setLong(position, millis));
        }
        if (type == Instant.class) {
            return Optional.of((position, statement, _) -> statement.setNull(position, Types.BIGINT));
        }
        if (value instanceof Record && value.getClass().getRecordComponents().length == 1) {
            var text = value.toString();
            return Optional.of((position, statement, _) -> statement.setString(position, text));
        }
        return Optional.empty();
    }
}
