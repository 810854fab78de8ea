/** Measures Keyswitch as a whole, as its users start it. */
@NullMarked
package io.keyswitch.bench;

import org.jspecify.annotations.NullMarked;
