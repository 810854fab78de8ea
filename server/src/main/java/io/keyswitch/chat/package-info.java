/**
 * Threads and turns: users' messages, the answers of their models, and how both are stored. May use
 * {@code conversation}, {@code modelconfig} and {@code llm}; must not depend on HTTP.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.chat;
