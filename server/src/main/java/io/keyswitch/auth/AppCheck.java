package io.keyswitch.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.nimbusds.jose.JWSAlgorithm;
import io.keyswitch.core.Sha256;
import io.keyswitch.process.HeapShare;
import io.keyswitch.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies App Check tokens, which prove that a call comes from the operator's own app (Firebase App Check, verified as
 * the Admin SDK does). Blocks on tokens that are not cached; thread-safe.
 */
final class AppCheck {
    private static final String ISSUER = "https://firebaseappcheck.googleapis.com/";
    private static final int MAX_TOKEN_LENGTH = 16 << 10;
    private static final Duration IDLE = Duration.ofMinutes(30);

    private final SignedTokens tokens;
    private final Settings.AppCheck settings;
    private final String projectId;
    private final InstantSource clock;
    private final Cache<String, Instant> remembered = HeapShare.APP_CHECK_TOKENS
            .cache((String sha256, Instant _) -> HeapShare.bytes(24, sha256))
            .expireAfterAccess(IDLE)
            .build();

    AppCheck(Settings.AppCheck settings, String projectId, InstantSource clock) {
        this.tokens = new SignedTokens(
                new KeySet(new KeyServer.Known(settings.jwksUrl()), clock), Set.of(JWSAlgorithm.RS256), true);
        this.settings = settings;
        this.projectId = projectId;
        this.clock = clock;
    }

    /** Whether a token is cached as verified and has not expired. */
    boolean isKnown(@Nullable String token) {
        var until = token == null ? null : remembered.getIfPresent(Sha256.hex(token));
        return until != null && until.isAfter(clock.instant());
    }

    /**
     * Verifies a token.
     *
     * @param token null if the request has none
     * @throws InvalidTokenException if the token is missing or invalid
     * @throws KeysUnavailableException if the keys of App Check are not available
     */
    void verify(@Nullable String token) {
        if (isKnown(token)) {
            return;
        }
        if (token == null || token.length() > MAX_TOKEN_LENGTH) {
            throw new InvalidTokenException("App Check token missing or too long");
        }
        var claims = tokens.verify(CompactToken.parse(token));
        Claims.require((ISSUER + settings.projectNumber()).equals(claims.getIssuer()), "wrong App Check issuer");
        Claims.require(claims.getAudience().contains("projects/" + projectId), "wrong App Check audience");
        Claims.requireSubject(claims);
        var expires = Claims.requireTimes(claims, clock);
        remembered.put(Sha256.hex(token), expires.plus(Claims.SKEW));
    }
}
