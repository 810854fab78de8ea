/** Everything that is stored of a user, across all features. */
@NullMarked
package io.keyswitch.account;

import org.jspecify.annotations.NullMarked;
