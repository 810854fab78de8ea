/** What somebody probably meant: used for settings, provider names and model ids alike. A leaf. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.spelling;
