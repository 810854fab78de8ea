package io.keyswitch.auth;

import io.keyswitch.audit.AuditEvent;
import io.keyswitch.audit.AuditLog;
import io.keyswitch.core.Details;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.core.Sha256;
import io.keyswitch.core.UserId;
import io.keyswitch.process.HeapShare;
import io.keyswitch.revocation.InFlight;
import io.keyswitch.sql.Database;
import io.keyswitch.sql.DatabaseCache;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Gatherers;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The personal tokens of all users. Stored and looked up by SHA-256, so that neither a stolen database nor the timing
 * of a lookup reveals a token. Blocks on tokens that are not cached; thread-safe.
 */
public final class PersonalTokens {
    /** Prefix of personal tokens; no JWT starts with it. */
    public static final String PREFIX = "ks_";

    public static final int MAX_NAME_LENGTH = 100;
    private static final int MAX_A_USER = 100;
    private static final int SECRET_BYTES = 32;
    /** Other strings are rejected without a lookup. */
    private static final Pattern SHAPE = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

    private static final int ID_BYTES = 9;

    private final Database database;
    private final AuditLog audit;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final DatabaseCache<String, Optional<UserId>> owners;
    private final InFlight<String, Void> uses = new InFlight<>();

    public PersonalTokens(Database database, AuditLog audit, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.owners = new DatabaseCache<>(
                database,
                HeapShare.PERSONAL_TOKENS,
                (digest, owner) ->
                        HeapShare.bytes(40, digest, owner.map(UserId::value).orElse(null)),
                PersonalTokens::owners);
    }

    /** Registers an in-flight operation with a token. Call before {@link #owner}, so that no revocation is missed. */
    InFlight<String, Void>.Operation use(BearerToken token) {
        return uses.begin(token.sha256());
    }

    /** The owner of a token; null if it is unknown or revoked. */
    @Nullable
    UserId owner(BearerToken token) {
        if (!SHAPE.matcher(token.value()).matches()) {
            return null;
        }
        return owners.get(token.sha256()).orElse(null);
    }

    /** The cached owner of a token, without blocking; null if it is not cached or not valid. */
    @Nullable
    UserId knownOwner(BearerToken token) {
        var known = owners.getIfPresent(token.sha256());
        return known == null ? null : known.orElse(null);
    }

    private static Map<String, Optional<UserId>> owners(Handle handle, List<String> digests) {
        var owners = new HashMap<String, Optional<UserId>>();
        digests.forEach(digest -> owners.put(digest, Optional.empty()));
        handle.createQuery("SELECT token_digest, user_id FROM personal_token WHERE token_digest IN (<digests>)")
                .bindList("digests", digests)
                .map((row, _) ->
                        owners.put(row.getString("token_digest"), Optional.of(new UserId(row.getString("user_id")))))
                .list();
        return owners;
    }

    /** Cancels the in-flight operations of tokens that another process has revoked. To be called regularly. */
    public void cancelRevoked() {
        uses.dependencies().stream()
                .gather(Gatherers.windowFixed(DatabaseCache.MOST_AT_ONCE))
                .forEach(this::cancelRevoked);
    }

    private void cancelRevoked(List<String> digests) {
        var present = database.read(handle -> owners(handle, digests));
        present.forEach((digest, owner) -> {
            if (owner.isEmpty()) {
                uses.cancelAll(digest);
            }
        });
    }

    /**
     * Creates a token.
     *
     * @throws Failure if the user already has the maximum number of tokens
     */
    public PersonalToken.Created create(UserId user, String name) {
        var secret = PREFIX + random(SECRET_BYTES);
        var token = new PersonalToken(
                "tok_" + random(ID_BYTES), name, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        var digest = Sha256.hex(secret);
        try {
            boolean stored = database.write(handle -> store(handle, user, token, digest));
            if (!stored) {
                throw new Failure(
                        Reason.TOO_MANY_TOKENS, Details.naming(Map.of("limit", Integer.toString(MAX_A_USER))));
            }
        } finally {
            owners.remove(digest);
        }
        return new PersonalToken.Created(token, secret);
    }

    private boolean store(Handle handle, UserId user, PersonalToken token, String digest) {
        // Waits for other processes that store one for this user, so that the count is right.
        handle.createUpdate("UPDATE personal_token SET user_id = user_id WHERE user_id = :user")
                .bind("user", user)
                .execute();
        boolean stored = handle.createUpdate("""
                            INSERT INTO personal_token (token_digest, token_id, user_id, name, created_at)
                            SELECT :digest, :id, :user, :name, :createdAt
                            WHERE (SELECT count(*) FROM personal_token WHERE user_id = :user) < :max
                            """)
                        .bind("digest", digest)
                        .bind("user", user)
                        .bindMethods(token)
                        .bind("max", MAX_A_USER)
                        .execute()
                > 0;
        if (stored) {
            audit.note(
                    handle,
                    user,
                    AuditEvent.Action.TOKEN_CREATED,
                    new AuditEvent.Subject(null, null, null, token.id()));
        }
        return stored;
    }

    /** The user's tokens, newest first. */
    public List<PersonalToken> list(UserId user) {
        return database.read(handle -> handle.createQuery("""
                        SELECT token_id, name, created_at FROM personal_token
                        WHERE user_id = :user
                        ORDER BY created_at DESC, token_id
                        """)
                .bind("user", user)
                .map((row, _) -> new PersonalToken(
                        row.getString("token_id"),
                        row.getString("name"),
                        Instant.ofEpochMilli(row.getLong("created_at"))))
                .list());
    }

    /**
     * Revokes a token and cancels the in-flight operations that use it.
     *
     * @throws Failure if the user has no token with this ID
     */
    public void revoke(UserId user, String id) {
        if (!revokeIfPresent(user, id)) {
            throw Failure.notFound("Personal token not found.");
        }
    }

    private boolean revokeIfPresent(UserId user, String id) {
        var digest = database.write(handle -> remove(handle, user, id));
        digest.ifPresent(revoked -> {
            owners.remove(revoked);
            uses.cancelAll(revoked);
        });
        return digest.isPresent();
    }

    /** Revokes all of a user's tokens. */
    public void revokeAll(UserId user) {
        list(user).forEach(token -> revokeIfPresent(user, token.id()));
    }

    private Optional<String> remove(Handle handle, UserId user, String id) {
        var digest = handle.createQuery("""
                        DELETE FROM personal_token WHERE user_id = :user AND token_id = :id RETURNING token_digest
                        """)
                .bind("user", user)
                .bind("id", id)
                .mapTo(String.class)
                .findOne();
        if (digest.isPresent()) {
            audit.note(handle, user, AuditEvent.Action.TOKEN_REVOKED, new AuditEvent.Subject(null, null, null, id));
        }
        return digest;
    }

    private String random(int bytes) {
        var drawn = new byte[bytes];
        random.nextBytes(drawn);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
    }
}
