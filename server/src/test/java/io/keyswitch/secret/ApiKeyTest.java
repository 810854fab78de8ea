package io.keyswitch.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyswitch.core.Json;
import java.io.Serializable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {
    @Test
    void printsNoMoreThanItsLastFourCharacters() {
        assertThat(ApiKey.of("sk-secret-secret-1a2b")).hasToString("ApiKey[••••1a2b]");
    }

    @Test
    void isNotSerialisable() {
        var key = ApiKey.of("sk-secret-secret-1a2b");
        assertThat(key).isNotInstanceOf(Serializable.class);
        assertThat(Json.text(key)).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"12345678", "AIzaSyA-abc_def", "AQ.Ab8RN6", "cfut_abcdefgh", "any/thing+goes=", "!\"#$%&'()*~"})
    void isNeverRefusedForItsShape(String text) {
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
    void isRefusedWhenItCouldNotStandInAHeader(String text) {
        assertThat(ApiKey.isValid(text)).isFalse();
        assertThatThrownBy(() -> ApiKey.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mayHaveAtMost512Characters() {
        assertThat(ApiKey.isValid("k".repeat(512))).isTrue();
        assertThat(ApiKey.isValid("k".repeat(513))).isFalse();
    }

    @Test
    void equalKeysAreEqual() {
        assertThat(ApiKey.of("sk-same-key"))
                .isEqualTo(ApiKey.of("sk-same-key"))
                .hasSameHashCodeAs(ApiKey.of("sk-same-key"));
        assertThat(ApiKey.of("sk-same-key")).isNotEqualTo(ApiKey.of("sk-other-key"));
    }
}
