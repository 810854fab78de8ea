package io.keyswitch.llm;

import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.secret.ApiKey;

/** Where a request goes and who pays: everything the transport needs to know, and nothing about the user. */
public record Target(Provider provider, Endpoint endpoint, ModelId model, ApiKey key) {}
