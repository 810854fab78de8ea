/** What is under way with a key or a token, so that it ends when the key or token is taken back. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.uses;
