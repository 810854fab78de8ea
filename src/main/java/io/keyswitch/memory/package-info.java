/** How much of the heap each cache may fill. A leaf: imports nothing of Keyswitch. */
@NullMarked
package io.keyswitch.memory;

import org.jspecify.annotations.NullMarked;
