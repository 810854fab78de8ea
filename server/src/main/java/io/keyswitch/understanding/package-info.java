/**
 * What a message asks of Keyswitch itself, in any of its languages: text to word classes by a lexicon per language, word classes
 * to an intent by rules that know no language. Deterministic and pure: no model, no user, no clock. Adding a language is one
 * file in {@code src/main/lexicons}.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.understanding;
