package io.keyswitch.understanding;

/**
 * What a message asks of Keyswitch.
 *
 * @param certain whether to act on it; else it may only be offered beside the model's answer
 * @param language the language of the request, as in BCP 47
 */
public record Understood(Intent intent, boolean certain, String language) {}
