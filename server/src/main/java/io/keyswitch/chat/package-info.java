/**
 * Threads and turns: the user's message, the answer of the user's model, and what is kept of both. May use
 * {@code conversation}, {@code modelconfig} and {@code llm}; knows nothing of HTTP.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.chat;
