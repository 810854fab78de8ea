package io.keyswitch.conversation;

import io.keyswitch.provider.Provider;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of the model that no message for the model has followed.
 *
 * @param to the provider that is used since; null if it was removed from the registry
 */
record JustChanged(@Nullable Provider to, Instant at) {}
