package io.keyswitch.auth;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import io.keyswitch.user.UserId;

/** Verifies the tokens of one issuer. Blocking while keys are fetched; thread-safe. */
interface TokenVerifier {
    /** A token that proved true, and until when. */
    record Verified(UserId user, JWTClaimsSet claims) {}

    /**
     * Verifies a token.
     *
     * @throws InvalidTokenException if it proves nothing
     */
    Verified verify(JWT token);
}
