/**
 * Moves users between databases: everything that is stored of them, or their settings of another product. The command line
 * calls it; no server does.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.transfer;
