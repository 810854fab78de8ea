package io.keyswitch.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import io.keyswitch.personaltoken.PersonalTokens;
import io.keyswitch.secret.Sha256;
import io.keyswitch.settings.Settings;
import io.keyswitch.user.UserId;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who sent a request, from its {@code Authorization} header alone. Verified tokens are remembered by the SHA-256
 * of the whole token until they expire. Blocking on a token not seen before; thread-safe.
 */
public final class Authenticator {
    private record Remembered(UserId user, Instant until) {}

    private static final Logger LOG = LoggerFactory.getLogger(Authenticator.class);
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/=-]+) *");
    private static final int MAX_TOKEN_LENGTH = 16 << 10;
    private static final int MAX_REMEMBERED = 100_000;

    private final Map<String, TokenVerifier> verifiers;
    private final PersonalTokens personalTokens;
    private final InstantSource clock;
    private final Cache<String, Remembered> remembered =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

    public Authenticator(Settings.Auth auth, PersonalTokens personalTokens, InstantSource clock) {
        this.verifiers = Issuers.verifiers(auth, clock);
        this.personalTokens = personalTokens;
        this.clock = clock;
    }

    /**
     * Reads an {@code Authorization} header.
     *
     * @param header null if the request has none
     */
    public Authentication authenticate(@Nullable String header) {
        return authenticate(header, false);
    }

    /**
     * Reads the {@code Authorization} header of a client that may also show a personal token.
     *
     * @param header null if the request has none
     */
    public Authentication authenticateClient(@Nullable String header) {
        return authenticate(header, true);
    }

    /**
     * The same, if it can be told without blocking.
     *
     * @return null if it cannot
     */
    public @Nullable UserId knownClient(@Nullable String header) {
        var token = header == null ? null : token(header);
        if (token == null) {
            return null;
        }
        if (token.startsWith(PersonalTokens.PREFIX)) {
            return personalTokens.knownOwner(token);
        }
        return remembered(Sha256.hex(token));
    }

    /** Whose a token is that was verified before; null if it was not, or has expired since. */
    private @Nullable UserId remembered(String sha256) {
        var known = remembered.getIfPresent(sha256);
        return known != null && known.until().isAfter(clock.instant()) ? known.user() : null;
    }

    private Authentication authenticate(@Nullable String header, boolean personal) {
        if (header == null) {
            return new Authentication.Anonymous();
        }
        var token = token(header);
        if (token == null) {
            return new Authentication.Rejected();
        }
        if (token.startsWith(PersonalTokens.PREFIX)) {
            var owner = personal ? personalTokens.owner(token) : null;
            return owner == null ? new Authentication.Rejected() : new Authentication.Verified(owner);
        }
        var sha256 = Sha256.hex(token);
        var known = remembered(sha256);
        return known == null ? verify(token, sha256) : new Authentication.Verified(known);
    }

    private static @Nullable String token(String header) {
        var matcher = BEARER.matcher(header);
        return matcher.matches() && matcher.group(1).length() <= MAX_TOKEN_LENGTH ? matcher.group(1) : null;
    }

    private Authentication verify(String token, String sha256) {
        try {
            JWT jwt = JWTParser.parse(token);
            var claims = jwt.getJWTClaimsSet();
            var verifier = claims == null ? null : verifiers.get(String.valueOf(claims.getIssuer()));
            if (verifier == null) {
                throw new InvalidTokenException("unknown issuer");
            }
            var verified = verifier.verify(jwt);
            var expires = verified.claims().getExpirationTime().toInstant();
            remembered.put(sha256, new Remembered(verified.user(), expires.plus(Claims.SKEW)));
            return new Authentication.Verified(verified.user());
        } catch (ParseException _) {
            LOG.info("token rejected: not a JWT");
        } catch (InvalidTokenException e) {
            LOG.info("token rejected: {}", e.getMessage());
        } catch (KeysUnavailableException e) {
            LOG.warn("{}: {}", e.getMessage(), String.valueOf(e.getCause()));
            return new Authentication.Unavailable();
        }
        return new Authentication.Rejected();
    }
}
