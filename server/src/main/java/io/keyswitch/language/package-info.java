/**
 * The sentences that end users read, one file a language in {@code resources/language}. Features name a sentence and what it is
 * about; only surfaces and the flow put it into words. Imports {@code core} alone.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.language;
