/**
 * Types that all features share: IDs of users and threads, {@link io.keyswitch.core.Failure}, JSON, spelling, the version. A
 * leaf: imports no other package of Keyswitch.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.core;
