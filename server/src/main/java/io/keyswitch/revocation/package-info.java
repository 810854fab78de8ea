/** Cancels in-flight operations when the key, token or thread they depend on is revoked or deleted. A leaf. */
@NullMarked
package io.keyswitch.revocation;

import org.jspecify.annotations.NullMarked;
