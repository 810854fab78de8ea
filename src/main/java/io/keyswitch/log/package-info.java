/** What a line of the log looks like, and what never stands in one. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.log;
