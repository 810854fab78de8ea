package io.keyswitch.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.keyswitch.settings.Settings;
import io.keyswitch.user.UserId;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Sets up a verifier for each issuer of the settings. */
final class Issuers {
    private static final String FIREBASE_ISSUER = "https://securetoken.google.com/";
    private static final Set<JWSAlgorithm> OIDC_ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA);

    private static final int FETCH_MILLIS = 5_000;
    private static final int MAX_KEY_SET_BYTES = 1 << 20;
    private static final Duration KEY_SET_AGE = Duration.ofHours(1);
    private static final Duration KEY_SET_WAIT = Duration.ofSeconds(15);
    private static final Duration MIN_REFETCH = Duration.ofMinutes(1);
    private static final Duration OUTAGE = Duration.ofHours(24);

    private Issuers() {}

    /** The verifiers by the {@code iss} of the tokens they are for. */
    static Map<String, TokenVerifier> verifiers(Settings.Auth auth, InstantSource clock) {
        var verifiers = new HashMap<String, TokenVerifier>();
        if (auth.firebase() != null) {
            var issuer = FIREBASE_ISSUER + auth.firebase().projectId();
            verifiers.put(issuer, firebase(auth.firebase(), issuer, clock));
        }
        for (var oidc : auth.oidc()) {
            verifiers.put(oidc.issuer(), oidc(oidc, clock));
        }
        return verifiers;
    }

    private static TokenVerifier firebase(Settings.Firebase firebase, String issuer, InstantSource clock) {
        var project = firebase.projectId();
        Function<String, UserId> userOf = subject -> new UserId("firebase/" + project + "/" + subject);
        var signed = new SignedTokens(
                issuer, project, Set.of(JWSAlgorithm.RS256), keySet(firebase.jwksUrl()), userOf, clock);
        return firebase.emulatorTokens() ? new EmulatorTokens(signed, issuer, project, userOf, clock) : signed;
    }

    private static TokenVerifier oidc(Settings.Oidc oidc, InstantSource clock) {
        JWKSource<SecurityContext> keys =
                oidc.jwksUrl() == null ? new DiscoveredKeys(oidc.issuer()) : keySet(oidc.jwksUrl());
        return new SignedTokens(
                oidc.issuer(),
                oidc.audience(),
                OIDC_ALGORITHMS,
                keys,
                subject -> new UserId("oidc/" + oidc.issuer() + "/" + subject),
                clock);
    }

    /**
     * A key set that is fetched when first needed, refetched for an unknown key id at most once a minute, and kept while its
     * server is unreachable.
     */
    static JWKSource<SecurityContext> keySet(URI uri) {
        return JWKSourceBuilder.create(url(uri), retriever())
                .cache(KEY_SET_AGE.toMillis(), KEY_SET_WAIT.toMillis())
                .rateLimited(MIN_REFETCH.toMillis())
                .outageTolerant(OUTAGE.toMillis())
                .build();
    }

    static DefaultResourceRetriever retriever() {
        return new DefaultResourceRetriever(FETCH_MILLIS, FETCH_MILLIS, MAX_KEY_SET_BYTES);
    }

    static URL url(URI uri) {
        try {
            return uri.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not a URL that can be fetched: " + uri, e);
        }
    }
}
