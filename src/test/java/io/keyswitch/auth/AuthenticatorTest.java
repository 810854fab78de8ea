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
import io.keyswitch.personaltoken.PersonalTokens;
import io.keyswitch.settings.Settings;
import io.keyswitch.sql.Database;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.MutableClock;
import io.keyswitch.testing.Tokens;
import io.keyswitch.user.UserId;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        database = Database.open("jdbc:sqlite:" + directory.resolve("tokens.db"));
        google = FakeProvider.answering((_, out) -> out.json(200, new JWKSet(key.toPublicJWK()).toString()));
    }

    @AfterAll
    static void stop() {
        google.close();
        database.close();
    }

    private PersonalTokens tokens() {
        return new PersonalTokens(database, clock);
    }

    private Authenticator authenticator(boolean emulator) {
        var firebase = new Settings.Firebase(Tokens.PROJECT, URI.create(google.baseUrl() + "/jwks"), emulator);
        return new Authenticator(new Settings.Auth(firebase, List.of()), tokens(), clock);
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
        return authenticator.authenticate("Bearer " + token);
    }

    @Test
    void aTokenOfTheProjectSaysWho() {
        assertThat(authenticate(signed(Map.of()))).isEqualTo(new Authentication.Verified(ALICE));
    }

    @Test
    void noHeaderIsAnonymousAndAnythingElseRejected() {
        assertThat(authenticator.authenticate(null)).isEqualTo(new Authentication.Anonymous());
        for (var header :
                new String[] {"", "Bearer", "Basic eDp5", "Bearer x y", "Bearer " + "a".repeat(20_000), "Bearer é"}) {
            assertThat(authenticator.authenticate(header)).as(header).isEqualTo(new Authentication.Rejected());
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
                Map.of("exp", now - 61),
                Map.of("iat", now + 120),
                Map.of("nbf", now + 120),
                Map.of("auth_time", now + 120))) {
            assertThat(authenticate(signed(change))).as("%s", change).isEqualTo(new Authentication.Rejected());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat", "sub", "aud", "iss"})
    void aMissingClaimIsRejected(String claim) {
        var claims = new HashMap<String, @Nullable Object>(Tokens.claims("alice"));
        claims.remove(claim);
        assertThat(authenticate(signed(claims, key, "k1"))).isEqualTo(new Authentication.Rejected());
    }

    @Test
    void clocksMayDifferByAMinute() {
        long now = Instant.now().getEpochSecond();
        assertThat(authenticate(signed(Map.of("exp", now - 30, "iat", now + 30, "auth_time", now + 30))))
                .isEqualTo(new Authentication.Verified(ALICE));
    }

    @Test
    void anotherSignerOrAlgorithmIsRejected() throws Exception {
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
    void aRememberedTokenStillExpires() {
        var token = signed(Map.of());
        assertThat(authenticate(token)).isEqualTo(new Authentication.Verified(ALICE));
        assertThat(authenticate(token)).isEqualTo(new Authentication.Verified(ALICE));
        clock.advance(Duration.ofHours(2));
        assertThat(authenticate(token)).isEqualTo(new Authentication.Rejected());
    }

    @Test
    void emulatorTokensAreBelievedOnlyBehindTheirSettingAndStillChecked() {
        var emulator = authenticator(true);
        assertThat(emulator.authenticate("Bearer " + Tokens.emulator("alice")))
                .isEqualTo(new Authentication.Verified(ALICE));
        assertThat(emulator.authenticate("Bearer " + signed(Map.of()))).isEqualTo(new Authentication.Verified(ALICE));
        var foreign = Tokens.claims("alice");
        foreign.put("aud", "other");
        assertThat(emulator.authenticate("Bearer " + Tokens.unsigned(foreign)))
                .isEqualTo(new Authentication.Rejected());
    }

    @Test
    void unreachableKeysLetNobodyIn() {
        var firebase = new Settings.Firebase(Tokens.PROJECT, URI.create("http://127.0.0.1:1/jwks"), false);
        var cutOff = new Authenticator(new Settings.Auth(firebase, List.of()), tokens(), clock);
        assertThat(cutOff.authenticate("Bearer " + signed(Map.of()))).isEqualTo(new Authentication.Unavailable());
    }

    @Test
    void anOpenIdIssuerIsFoundByDiscovery() {
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
                    tokens(),
                    clock);
            assertThat(oidc.authenticate("Bearer " + signed(Map.of("iss", issuer.baseUrl(), "aud", "keyswitch"))))
                    .isEqualTo(new Authentication.Verified(new UserId("oidc/" + issuer.baseUrl() + "/alice")));
            assertThat(oidc.authenticate("Bearer " + signed(Map.of("iss", issuer.baseUrl()))))
                    .isEqualTo(new Authentication.Rejected());
            assertThat(oidc.authenticate("Bearer " + signed(Map.of()))).isEqualTo(new Authentication.Rejected());
        }
    }
}
