package io.keyswitch.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyswitch.core.Json;
import io.keyswitch.testing.TestData;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Runs Project Wycheproof's AES-GCM test vectors against the cipher of the vault. */
class AesGcmWycheproofTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void allTestVectorsWithTheVaultsParametersPass() throws Exception {
        var file = Files.readString(TestData.path("corpora/wycheproof/aes_gcm_test.json"));
        int tried = 0;
        for (var group : Objects.requireNonNull(Json.readFromProvider(file)).path("testGroups")) {
            boolean ours = group.path("keySize").intValue() == 256
                    && group.path("ivSize").intValue() == Vault.NONCE_BYTES * 8
                    && group.path("tagSize").intValue() == Vault.TAG_BYTES * 8;
            if (ours) {
                for (var vector : group.path("tests")) {
                    check(vector);
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(50);
    }

    private static void check(JsonNode vector) throws GeneralSecurityException {
        var key = new SecretKeySpec(bytes(vector, "key"), "AES");
        var sealed = concat(bytes(vector, "ct"), bytes(vector, "tag"));
        if (vector.path("result").stringValue().equals("valid")) {
            assertThat(Gcm.open(key, bytes(vector, "iv"), bytes(vector, "aad"), sealed))
                    .isEqualTo(bytes(vector, "msg"));
            assertThat(Gcm.seal(key, bytes(vector, "iv"), bytes(vector, "aad"), bytes(vector, "msg")))
                    .isEqualTo(sealed);
        } else {
            assertThatThrownBy(() -> Gcm.open(key, bytes(vector, "iv"), bytes(vector, "aad"), sealed))
                    .as("vector %s", vector.path("tcId"))
                    .isInstanceOf(GeneralSecurityException.class);
        }
    }

    private static byte[] bytes(JsonNode vector, String field) {
        return HEX.parseHex(vector.path(field).stringValue());
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return java.nio.ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
