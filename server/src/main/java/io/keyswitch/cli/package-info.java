/** The command line: parses arguments, runs the commands and reports each error in one sentence. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.cli;
