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
 * @param userPrefix what stands before a token's subject in the id of its user
 * @param believesUnsigned whether the Auth emulator's tokens are taken, too
 * @param authTimeNeeded whether a token must say when its user signed in
 * @param planClaim the claim that names the user's plan
 */
record UserTokens(
        SignedTokens signed,
        String issuer,
        String audience,
        String userPrefix,
        boolean believesUnsigned,
        boolean authTimeNeeded,
        String planClaim,
        InstantSource clock) {
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
        var subject = Claims.check(claims, issuer, audience, clock);
        Claims.require(!authTimeNeeded || claims.getClaim("auth_time") != null, "no time of signing in");
        return new Verified(
                new UserId(userPrefix + subject),
                claims.getClaim(planClaim) instanceof String plan ? plan : null,
                claims.getExpirationTime().toInstant());
    }
}
