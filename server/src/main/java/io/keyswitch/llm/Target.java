package io.keyswitch.llm;

import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.secret.ApiKey;

/**
 * The provider, endpoint, model and key of a request.
 *
 * @param owner identifies the user, opaque here; requests of two owners never share an HTTP/1.1 connection
 */
public record Target(Provider provider, Endpoint endpoint, ModelId model, ApiKey key, String owner) {
    /** The same target with another model. */
    public Target withModel(ModelId other) {
        return new Target(provider, endpoint, other, key, owner);
    }
}
