package io.keyswitch.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.keyswitch.user.UserId;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Verifies signed tokens: the algorithms are ours to choose, never the token's (RFC 8725, section 3.1). */
final class SignedTokens implements TokenVerifier {
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final String issuer;
    private final String audience;
    private final Function<String, UserId> userOf;
    private final InstantSource clock;

    /**
     * A verifier of one issuer's tokens.
     *
     * @param userOf names the user by the token's subject
     */
    SignedTokens(
            String issuer,
            String audience,
            Set<JWSAlgorithm> algorithms,
            JWKSource<SecurityContext> keys,
            Function<String, UserId> userOf,
            InstantSource clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.userOf = userOf;
        this.clock = clock;
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        // Claims are checked below, with our clock and in full.
        processor.setJWTClaimsSetVerifier((_, _) -> {});
    }

    @Override
    public Verified verify(JWT token) {
        if (!(token instanceof SignedJWT signed)) {
            throw new InvalidTokenException("not signed");
        }
        var claims = signatureChecked(signed);
        return new Verified(userOf.apply(Claims.check(claims, issuer, audience, clock)), claims);
    }

    private JWTClaimsSet signatureChecked(SignedJWT signed) {
        @Nullable JWTClaimsSet claims;
        try {
            claims = processor.process(signed, null);
        } catch (BadJOSEException e) {
            throw new InvalidTokenException("bad signature: " + e.getClass().getSimpleName());
        } catch (KeySourceException e) {
            throw new KeysUnavailableException(issuer, e);
        } catch (JOSEException e) {
            throw new InvalidTokenException("bad signature: " + e.getClass().getSimpleName());
        }
        if (claims == null) {
            throw new InvalidTokenException("no claims");
        }
        return claims;
    }
}
