/**
 * Who a request belongs to, and which of that user's threads. A leaf: imports nothing of Keyswitch. Only {@code auth}
 * turns a token into a {@link io.keyswitch.user.UserId}; nothing else a client sends ever becomes one.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.user;
