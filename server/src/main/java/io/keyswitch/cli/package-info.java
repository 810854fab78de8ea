/** The commands: they read arguments, start what was asked for, and say in one sentence what went wrong. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.cli;
