/**
 * Opens and migrates the database, and commits so that acknowledged changes survive a power failure. Contains no SQL
 * for tables; each feature has its own, portable between SQLite and PostgreSQL, and filters by user whatever is a user's.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.sql;
