package io.keyswitch.sql;

import java.lang.reflect.Type;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;

/**
 * Binds our values as the database stores them, so that statements take them and records of them as they are: an id is its
 * text, a moment is its milliseconds since 1970.
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
