package io.keyswitch.conversation;

/**
 * A request that a message may have made, to be offered beside the model's answer.
 *
 * @param label what to show on the button
 * @param message what to send when the user takes it
 */
public record Suggestion(String label, String message) {}
