package io.keyswitch.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeysTest {
    private static final String FIRST = "8f3c1d5e7a9b2046c8e1f3a5d7092b4e6c8a0f1d3b5e79264a8c0e2f4d6b8193";
    private static final String SECOND = "1b7e4a90c3d6f258e4a1b7c0d39f6582fa5c0e3b7d914682c5f8a1e4b7d09362";

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
    void anEmptyKeyAfterAValidOneIsRejected() {
        assertThatThrownBy(() -> MasterKeys.parse(MasterKeys.generate() + ","))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toStringDoesNotRevealTheKey() {
        var hex = MasterKeys.generate();
        assertThat(MasterKey.parse(hex).toString()).startsWith("MasterKey[").doesNotContain(hex.substring(0, 8));
    }

    @Test
    void theFirstKeyEncryptsAndEveryKeyIsFoundByItsId() {
        var keys = MasterKeys.parse(FIRST + "," + SECOND);
        var first = MasterKey.parse(FIRST);
        var second = MasterKey.parse(SECOND);
        assertThat(keys.encrypting()).isEqualTo(first);
        assertThat(keys.ids()).containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(keys.find(first.id())).isEqualTo(first);
        assertThat(keys.find(second.id())).isEqualTo(second);
        assertThat(keys.find("00000000")).isNull();
        assertThat(keys.find("")).isNull();
    }

    /** Stored records name their master key by this id, so it must never change. */
    @Test
    void anIdIsDerivedFromTheKeyAlone() {
        assertThat(MasterKey.parse(FIRST).id()).isEqualTo("1753acff");
        assertThat(MasterKey.parse(SECOND).id()).isNotEqualTo("1753acff").matches("[0-9a-f]{8}");
    }

    @Test
    void uppercaseHexAndSurroundingWhitespaceAreAccepted() {
        assertThat(MasterKey.parse(" " + FIRST.toUpperCase(Locale.ROOT) + "\n")).isEqualTo(MasterKey.parse(FIRST));
        assertThat(MasterKeys.parse(FIRST + " , " + SECOND).ids()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 65, 128})
    void aKeyOfTheWrongLengthIsRejectedWithItsLengthInTheMessage(int length) {
        assertThatThrownBy(() -> MasterKey.parse(FIRST.repeat(2).substring(0, length)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("has %d characters instead of 64", length);
    }

    @Test
    void anErrorNeverQuotesTheKey() {
        assertThatThrownBy(() -> MasterKeys.parse(FIRST + "," + SECOND + "g"))
                .hasMessageNotContaining(FIRST.substring(0, 8))
                .hasMessageNotContaining(SECOND.substring(0, 8));
    }
}
