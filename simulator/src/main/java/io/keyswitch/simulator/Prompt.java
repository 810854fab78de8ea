package io.keyswitch.simulator;

/**
 * A request every wire can state: who is asked, who pays, what was said.
 *
 * @param provider the name a person knows the provider by
 * @param maxTokens the most tokens the answer may have
 */
record Prompt(String provider, String model, Key key, Conversation conversation, int maxTokens) {
    Scenario scenario() {
        return Scenario.of(model);
    }
}
