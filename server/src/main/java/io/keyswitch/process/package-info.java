/** What this process may use: open files, and the share of the heap of each cache. A leaf: imports nothing of Keyswitch. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.process;
