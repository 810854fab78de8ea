package io.keyswitch.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.keyswitch.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of an issuer whose key set's address is found by OpenID Connect Discovery 1.0. Thread-safe. */
final class DiscoveredKeys implements JWKSource<SecurityContext> {
    private final String issuer;
    private volatile @Nullable JWKSource<SecurityContext> keys;

    DiscoveredKeys(String issuer) {
        this.issuer = issuer;
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        var found = keys;
        if (found == null) {
            found = discover();
            keys = found;
        }
        return found.get(selector, context);
    }

    private JWKSource<SecurityContext> discover() throws KeySourceException {
        var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        try {
            var document = Issuers.retriever()
                    .retrieveResource(Issuers.url(URI.create(base + "/.well-known/openid-configuration")))
                    .getContent();
            var configuration = Json.readFromClient(document.getBytes(StandardCharsets.UTF_8));
            if (configuration == null
                    || !issuer.equals(configuration.path("issuer").asString(""))) {
                throw new RemoteKeySourceException("the discovery document is of another issuer", null);
            }
            var keySet = URI.create(configuration.path("jwks_uri").asString(""));
            if (!"https".equals(keySet.getScheme())
                    && !"http".equals(URI.create(issuer).getScheme())) {
                throw new RemoteKeySourceException("the key set is not served over https", null);
            }
            return Issuers.keySet(keySet);
        } catch (IOException | IllegalArgumentException e) {
            throw new RemoteKeySourceException("the discovery document could not be read", e);
        }
    }
}
