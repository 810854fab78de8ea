package io.keyswitch.conversation;

import java.util.List;

/**
 * What an app needs to show buttons or a password field for the flow's question.
 *
 * @param step the state's name
 * @param expects what the next message should contain
 * @param secret whether the next message should be a key
 * @param options answers to offer; empty for none
 */
public record FlowPrompt(String step, String expects, boolean secret, List<Option> options) {
    /**
     * An answer to offer.
     *
     * @param value what to send: words of the prompt's language, or the ID of a provider or model
     * @param label what to show
     */
    public record Option(String value, String label) {}

    public FlowPrompt {
        options = List.copyOf(options);
    }
}
