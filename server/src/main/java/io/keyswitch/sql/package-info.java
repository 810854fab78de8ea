/**
 * The database: opening it, migrating it, and committing so that what was acknowledged survives a power cut. Knows no
 * table; each feature keeps its own SQL, portable between SQLite and PostgreSQL, with the owner in every {@code WHERE}.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.sql;
