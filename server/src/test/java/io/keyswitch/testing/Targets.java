package io.keyswitch.testing;

import io.keyswitch.llm.Target;
import io.keyswitch.provider.AuthScheme;
import io.keyswitch.provider.CheckCall;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.Quirks;
import io.keyswitch.provider.WireName;
import io.keyswitch.secret.ApiKey;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Targets for tests that send provider requests. */
public final class Targets {
    private Targets() {}

    /** Creates a target with the model {@code m-1}; its provider has the fixed header {@code x-version: 7}. */
    public static Target of(String url, String key, WireName wire, AuthScheme auth, Quirks quirks) {
        var provider = new Provider(
                new ProviderId("fake"),
                new Provider.Names("Fake", List.of()),
                new Provider.Api(wire, url, auth, Map.of("x-version", "7"), null),
                new Provider.Keys("Fake", null, new CheckCall(null, Set.of()), null, null, List.of()),
                new Provider.Models(new ModelId("m-1"), List.of(), Map.of(), null),
                quirks);
        return new Target(provider, new Endpoint(url), new ModelId("m-1"), ApiKey.of(key), "alice");
    }
}
