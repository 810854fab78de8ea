/**
 * The sentences for end users, one file per language in {@code resources/language}. Features choose a sentence and its
 * arguments; only the APIs and the flow render it. Imports only {@code core}.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.language;
