package io.keyswitch.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import io.keyswitch.core.UserId;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The claim checks that all kinds of tokens share. */
final class Claims {
    static final Duration SKEW = Duration.ofSeconds(60);
    private static final int MAX_SUBJECT = 128;

    private Claims() {}

    /**
     * Checks issuer, audience, subject and times.
     *
     * @return the subject
     * @throws InvalidTokenException for the first check that fails
     */
    static String check(JWTClaimsSet claims, String issuer, String audience, InstantSource clock) {
        require(issuer.equals(claims.getIssuer()), "wrong issuer");
        require(List.of(audience).equals(claims.getAudience()), "wrong audience");
        var _ = requireTimes(claims, clock);
        requirePast(authTime(claims), clock.instant(), "auth_time is in the future");
        return requireSubject(claims);
    }

    /** The subject: 1 to 128 characters, without control characters and unpaired surrogates. */
    static String requireSubject(JWTClaimsSet claims) {
        var subject = claims.getSubject();
        require(subject != null && !subject.isEmpty() && subject.length() <= MAX_SUBJECT, "sub is missing or too long");
        require(subject.chars().noneMatch(Character::isISOControl), "control characters in sub");
        require(UserId.isWellFormed(subject), "unpaired surrogate in sub");
        return subject;
    }

    /** Checks {@code exp}, {@code iat} (both required) and {@code nbf}, and returns the expiry. */
    static Instant requireTimes(JWTClaimsSet claims, InstantSource clock) {
        var now = clock.instant();
        var expires = claims.getExpirationTime();
        require(expires != null && expires.toInstant().plus(SKEW).isAfter(now), "expired");
        require(claims.getIssueTime() != null, "no iat");
        requirePast(claims.getIssueTime(), now, "iat is in the future");
        requirePast(claims.getNotBeforeTime(), now, "nbf is in the future");
        return expires.toInstant();
    }

    private static @Nullable Date authTime(JWTClaimsSet claims) {
        try {
            return claims.getDateClaim("auth_time");
        } catch (ParseException _) {
            throw new InvalidTokenException("auth_time is not a time");
        }
    }

    private static void requirePast(@Nullable Date time, Instant now, String otherwise) {
        require(time == null || time.toInstant().minus(SKEW).isBefore(now), otherwise);
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new InvalidTokenException(otherwise);
        }
    }
}
