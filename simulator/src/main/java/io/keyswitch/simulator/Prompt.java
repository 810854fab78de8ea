package io.keyswitch.simulator;

/**
 * A chat request, independent of the wire format.
 *
 * @param provider the display name of the provider
 * @param maxTokens the token limit of the answer
 */
record Prompt(String provider, String model, Key key, Conversation conversation, int maxTokens) {
    Scenario scenario() {
        return Scenario.of(model);
    }
}
