/**
 * What every feature may use and none owns: ids of users and threads, {@link io.keyswitch.core.Failure}, JSON, spelling. A
 * leaf: imports nothing of Keyswitch.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.core;
