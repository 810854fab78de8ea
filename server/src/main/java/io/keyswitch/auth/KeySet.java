package io.keyswitch.auth;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of an issuer. Fetched on first use, when they expire, and for an unknown key ID, at most once a
 * minute; kept while the key server is unreachable. Callers share one fetch at a time. Blocking; thread-safe.
 */
final class KeySet {
    private record Keys(List<JWK> keys, Instant fetched, Instant until) {
        List<JWK> named(@Nullable String keyId) {
            return keyId == null
                    ? keys
                    : keys.stream().filter(key -> keyId.equals(key.getKeyID())).toList();
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(KeySet.class);
    private static final Duration MIN_REFETCH = Duration.ofMinutes(1);
    /** Without keys nobody can sign in, so the first fetch is retried sooner. */
    private static final Duration MIN_RETRY = Duration.ofSeconds(5);

    private static final Duration USUAL_AGE = Duration.ofHours(1);
    private static final Duration LONGEST_AGE = Duration.ofDays(1);

    private final KeyServer server;
    private final InstantSource clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Keys current;
    private Instant lastTry = Instant.MIN;

    KeySet(KeyServer server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
    }

    /**
     * Finds the keys with a key ID.
     *
     * @param keyId null for all keys
     * @return empty if there is no such key
     * @throws KeysUnavailableException if no keys could be fetched yet
     */
    List<JWK> find(@Nullable String keyId) {
        var known = current;
        if (known != null && known.until().isAfter(clock.instant())) {
            var named = known.named(keyId);
            if (!named.isEmpty()) {
                return named;
            }
        }
        var fresh = refresh(known);
        if (fresh == null) {
            throw new KeysUnavailableException(server.toString());
        }
        return fresh.named(keyId);
    }

    private @Nullable Keys refresh(@Nullable Keys known) {
        fetching.lock();
        try {
            var now = clock.instant();
            var newest = current;
            boolean doneMeanwhile =
                    newest != null && (known == null || newest.fetched().isAfter(known.fetched()));
            boolean tooSoon =
                    lastTry.plus(known == null ? MIN_RETRY : MIN_REFETCH).isAfter(now);
            if (!doneMeanwhile && !tooSoon) {
                lastTry = now;
                current = fetch(now);
            }
        } catch (IOException | ParseException e) {
            // Only the class: the message may quote the server's response.
            LOG.warn("cannot fetch the keys of {}: {}", server, e.getClass().getName());
        } finally {
            fetching.unlock();
        }
        return current;
    }

    private Keys fetch(Instant now) throws IOException, ParseException {
        var fetched = server.fetch();
        var keys = JWKSet.parse(fetched.body()).getKeys();
        var age = fetched.maxAge() == null ? USUAL_AGE : fetched.maxAge();
        var kept = age.compareTo(MIN_REFETCH) < 0 ? MIN_REFETCH : age.compareTo(LONGEST_AGE) > 0 ? LONGEST_AGE : age;
        return new Keys(List.copyOf(keys), now, now.plus(kept));
    }
}
