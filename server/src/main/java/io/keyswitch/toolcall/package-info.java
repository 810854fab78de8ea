/** What providers require back with the tool calls of their models, for clients whose format has no field for it. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.toolcall;
