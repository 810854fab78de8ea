/**
 * The model-change flow: setting provider, model and key by talking. Deterministic; no model decides anything.
 * {@link io.keyswitch.conversation.Requests} finds out whether a message is about the model at all,
 * {@link io.keyswitch.conversation.Flow} is a pure step from state and input to the next, and
 * {@link io.keyswitch.conversation.ModelChange} keeps the state and performs what a step asks for.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.conversation;
