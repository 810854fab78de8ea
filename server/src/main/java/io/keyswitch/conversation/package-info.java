/**
 * The model-change flow: users set provider, model and key in the chat. Deterministic; no model is involved.
 * {@link io.keyswitch.conversation.InputReader} parses a message into a {@link io.keyswitch.conversation.UserInput},
 * {@link io.keyswitch.conversation.Flow} maps the open question, the input and the facts to the next step, and
 * {@link io.keyswitch.conversation.ModelChange} gathers the facts and performs the step.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.conversation;
