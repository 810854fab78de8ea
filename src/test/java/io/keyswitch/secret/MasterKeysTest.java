package io.keyswitch.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasterKeysTest {
    @Test
    void whatItGeneratesItAccepts() {
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
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, is a published example",
        "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F, is a published example"
    })
    void aKeyThatProtectsNothingIsRefused(String hex, String why) {
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
