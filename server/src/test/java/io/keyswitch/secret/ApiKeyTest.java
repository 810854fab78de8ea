package io.keyswitch.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyswitch.core.Json;
import java.io.Serializable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {
    @Test
    void toStringContainsOnlyTheLastFourCharacters() {
        assertThat(ApiKey.of("sk-secret-secret-1a2b")).hasToString("ApiKey[••••1a2b]");
    }

    @Test
    void isNotSerializableAndWritesEmptyJson() {
        var key = ApiKey.of("sk-secret-secret-1a2b");
        assertThat(key).isNotInstanceOf(Serializable.class);
        assertThat(Json.text(key)).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"12345678", "AIzaSyA-abc_def", "AQ.Ab8RN6", "cfut_abcdefgh", "any/thing+goes=", "!\"#$%&'()*~"})
    void everyKeyFormatIsAccepted(String text) {
        assertThat(ApiKey.of(text).reveal()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1234567",
                "with blank1",
                "line\nbreak1",
                "tab\there1",
                "nul\0here1",
                "schlüssel1",
                "zero\u200Bwidth"
            })
    void aKeyThatIsTooShortOrNotVisibleAsciiIsRejected(String text) {
        assertThat(ApiKey.isValid(text)).isFalse();
        assertThatThrownBy(() -> ApiKey.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mayHaveAtMost512Characters() {
        assertThat(ApiKey.isValid("k".repeat(512))).isTrue();
        assertThat(ApiKey.isValid("k".repeat(513))).isFalse();
    }

    @Test
    void keysWithTheSameCharactersAreEqual() {
        assertThat(ApiKey.of("sk-same-key"))
                .isEqualTo(ApiKey.of("sk-same-key"))
                .hasSameHashCodeAs(ApiKey.of("sk-same-key"));
        assertThat(ApiKey.of("sk-same-key")).isNotEqualTo(ApiKey.of("sk-other-key"));
    }

    @Test
    void aKeyIsNotEqualToAStringNullOrAnotherKey() {
        var key = ApiKey.of("sk-same-key");
        assertThat(key.equals((Object) "sk-same-key")).isFalse();
        assertThat(key).isNotEqualTo(null);
        assertThat(ApiKey.of("sk-same-key-")).isNotEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({"12345678, 5678", "sk-proj-aB9_, aB9_", "........, ...."})
    void hintIsTheLastFourCharacters(String text, String hint) {
        var key = ApiKey.of(text);
        assertThat(key.hint()).isEqualTo(hint);
        assertThat(key.placeholder()).isEqualTo("[API key ending " + hint + "]");
    }

    @Test
    void fingerprintIsTheSha256OfTheKey() {
        var key = ApiKey.of("sk-secret-secret-1a2b");
        assertThat(key.fingerprint())
                .isEqualTo("b25e413de01c43f7d342467898cdfacd85d659b9207b95130822c46a9feba6dd")
                .isSameAs(key.fingerprint());
        assertThat(ApiKey.of("sk-secret-secret-1a2c").fingerprint()).isNotEqualTo(key.fingerprint());
    }

    @Test
    void isInFindsTheKeyAnywhereInAString() {
        var key = ApiKey.of("sk-secret-1a2b");
        assertThat(key.isIn("sk-secret-1a2b")).isTrue();
        assertThat(key.isIn("before sk-secret-1a2b after")).isTrue();
        assertThat(key.isIn("sk-secret-1a2")).isFalse();
        assertThat(key.isIn("")).isFalse();
    }

    /** The encodings in which a provider or proxy may echo a key. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-secret/1a2b+9",
                "c2stc2VjcmV0LzFhMmIrOQ==",
                "736b2d7365637265742f316132622b39",
                "736B2D7365637265742F316132622B39",
                "sk-secret%2F1a2b%2B9",
                "sk-secret\\/1a2b+9",
                "sk-secret&#47;1a2b&#43;9",
                "sk-\u200Bsecret/1a2b+9",
                "sk-secret /1a2b +9",
                "ｓｋ-secret/1a2b+9"
            })
    void aKeyIsRemovedInEveryEncoding(String spelling) {
        var key = ApiKey.of("sk-secret/1a2b+9");
        assertThat(key.removedFrom("<<" + spelling + ">>")).isEqualTo("<<[API key ending 2b+9]>>");
        assertThat(key.replacedIn(spelling + " and " + spelling, "***")).isEqualTo("*** and ***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a sentence about keys", "sk-secret/1a2b+8", "sk-secret/", "1a2b+9"})
    void stringsWithoutTheKeyAreUnchanged(String text) {
        assertThat(ApiKey.of("sk-secret/1a2b+9").removedFrom(text)).isEqualTo(text);
    }
}
