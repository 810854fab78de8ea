package io.keyswitch.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.List;
import java.util.Set;

/**
 * Verifies signatures. The token does not choose the algorithm (RFC 8725, section 3.1), and a key is used only for its
 * declared algorithm, use and operations.
 */
final class Signatures {
    static final Set<JWSAlgorithm> SUPPORTED = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

    private static final int MIN_RSA_BITS = 2048;

    private Signatures() {}

    /**
     * Whether one of the keys signed the token.
     *
     * @param algorithms the accepted ones, a subset of {@link #SUPPORTED}
     */
    static boolean prove(JWSObject signed, List<JWK> keys, Set<JWSAlgorithm> algorithms) {
        var algorithm = signed.getHeader().getAlgorithm();
        return algorithms.contains(algorithm)
                && keys.stream().filter(key -> mayVerify(key, algorithm)).anyMatch(key -> isSignedBy(key, signed));
    }

    private static boolean mayVerify(JWK key, JWSAlgorithm algorithm) {
        boolean forThis = key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm);
        boolean forSigning = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
        boolean forVerifying =
                key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY);
        return forThis && forSigning && forVerifying && isStrong(key);
    }

    private static boolean isStrong(JWK key) {
        return switch (key) {
            case RSAKey rsa ->
                rsa.size() >= MIN_RSA_BITS && !Roca.isWeak(rsa.getModulus().decodeToBigInteger());
            case ECKey ec -> ec.getCurve().equals(Curve.P_256);
            default -> false;
        };
    }

    private static boolean isSignedBy(JWK key, JWSObject signed) {
        try {
            var verifier = verifier(key);
            return verifier.supportedJWSAlgorithms().contains(signed.getHeader().getAlgorithm())
                    && signed.verify(verifier);
        } catch (JOSEException | IllegalArgumentException _) {
            return false;
        }
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        return key instanceof ECKey ec ? new ECDSAVerifier(ec.toPublicJWK()) : new RSASSAVerifier(key.toRSAKey());
    }
}
