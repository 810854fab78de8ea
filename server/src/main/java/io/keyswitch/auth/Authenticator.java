package io.keyswitch.auth;

import com.github.benmanes.caffeine.cache.Cache;
import io.keyswitch.core.UserId;
import io.keyswitch.process.HeapShare;
import io.keyswitch.revocation.InFlight;
import io.keyswitch.settings.Settings;
import io.keyswitch.telemetry.LimitedLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Authenticates requests by their {@link Credentials}. Verified tokens are cached by their SHA-256 until they expire.
 * Blocks on tokens that are not cached; thread-safe.
 */
public final class Authenticator {
    private record Remembered(Authentication.Verified verified, Instant until) {}

    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final int LINES_A_MINUTE = 20;

    private final Map<String, UserTokens> issuers;
    private final @Nullable AppCheck appCheck;
    private final PersonalTokens personalTokens;
    private final InstantSource clock;
    private final Cache<String, Remembered> remembered = HeapShare.VERIFIED_TOKENS
            .cache((String sha256, Remembered known) -> HeapShare.bytes(
                    100,
                    sha256,
                    known.verified().user().value(),
                    known.verified().plan()))
            .expireAfterAccess(IDLE)
            .build();
    /** Rate-limited: otherwise anybody could fill the log with invalid tokens. */
    private final LimitedLog log = new LimitedLog(LoggerFactory.getLogger(Authenticator.class), LINES_A_MINUTE);

    /**
     * Creates an authenticator for the issuers in the settings.
     *
     * @param planClaim the claim that names a user's plan
     */
    public Authenticator(Settings.Auth auth, String planClaim, PersonalTokens personalTokens, InstantSource clock) {
        this.issuers = Issuers.verifiers(auth, planClaim, clock);
        var firebase = auth.firebase();
        this.appCheck = firebase == null || firebase.appCheck() == null
                ? null
                : new AppCheck(firebase.appCheck(), firebase.projectId(), clock);
        this.personalTokens = personalTokens;
        this.clock = clock;
    }

    /** Authenticates a call of a function; personal tokens are rejected. */
    public Authentication authenticate(Credentials credentials) {
        return authenticate(credentials, false);
    }

    /** Authenticates a request of an OpenAI client, which may also use a personal token. */
    public Authentication authenticateClient(Credentials credentials) {
        return authenticate(credentials, true);
    }

    /**
     * The user of an OpenAI client, from the caches only; does not block.
     *
     * @return null if the token is not cached or not valid
     */
    public @Nullable UserId knownClient(Credentials credentials) {
        var token = credentials.token();
        if (token == null) {
            return null;
        }
        if (token.isPersonal()) {
            return personalTokens.knownOwner(token);
        }
        boolean checked = appCheck == null || appCheck.isKnown(credentials.appCheck());
        var verified = checked ? remembered(token.sha256()) : null;
        return verified == null ? null : verified.user();
    }

    /** Registers an in-flight operation with the personal token; null if the credentials contain none. */
    public InFlight<String, Void>.@Nullable Operation useOfPersonalToken(Credentials credentials) {
        var token = credentials.token();
        return token == null || !token.isPersonal() ? null : personalTokens.use(token);
    }

    /** The cached user of a token; null if it is not cached or has expired. */
    private Authentication.@Nullable Verified remembered(String sha256) {
        var known = remembered.getIfPresent(sha256);
        return known != null && known.until().isAfter(clock.instant()) ? known.verified() : null;
    }

    private Authentication authenticate(Credentials credentials, boolean personal) {
        if (credentials.authorization() == null) {
            return new Authentication.Anonymous();
        }
        try {
            var token = credentials.token();
            if (token == null) {
                throw new InvalidTokenException("no bearer token");
            }
            if (token.isPersonal()) {
                var owner = personal ? personalTokens.owner(token) : null;
                return owner == null ? new Authentication.Rejected() : new Authentication.Verified(owner, null);
            }
            var user = verify(token);
            if (appCheck != null) {
                appCheck.verify(credentials.appCheck());
            }
            return user;
        } catch (InvalidTokenException e) {
            log(e.getMessage());
            return new Authentication.Rejected();
        } catch (KeysUnavailableException e) {
            log(e.getMessage());
            return new Authentication.Unavailable();
        }
    }

    private Authentication.Verified verify(BearerToken token) {
        var known = remembered(token.sha256());
        if (known != null) {
            return known;
        }
        var jwt = CompactToken.parse(token.value());
        var issuer = issuers.get(String.valueOf(SignedTokens.claims(jwt).getIssuer()));
        if (issuer == null) {
            throw new InvalidTokenException("unknown issuer");
        }
        var verified = issuer.verify(jwt);
        var who = new Authentication.Verified(verified.user(), verified.plan());
        remembered.put(token.sha256(), new Remembered(who, verified.expires().plus(Claims.SKEW)));
        return who;
    }

    private void log(@Nullable String reason) {
        log.info("token rejected: {}", String.valueOf(reason));
    }
}
