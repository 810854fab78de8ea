package io.keyswitch.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.keyswitch.audit.AuditLog;
import io.keyswitch.core.Json;
import io.keyswitch.core.UserId;
import io.keyswitch.settings.Settings;
import io.keyswitch.sql.Database;
import io.keyswitch.sql.DatabaseLocation;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.MutableClock;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {
    private static final UserId ALICE = new UserId("firebase/demo-keyswitch/alice");

    @SuppressWarnings("NullAway.Init")
    private static RSAKey key;

    @SuppressWarnings("NullAway.Init")
    private static FakeProvider google;

    @TempDir
    private static Path directory;

    private static Database database;

    private final MutableClock clock = new MutableClock();
    private final Authenticator authenticator = authenticator(false);

    @BeforeAll
    static void publishKeys() throws JOSEException {
        key = new RSAKeyGenerator(2048).keyID("k1").generate();
        database = Database.open(new DatabaseLocation.File(directory.resolve("tokens.db")));
        google = FakeProvider.answering((_, out) -> out.json(200, new JWKSet(key.toPublicJWK()).toString()));
    }

    @AfterAll
    static void stop() {
        google.close();
        database.close();
    }

    private PersonalTokens tokens() {
        return new PersonalTokens(database, new AuditLog(database, clock), clock);
    }

    private Authenticator authenticator(boolean emulator) {
        var firebase = new Settings.Firebase(Tokens.PROJECT, URI.create(google.baseUrl() + "/jwks"), emulator, null);
        return new Authenticator(new Settings.Auth(firebase, List.of()), "plan", tokens(), clock);
    }

    private static String signed(Map<String, Object> changes) {
        var claims = new HashMap<String, @Nullable Object>(Tokens.claims("alice"));
        claims.putAll(changes);
        return signed(claims, key, "k1");
    }

    private static String signed(Map<String, @Nullable Object> claims, RSAKey signer, String keyId) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID(keyId)
                    .type(JOSEObjectType.JWT)
                    .build();
            var jwt = new SignedJWT(header, JWTClaimsSet.parse(claims));
            jwt.sign(new RSASSASigner(signer));
            return jwt.serialize();
        } catch (JOSEException | ParseException e) {
            throw new AssertionError(e);
        }
    }

    private Authentication authenticate(String token) {
        return authenticator.authenticate(new Credentials("Bearer " + token, null));
    }

    @Test
    void aValidTokenOfTheProjectIdentifiesItsUser() {
        assertThat(authenticate(signed(Map.of()))).isEqualTo(new Authentication.Verified(ALICE, null));
    }

    @Test
    void aMissingHeaderIsAnonymousAndAMalformedOneRejected() {
        assertThat(authenticator.authenticate(new Credentials(null, null))).isEqualTo(new Authentication.Anonymous());
        for (var header :
                new String[] {"", "Bearer", "Basic eDp5", "Bearer x y", "Bearer " + "a".repeat(20_000), "Bearer é"}) {
            assertThat(authenticator.authenticate(new Credentials(header, null)))
                    .as(header)
                    .isEqualTo(new Authentication.Rejected());
        }
    }

    @Test
    void wrongClaimsAreRejected() {
        long now = Instant.now().getEpochSecond();
        for (var change : List.<Map<String, Object>>of(
                Map.of("iss", "https://securetoken.google.com/other"),
                Map.of("iss", "https://session.firebase.google.com/demo-keyswitch"),
                Map.of("aud", "other"),
                Map.of("aud", List.of("demo-keyswitch", "other")),
                Map.of("sub", ""),
                Map.of("sub", "x".repeat(129)),
                Map.of("sub", "a\nb"),
                Map.of("sub", "a\u0000b"),
                Map.of("exp", now - 61),
                Map.of("iat", now + 120),
                Map.of("nbf", now + 120),
                Map.of("auth_time", now + 120))) {
            assertThat(authenticate(signed(change))).as("%s", change).isEqualTo(new Authentication.Rejected());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat", "sub", "aud", "iss", "auth_time"})
    void aMissingClaimIsRejected(String claim) {
        var claims = new HashMap<String, @Nullable Object>(Tokens.claims("alice"));
        claims.remove(claim);
        assertThat(authenticate(signed(claims, key, "k1"))).isEqualTo(new Authentication.Rejected());
    }

    /** UTF-8 encoding replaces lone surrogates, so such subjects would map to the same stored user. */
    @ParameterizedTest
    @ValueSource(strings = {"bob\\ud800", "bob\\uDFFF", "\\ude00\\ud83d"})
    void aSubjectWithALoneSurrogateIsRejected(String escaped) {
        var claims = Json.text(Tokens.claims("THE-SUBJECT")).replace("THE-SUBJECT", escaped);
        var token = Stream.of("{\"alg\":\"none\",\"typ\":\"JWT\"}", claims, "")
                .map(part ->
                        Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining("."));
        try (var app = TestApp.start()) {
            assertThat(TestApp.send(HttpRequest.newBuilder(URI.create(app.url() + "/listThreads"))
                                    .header("Content-Type", "application/json")
                                    .header("Authorization", "Bearer " + token)
                                    .POST(HttpRequest.BodyPublishers.ofString("{\"data\":{}}"))
                                    .build())
                            .statusCode())
                    .isEqualTo(401);
            assertThat(app.call("listThreads", Map.of(), "bob😀").has("threads"))
                    .isTrue();
        }
    }

    @Test
    void tokenTimesWithinTheClockSkewAreAccepted() {
        long now = Instant.now().getEpochSecond();
        assertThat(authenticate(signed(Map.of("exp", now - 30, "iat", now + 30, "auth_time", now + 30))))
                .isEqualTo(new Authentication.Verified(ALICE, null));
    }

    @Test
    void tokensWithAnotherKeyAlgorithmOrNoSignatureAreRejected() throws Exception {
        var claims = new HashMap<String, @Nullable Object>(Tokens.claims("alice"));
        var stranger = new RSAKeyGenerator(2048).keyID("k1").generate();
        assertThat(authenticate(signed(claims, stranger, "k1"))).isEqualTo(new Authentication.Rejected());
        assertThat(authenticate(signed(claims, key, "k2"))).isEqualTo(new Authentication.Rejected());
        assertThat(authenticate(Tokens.emulator("alice"))).isEqualTo(new Authentication.Rejected());
        var hmac = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), JWTClaimsSet.parse(claims));
        hmac.sign(new MACSigner(key.toPublicJWK().toRSAPublicKey().getEncoded()));
        assertThat(authenticate(hmac.serialize())).isEqualTo(new Authentication.Rejected());
        var token = signed(Map.of());
        assertThat(authenticate(token.substring(0, token.lastIndexOf('.') + 1)))
                .isEqualTo(new Authentication.Rejected());
    }

    @Test
    void aCachedTokenIsRejectedAfterItExpires() {
        var token = signed(Map.of());
        assertThat(authenticate(token)).isEqualTo(new Authentication.Verified(ALICE, null));
        assertThat(authenticate(token)).isEqualTo(new Authentication.Verified(ALICE, null));
        clock.advance(Duration.ofHours(2));
        assertThat(authenticate(token)).isEqualTo(new Authentication.Rejected());
    }

    @Test
    void emulatorTokensAreAcceptedWhenEnabledAndTheirClaimsAreValid() {
        var emulator = authenticator(true);
        assertThat(emulator.authenticate(new Credentials("Bearer " + Tokens.emulator("alice"), null)))
                .isEqualTo(new Authentication.Verified(ALICE, null));
        assertThat(emulator.authenticate(new Credentials("Bearer " + signed(Map.of()), null)))
                .isEqualTo(new Authentication.Verified(ALICE, null));
        var foreign = Tokens.claims("alice");
        foreign.put("aud", "other");
        assertThat(emulator.authenticate(new Credentials("Bearer " + Tokens.unsigned(foreign), null)))
                .isEqualTo(new Authentication.Rejected());
    }

    @Test
    void nonCanonicalBase64UrlSignaturesAreRejected() {
        var token = signed(Map.of());
        var signature = token.substring(token.lastIndexOf('.') + 1);
        var head = token.substring(0, token.lastIndexOf('.') + 1);
        for (var spelling : new String[] {
            signature + "=",
            signature + "==",
            "=" + signature,
            signature.replace('-', '+').replace('_', '/') + "+",
            signature.substring(0, 9) + "~" + signature.substring(9),
            // The last character has unused bits, so another character decodes to the same bytes.
            signature.substring(0, signature.length() - 1) + (char) (signature.charAt(signature.length() - 1) + 1)
        }) {
            assertThat(authenticate(head + spelling)).as(spelling).isEqualTo(new Authentication.Rejected());
        }
        assertThat(authenticate(token)).isEqualTo(new Authentication.Verified(ALICE, null));
    }

    @Test
    void aTokenWithoutKidOrWithAnotherTypOrAlgIsRejected() throws Exception {
        var claims = JWTClaimsSet.parse(new HashMap<>(Tokens.claims("alice")));
        for (var header : List.of(
                new JWSHeader.Builder(JWSAlgorithm.RS256).build(),
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID("k1")
                        .type(new JOSEObjectType("at+jwt"))
                        .build(),
                new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("k1").build())) {
            var jwt = new SignedJWT(header, claims);
            jwt.sign(new RSASSASigner(key));
            assertThat(authenticate(jwt.serialize())).as("%s", header).isEqualTo(new Authentication.Rejected());
        }
    }

    @Test
    void twoAuthorizationHeadersAreRejected() {
        var token = "Bearer " + signed(Map.of());
        var twice = Credentials.of(name -> name.equals("authorization") ? List.of(token, token) : List.of());
        assertThat(authenticator.authenticate(twice)).isEqualTo(new Authentication.Rejected());
        assertThat(twice.toString()).doesNotContain("ey");
    }

    @Test
    void tokensWithACommonPrefixAreDistinguished() {
        var alice = signed(Map.of("pad", "x".repeat(200), "user_id", "alice"));
        var bob = signed(Map.of("pad", "x".repeat(200), "user_id", "bob", "sub", "bob"));
        assertThat(authenticate(alice)).isEqualTo(new Authentication.Verified(ALICE, null));
        assertThat(authenticate(bob))
                .isEqualTo(new Authentication.Verified(new UserId("firebase/demo-keyswitch/bob"), null));
    }

    private static final class FakeKeyServer implements AutoCloseable {
        private volatile String published = new JWKSet(key.toPublicJWK()).toString();
        private volatile boolean down;
        private final FakeProvider server = FakeProvider.answering((_, out) -> {
            if (down) {
                out.json(500, "{}");
            } else {
                out.json(200, published, "Cache-Control: public, max-age=1800, must-revalidate");
            }
        });

        Authenticator authenticator(MutableClock clock) {
            var firebase = new Settings.Firebase(Tokens.PROJECT, URI.create(server.baseUrl() + "/jwks"), false, null);
            return new Authenticator(
                    new Settings.Auth(firebase, List.of()),
                    "plan",
                    new PersonalTokens(requireDatabase(), new AuditLog(requireDatabase(), clock), clock),
                    clock);
        }

        int fetches() {
            return server.seen().size();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private static Database requireDatabase() {
        return java.util.Objects.requireNonNull(database);
    }

    private Authentication ask(Authenticator asked, RSAKey signer, String keyId) {
        var now = clock.instant().getEpochSecond();
        var claims = new HashMap<String, @Nullable Object>(Tokens.claims("alice"));
        claims.putAll(Map.of("iat", now, "auth_time", now, "exp", now + 3600));
        return asked.authenticate(new Credentials("Bearer " + signed(claims, signer, keyId), null));
    }

    @Test
    void signingKeysAreRefetchedOnExpiryAndOnceAMinuteForNewKeyIds() throws Exception {
        try (var server = new FakeKeyServer()) {
            var asked = server.authenticator(clock);
            assertThat(ask(asked, key, "k1")).isEqualTo(new Authentication.Verified(ALICE, null));
            assertThat(ask(asked, key, "k1")).isEqualTo(new Authentication.Verified(ALICE, null));
            assertThat(server.fetches()).isEqualTo(1);
            var next = new RSAKeyGenerator(2048).keyID("k2").generate();
            server.published = new JWKSet(List.of(key.toPublicJWK(), next.toPublicJWK())).toString();
            for (int i = 0; i < 10; i++) {
                assertThat(ask(asked, next, "k2")).isEqualTo(new Authentication.Rejected());
            }
            assertThat(server.fetches()).isEqualTo(1);
            clock.advance(Duration.ofSeconds(61));
            assertThat(ask(asked, next, "k2")).isEqualTo(new Authentication.Verified(ALICE, null));
            for (int i = 0; i < 10; i++) {
                assertThat(ask(asked, next, "k3")).isEqualTo(new Authentication.Rejected());
            }
            assertThat(server.fetches()).isEqualTo(2);
            clock.advance(Duration.ofMinutes(31));
            assertThat(ask(asked, next, "k2")).isEqualTo(new Authentication.Verified(ALICE, null));
            assertThat(server.fetches()).isEqualTo(3);
        }
    }

    @Test
    void cachedSigningKeysAreUsedWhileTheKeyServerIsDown() {
        try (var server = new FakeKeyServer()) {
            var asked = server.authenticator(clock);
            assertThat(ask(asked, key, "k1")).isEqualTo(new Authentication.Verified(ALICE, null));
            server.down = true;
            for (int day = 0; day < 3; day++) {
                clock.advance(Duration.ofDays(1));
                assertThat(ask(asked, key, "k1")).isEqualTo(new Authentication.Verified(ALICE, null));
                assertThat(ask(asked, key, "k9")).isEqualTo(new Authentication.Rejected());
            }
            assertThat(server.fetches()).isEqualTo(4);
        }
    }

    @Test
    void anUnreachableKeyServerIsNotContactedForEveryToken() {
        try (var server = new FakeKeyServer()) {
            server.down = true;
            var asked = server.authenticator(clock);
            for (int i = 0; i < 50; i++) {
                assertThat(ask(asked, key, "k" + i)).isEqualTo(new Authentication.Unavailable());
            }
            assertThat(server.fetches()).isEqualTo(1);
        }
    }

    @Test
    void anAppCheckTokenIsRequiredWhenAppCheckIsConfigured() {
        var firebase = new Settings.Firebase(
                Tokens.PROJECT,
                URI.create(google.baseUrl() + "/jwks"),
                false,
                new Settings.AppCheck("1234", URI.create(google.baseUrl() + "/app-check")));
        var strict = new Authenticator(new Settings.Auth(firebase, List.of()), "plan", tokens(), clock);
        var idToken = "Bearer " + signed(Map.of());
        var now = clock.instant().getEpochSecond();
        var proper = Map.<String, @Nullable Object>of(
                "iss",
                "https://firebaseappcheck.googleapis.com/1234",
                "aud",
                List.of("projects/1234", "projects/" + Tokens.PROJECT),
                "sub",
                "1:1234:web:app",
                "iat",
                now,
                "exp",
                now + 3600);
        var token = signed(proper, key, "k1");
        var good = new Credentials(idToken, token);
        assertThat(strict.knownClient(good)).isNull();
        assertThat(strict.authenticate(good)).isEqualTo(new Authentication.Verified(ALICE, null));
        assertThat(strict.knownClient(good)).isEqualTo(ALICE);
        assertThat(strict.knownClient(new Credentials(idToken, null))).isNull();
        for (var change : List.<Map<String, Object>>of(
                Map.of("iss", "https://firebaseappcheck.googleapis.com/999"),
                Map.of("aud", List.of("projects/other")),
                Map.of("exp", now - 120),
                Map.of("sub", ""))) {
            var claims = new HashMap<String, @Nullable Object>(proper);
            claims.putAll(change);
            assertThat(strict.authenticate(new Credentials(idToken, signed(claims, key, "k1"))))
                    .as("%s", change)
                    .isEqualTo(new Authentication.Rejected());
        }
        for (var junk : new @Nullable String[] {null, "", "junk", signed(Map.of()), Tokens.emulator("alice")}) {
            assertThat(strict.authenticate(new Credentials(idToken, junk))).isEqualTo(new Authentication.Rejected());
            assertThat(strict.authenticateClient(new Credentials(idToken, junk)))
                    .isEqualTo(new Authentication.Rejected());
        }
        assertThat(strict.authenticate(new Credentials("Bearer x", token))).isEqualTo(new Authentication.Rejected());
    }

    @Test
    void unreachableSigningKeysFailClosed() {
        var firebase = new Settings.Firebase(Tokens.PROJECT, URI.create("http://127.0.0.1:1/jwks"), false, null);
        var cutOff = new Authenticator(new Settings.Auth(firebase, List.of()), "plan", tokens(), clock);
        assertThat(cutOff.authenticate(new Credentials("Bearer " + signed(Map.of()), null)))
                .isEqualTo(new Authentication.Unavailable());
    }

    @Test
    void oidcTokensAreVerifiedWithTheKeysFoundByDiscovery() {
        try (var issuer = FakeProvider.answering((request, out) -> out.json(
                200,
                request.path().equals("/.well-known/openid-configuration")
                        ? "{\"issuer\":\"http://%s\",\"jwks_uri\":\"http://%s/keys\"}"
                                .formatted(
                                        request.headers().get("host"),
                                        request.headers().get("host"))
                        : new JWKSet(key.toPublicJWK()).toString()))) {
            var oidc = new Authenticator(
                    new Settings.Auth(null, List.of(new Settings.Oidc(issuer.baseUrl(), "keyswitch", null))),
                    "plan",
                    tokens(),
                    clock);
            assertThat(oidc.authenticate(new Credentials(
                            "Bearer " + signed(Map.of("iss", issuer.baseUrl(), "aud", "keyswitch")), null)))
                    .isEqualTo(new Authentication.Verified(new UserId("oidc/" + issuer.baseUrl() + "/alice"), null));
            assertThat(oidc.authenticate(new Credentials("Bearer " + signed(Map.of("iss", issuer.baseUrl())), null)))
                    .isEqualTo(new Authentication.Rejected());
            assertThat(oidc.authenticate(new Credentials("Bearer " + signed(Map.of()), null)))
                    .isEqualTo(new Authentication.Rejected());
        }
    }
}
