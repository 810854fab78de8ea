package io.keyswitch.auth;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.PlainJWT;
import io.keyswitch.core.UserId;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the ID tokens of one issuer. Blocking while keys are fetched; thread-safe.
 *
 * @param issuer whose tokens they are, and for whom
 * @param believesUnsigned whether the Auth emulator's tokens are taken, too
 * @param authTimeNeeded whether a token must say when its user signed in
 * @param planClaim the claim that names the user's plan
 */
record UserTokens(
        SignedTokens signed,
        Issuer issuer,
        boolean believesUnsigned,
        boolean authTimeNeeded,
        String planClaim,
        InstantSource clock) {
    /**
     * An issuer of tokens.
     *
     * @param name what its tokens have as {@code iss}
     * @param audience what its tokens for this server have as {@code aud}
     * @param userPrefix prefix that is added to the subject of a token to form the user id
     */
    record Issuer(String name, String audience, String userPrefix) {}

    /**
     * A token that proved true, and until when.
     *
     * @param plan null where it names none
     */
    record Verified(UserId user, @Nullable String plan, Instant expires) {}

    /**
     * Verifies a token.
     *
     * @throws InvalidTokenException if it proves nothing
     * @throws KeysUnavailableException if that cannot be told
     */
    Verified verify(JWT token) {
        var claims = believesUnsigned && token instanceof PlainJWT ? SignedTokens.claims(token) : signed.verify(token);
        var subject = Claims.check(claims, issuer.name(), issuer.audience(), clock);
        Claims.require(!authTimeNeeded || claims.getClaim("auth_time") != null, "no time of signing in");
        return new Verified(
                new UserId(issuer.userPrefix() + subject),
                claims.getClaim(planClaim) instanceof String plan ? plan : null,
                claims.getExpirationTime().toInstant());
    }
}
