package io.keyswitch.auth;

import com.nimbusds.jose.JWSAlgorithm;
import io.keyswitch.settings.Settings;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Creates a verifier for each issuer in the settings. */
final class Issuers {
    private Issuers() {}

    /** The verifiers by the {@code iss} they accept. */
    static Map<String, UserTokens> verifiers(Settings.Auth auth, String planClaim, InstantSource clock) {
        var verifiers = new HashMap<String, UserTokens>();
        if (auth.firebase() != null) {
            var firebase = firebase(auth.firebase(), planClaim, clock);
            verifiers.put(firebase.issuer().name(), firebase);
        }
        for (var oidc : auth.oidc()) {
            verifiers.put(oidc.issuer(), oidc(oidc, planClaim, clock));
        }
        return verifiers;
    }

    private static UserTokens firebase(Settings.Firebase firebase, String planClaim, InstantSource clock) {
        var project = firebase.projectId();
        var keys = new KeySet(new KeyServer.Known(firebase.jwksUrl()), clock);
        return new UserTokens(
                new SignedTokens(keys, Set.of(JWSAlgorithm.RS256), true),
                new UserTokens.Issuer(Settings.Firebase.ISSUER + project, project, "firebase/" + project + "/"),
                firebase.emulatorTokens(),
                true,
                planClaim,
                clock);
    }

    private static UserTokens oidc(Settings.Oidc oidc, String planClaim, InstantSource clock) {
        var server =
                oidc.jwksUrl() == null ? new KeyServer.Discovered(oidc.issuer()) : new KeyServer.Known(oidc.jwksUrl());
        return new UserTokens(
                new SignedTokens(new KeySet(server, clock), Signatures.SUPPORTED, false),
                new UserTokens.Issuer(oidc.issuer(), oidc.audience(), "oidc/" + oidc.issuer() + "/"),
                false,
                false,
                planClaim,
                clock);
    }
}
