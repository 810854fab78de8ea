/**
 * Resource limits of this process: open files and the heap share of each cache. A leaf: imports nothing of Keyswitch.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.process;
