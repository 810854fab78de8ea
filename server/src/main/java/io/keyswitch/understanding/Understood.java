package io.keyswitch.understanding;

import io.keyswitch.language.Language;
import org.jspecify.annotations.Nullable;

/**
 * What a message asks of Keyswitch.
 *
 * @param certain whether to act on it; else it may only be offered beside the model's answer
 * @param language the language of the request; null if it is the same in all
 */
public record Understood(
        Intent intent, boolean certain, @Nullable Language language) {}
