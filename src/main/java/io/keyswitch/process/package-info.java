/** What the operating system allows this process. A leaf: imports nothing of Keyswitch. */
@NullMarked
package io.keyswitch.process;

import org.jspecify.annotations.NullMarked;
