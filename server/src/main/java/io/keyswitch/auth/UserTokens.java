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
 * @param issuer the issuer and audience to accept
 * @param believesUnsigned whether unsigned tokens of the Auth emulator are accepted too
 * @param authTimeNeeded whether a token must have an {@code auth_time}
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
     * @param name the {@code iss} of its tokens
     * @param audience the {@code aud} of its tokens for this server
     * @param userPrefix prefix that is added to the subject to form the user ID
     */
    record Issuer(String name, String audience, String userPrefix) {}

    /**
     * The user and expiry of a verified token.
     *
     * @param plan null if the token names none
     */
    record Verified(UserId user, @Nullable String plan, Instant expires) {}

    /**
     * Verifies a token.
     *
     * @throws InvalidTokenException if the token is not valid
     * @throws KeysUnavailableException if the issuer's keys are not available
     */
    Verified verify(JWT token) {
        var claims = believesUnsigned && token instanceof PlainJWT ? SignedTokens.claims(token) : signed.verify(token);
        var subject = Claims.check(claims, issuer.name(), issuer.audience(), clock);
        Claims.require(!authTimeNeeded || claims.getClaim("auth_time") != null, "no auth_time");
        return new Verified(
                new UserId(issuer.userPrefix() + subject),
                claims.getClaim(planClaim) instanceof String plan ? plan : null,
                claims.getExpirationTime().toInstant());
    }
}
