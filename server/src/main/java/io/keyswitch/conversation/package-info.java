/**
 * The model-change flow: setting provider, model and key by talking. Deterministic; no model decides anything.
 * {@link io.keyswitch.conversation.InputReader} reads a message once into a {@link io.keyswitch.conversation.UserInput},
 * {@link io.keyswitch.conversation.Flow} is a pure step from the open question, that value and the facts to what follows, and
 * {@link io.keyswitch.conversation.ModelChange} gathers the facts before and does what follows after. Nothing else looks at
 * what a user typed.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.conversation;
