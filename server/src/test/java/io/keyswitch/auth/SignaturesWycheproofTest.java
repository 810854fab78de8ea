package io.keyswitch.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.TestData;
import java.nio.file.Files;
import java.text.ParseException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Runs Wycheproof's JWS and JWK test vectors against the token verification. */
class SignaturesWycheproofTest {
    private static boolean isTaken(JsonNode keys, String token) {
        try {
            CompactToken.requireCanonical(token);
            return Signatures.prove(JWSObject.parse(token), keys(keys), Signatures.SUPPORTED);
        } catch (InvalidTokenException | ParseException _) {
            return false;
        }
    }

    private static List<JWK> keys(JsonNode keys) throws ParseException {
        return keys.has("keys") ? JWKSet.parse(keys.toString()).getKeys() : List.of(JWK.parse(keys.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"json_web_signature_test.json", "json_web_key_test.json", "json_web_crypto_test.json"})
    void invalidSignaturesAreRejectedAndValidSupportedOnesAccepted(String file) throws Exception {
        var groups = TestApp.parse(Files.readString(TestData.path("corpora/wycheproof/" + file)))
                .path("testGroups");
        int taken = 0;
        for (var group : groups) {
            var keys = group.has("public") ? group.path("public") : group.path("private");
            for (var test : group.path("tests")) {
                var token = test.path("jws").asString("");
                var says = "%s %d %s".formatted(file, test.path("tcId").intValue(), test.path("comment"));
                boolean isTaken = isTaken(keys, token);
                taken += isTaken ? 1 : 0;
                if (test.path("result").stringValue().equals("invalid")) {
                    assertThat(isTaken).as(says).isFalse();
                } else if (isOurs(token)) {
                    assertThat(isTaken).as(says).isTrue();
                }
            }
        }
        assertThat(taken).isPositive();
    }

    /** Whether a token is in compact form, has a payload and uses a supported algorithm. */
    private static boolean isOurs(String token) {
        try {
            return !token.contains("..")
                    && Signatures.SUPPORTED.contains(
                            JWSObject.parse(token).getHeader().getAlgorithm());
        } catch (ParseException _) {
            return false;
        }
    }
}
