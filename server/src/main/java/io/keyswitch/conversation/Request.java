package io.keyswitch.conversation;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import org.jspecify.annotations.Nullable;

/** What a message asks of Keyswitch itself. */
public sealed interface Request {
    /**
     * To change the model.
     *
     * @param provider null if the user named none
     * @param model null if the user named none
     * @param keySource null if the user did not say
     */
    record Change(
            @Nullable Provider provider,
            @Nullable ModelId model,
            @Nullable KeySource keySource) implements Request {}

    /**
     * To change to a provider of a name there is not.
     *
     * @param near the one that was probably meant
     */
    record Misspelt(String named, Provider near) implements Request {}

    /** To go back to the project default. */
    record UseDefault() implements Request {}

    /** To be told what is in use. */
    record WhichModel() implements Request {}

    /**
     * To delete the stored key.
     *
     * @param provider whose; null if the user named none
     */
    record ForgetKey(@Nullable Provider provider) implements Request {}
}
