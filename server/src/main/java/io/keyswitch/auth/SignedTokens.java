package io.keyswitch.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signed tokens of one issuer.
 *
 * @param algorithms those its tokens may be signed with
 * @param keyIdNeeded whether a token must name its key
 */
record SignedTokens(KeySet keys, Set<JWSAlgorithm> algorithms, boolean keyIdNeeded) {
    /**
     * The claims of a token that is truly the issuer's. They are still to be checked.
     *
     * @throws InvalidTokenException if it is not
     * @throws KeysUnavailableException if that cannot be told
     */
    JWTClaimsSet verify(JWT token) {
        if (!(token instanceof SignedJWT signed)) {
            throw new InvalidTokenException("not signed");
        }
        var header = signed.getHeader();
        Claims.require(algorithms.contains(header.getAlgorithm()), "another algorithm");
        Claims.require(!keyIdNeeded || header.getKeyID() != null, "no key id");
        Claims.require(
                header.getType() == null
                        || "JWT".equalsIgnoreCase(header.getType().getType()),
                "another type");
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
