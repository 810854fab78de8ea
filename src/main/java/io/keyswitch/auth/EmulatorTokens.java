package io.keyswitch.auth;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.PlainJWT;
import io.keyswitch.user.UserId;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.function.Function;

/** Believes the unsigned tokens of Firebase's Auth emulator, and leaves signed ones to the real verifier. */
final class EmulatorTokens implements TokenVerifier {
    private final TokenVerifier signed;
    private final String issuer;
    private final String audience;
    private final Function<String, UserId> userOf;
    private final InstantSource clock;

    EmulatorTokens(
            TokenVerifier signed,
            String issuer,
            String audience,
            Function<String, UserId> userOf,
            InstantSource clock) {
        this.signed = signed;
        this.issuer = issuer;
        this.audience = audience;
        this.userOf = userOf;
        this.clock = clock;
    }

    @Override
    public Verified verify(JWT token) {
        if (!(token instanceof PlainJWT plain)) {
            return signed.verify(token);
        }
        try {
            var claims = plain.getJWTClaimsSet();
            if (claims == null) {
                throw new InvalidTokenException("no claims");
            }
            return new Verified(userOf.apply(Claims.check(claims, issuer, audience, clock)), claims);
        } catch (ParseException _) {
            throw new InvalidTokenException("claims are no JSON");
        }
    }
}
