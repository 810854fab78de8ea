package io.keyswitch.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the signatures of one issuer's tokens.
 *
 * @param algorithms the accepted signature algorithms
 * @param keyIdNeeded whether a token must have a {@code kid}
 */
record SignedTokens(KeySet keys, Set<JWSAlgorithm> algorithms, boolean keyIdNeeded) {
    /**
     * Verifies the signature of a token and returns its claims, which are not checked yet.
     *
     * @throws InvalidTokenException if the signature is not valid
     * @throws KeysUnavailableException if the issuer's keys are not available
     */
    JWTClaimsSet verify(JWT token) {
        if (!(token instanceof SignedJWT signed)) {
            throw new InvalidTokenException("not signed");
        }
        var header = signed.getHeader();
        Claims.require(algorithms.contains(header.getAlgorithm()), "algorithm not allowed");
        Claims.require(!keyIdNeeded || header.getKeyID() != null, "no kid");
        Claims.require(
                header.getType() == null
                        || "JWT".equalsIgnoreCase(header.getType().getType()),
                "typ is not JWT");
        Claims.require(Signatures.prove(signed, keys.find(header.getKeyID()), algorithms), "bad signature");
        return claims(signed);
    }

    static JWTClaimsSet claims(JWT token) {
        @Nullable JWTClaimsSet claims;
        try {
            claims = token.getJWTClaimsSet();
        } catch (ParseException _) {
            throw new InvalidTokenException("claims are not JSON");
        }
        if (claims == null) {
            throw new InvalidTokenException("no claims");
        }
        return claims;
    }
}
