package io.keyswitch.llm;

import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.secret.ApiKey;

/**
 * Where a request goes and which key it uses: everything the transport needs to know.
 *
 * @param owner whose request it is; opaque here, and only compared: requests of two owners never share an HTTP/1.1 connection
 */
public record Target(Provider provider, Endpoint endpoint, ModelId model, ApiKey key, String owner) {
    /** The same target with another model. */
    public Target withModel(ModelId other) {
        return new Target(provider, endpoint, other, key, owner);
    }
}
