package io.keyswitch.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasterKeysTest {
    @Test
    void aGeneratedMasterKeyIsAccepted() {
        for (int i = 0; i < 1000; i++) {
            var hex = MasterKeys.generate();
            assertThat(hex).matches("[0-9a-f]{64}");
            assertThat(MasterKeys.parse(hex).ids()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', holds an empty key",
        "my-secret-password, is not hexadecimal",
        "abcdef, has 6 characters instead of 64",
        "0000000000000000000000000000000000000000000000000000000000000000, repeats itself",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, repeats itself",
        "abababababababababababababababababababababababababababababababab, repeats itself",
        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff, repeats itself",
        "1234567890abcdef1234567890abcdef1234567890abcdef1234567890abcdef, repeats itself",
        "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20, repeats itself",
        "fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0efeeedecebeae9e8e7e6e5e4e3e2e1e0, repeats itself",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855, is a published example",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, is a published example",
        "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F, is a published example"
    })
    void aWeakMasterKeyIsRejected(String hex, String why) {
        assertThatThrownBy(() -> MasterKeys.parse(hex)).hasMessageContaining(why);
    }

    @Test
    void oneBadKeyAmongSeveralIsRefused() {
        assertThatThrownBy(() -> MasterKeys.parse(MasterKeys.generate() + ","))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyPrintsItsIdOnly() {
        var hex = MasterKeys.generate();
        assertThat(MasterKey.parse(hex).toString()).startsWith("MasterKey[").doesNotContain(hex.substring(0, 8));
    }
}
