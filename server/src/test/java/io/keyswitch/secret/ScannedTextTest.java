package io.keyswitch.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScannedTextTest {
    private static final String BODY = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-" + BODY,
                "sk-proj-" + BODY + "_" + BODY,
                "sk-ant-api03-" + BODY + "-" + BODY + "AA",
                "sk-or-v1-" + BODY,
                "gsk_" + BODY,
                "AIzaSy" + BODY,
                "AQ.Ab" + BODY,
                "cfut_" + BODY + "abcdef12",
                "cfat_" + BODY,
                "xai-" + BODY,
                "pplx-" + BODY,
                "nvapi-" + BODY,
                "r8_" + BODY,
                "tgp_v1_" + BODY,
                "ghp_" + BODY,
                "AKIAIOSFODNN7EXAMPLE",
                "sk_live_" + BODY,
                "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl"
            })
    void keysOfKnownFormatsAreRedactedFromEveryPhrasing(String key) {
        for (var phrasing : new String[] {
            "%s",
            "my key is %s",
            "Here: \"%s\".",
            "key=%s",
            "(%s)",
            "use `%s` please",
            "a\n%s\nb",
            "Bearer %s",
            "{\"apiKey\":\"%s\"}",
            "%s, thanks!"
        }) {
            var redacted = ScannedText.of(phrasing.formatted(key));
            assertThat(redacted.hasSecrets()).as(phrasing).isTrue();
            assertThat(redacted.text()).doesNotContain(key).doesNotContain(key.substring(key.length() - 12));
            assertThat(redacted.text()).contains("[API key ending " + key.substring(key.length() - 4) + "]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k9!my*own?key~1a2b",
                "k9!my*own\u200B?key~1a2b",
                "k9!my*own\u2060?key\u00AD~1a2b",
                "k9!my*own\n?key~1a2b",
                "k9!my *own ?key ~1a2b",
                "k9!my*own\u00A0?key~1a2b",
                "ｋ９！ｍｙ＊ｏｗｎ？ｋｅｙ～１ａ２ｂ",
                "azkhbXkqb3duP2tleX4xYTJi",
                "azkhbXkqb3duP2tleX4xYTJi==",
                "azkhbXkqb3du\nP2tleX4xYTJi",
                "k9%21my%2aown%3Fkey~1a2b",
                "k9!my\\*own\\u003fkey~1a2b",
                "k9!my&#42;own&#x3F;key~1a2b",
                "k9!my&#0042;own&#x003F;key~1a2b",
                "k9!my&ast;own&quest;key~1a2b",
                "k9!my\\*own\\u{3f}key~1a2b",
                "k9%2521my%252aown%253Fkey~1a2b",
                "k9%252521my*own?key~1a2b",
                "k9!my\\\\u002aown\\\\u003fkey~1a2b",
                "k9!my&amp;ast;own&amp;#63;key~1a2b",
                "k9!my*own\uFE0F?key\u034F~1a2b",
                "k9!my\u3164*own\u115F?key\uDB40\uDC20~1a2b",
                "k9!my\\*own?key\\~1a2b",
                "6b39216d792a6f776e3f6b65797e31613262",
                "6B39216D792A6F776E3F6B65797E31613262"
            })
    void theUsersStoredKeyIsRedactedInEveryEncoding(String written) {
        var own = List.of(ApiKey.of("k9!my*own?key~1a2b"));
        var redacted = ScannedText.of("Look: " + written + ", and I paid 5 € … for it", own);
        assertThat(redacted.text()).isEqualTo("Look: [API key ending 1a2b], and I paid 5 € … for it");
        assertThat(redacted.keys()).isEqualTo(own);
        var twice = ScannedText.of(written + " or " + written, own);
        assertThat(twice.text()).isEqualTo("[API key ending 1a2b] or [API key ending 1a2b]");
        var none = "Nothing — of the sort… ﬁne \u200B";
        assertThat(ScannedText.of(none, own).text()).isEqualTo(none);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ｇｓｋ＿abcdefghijklmnopqrst", "sk\u2011ant-abcdefghijklmnopqrst", "sk–ant–abcdefghijklmnopqrst"})
    void keysWithFullWidthLettersOrUnicodeDashesAreRedacted(String written) {
        assertThat(ScannedText.of("it is " + written).text()).isEqualTo("it is [API key ending qrst]");
    }

    @Test
    void invisibleCharactersAndLineBreaksDoNotHideAKey() {
        assertThat(ScannedText.of("sk-proj-abcd\u200Befgh1234\u00ADijkl5678").text())
                .isEqualTo("[API key ending 5678]");
        assertThat(ScannedText.of("gsk_abcdefgh1234ij\nkl5678mnop90").keys())
                .containsExactly(ApiKey.of("gsk_abcdefgh1234ijkl5678mnop90"));
        assertThat(ScannedText.of("fw_abcdefgh1234ij\nkl5678mnop90").keys())
                .containsExactly(ApiKey.of("fw_abcdefgh1234ijkl5678mnop90"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "use mistral with key %s",
                "my mistral key is %s",
                "The key for Mistral is %s",
                "mistral key: %s",
                "key=%s",
                "keys: %s",
                "my token is \"%s\"",
                "the secret, %s"
            })
    void aKeyOfUnknownFormatNextToTheWordKeyIsRedacted(String said) {
        var redacted = ScannedText.of(said.formatted("aB3dE6fG9hJ2kL5mN8pQ1rS4tU7vW0xY"));
        assertThat(redacted.text()).isEqualTo(said.formatted("[API key ending W0xY]"));
    }

    @Test
    void aKeyOfUnknownFormatAfterAnApiKeyLabelIsRedacted() {
        var redacted = ScannedText.of("my mistral api key: 0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0u");
        assertThat(redacted.text()).isEqualTo("my mistral api key: [API key ending sT0u]");
    }

    @Test
    void allKeysInAStringAreRedacted() {
        var redacted = ScannedText.of("sk-" + BODY + " and gsk_" + BODY);
        assertThat(redacted.keys()).hasSize(2);
        assertThat(redacted.text()).isEqualTo("[API key ending s9T0] and [API key ending s9T0]");
    }

    @Test
    void pemPrivateKeysAreRedacted() {
        var redacted = ScannedText.of(
                "look -----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabc\n-----END RSA PRIVATE KEY----- there");
        assertThat(redacted.text()).isEqualTo("look [secret removed] there");
        assertThat(redacted.hasSecrets()).isTrue();
    }

    @Test
    void aStoredKeyPartlyMatchingAKnownFormatIsRedactedWhole() {
        var own = List.of(ApiKey.of("sk-abcdefghijklmnop1234/qrst+uvwx="));
        assertThat(ScannedText.of("use sk-abcdefghijklmnop1234/qrst+uvwx= now", own)
                        .text())
                .isEqualTo("use [API key ending vwx=] now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u:", "user:pass ", "€"})
    void aStoredKeyInsideABase64StringIsRedactedAtAnyOffset(String before) {
        var own = List.of(ApiKey.of("k9!my*own?key~1a2b"));
        for (var after : List.of("", "\n", ":x", " and more")) {
            var bytes = (before + "k9!my*own?key~1a2b" + after).getBytes(StandardCharsets.UTF_8);
            var redacted = ScannedText.of("Basic " + Base64.getEncoder().encodeToString(bytes) + ".", own);
            assertThat(redacted.text()).contains("[API key ending 1a2b]").doesNotContain("b3duP2tle");
            assertThat(Base64.getEncoder().encodeToString(bytes).length()
                            - redacted.text().length())
                    .isLessThan(12);
        }
    }

    /** Strings of maximum message length that repeat a piece, alone and surrounded by other text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "apikey",
                "sk-",
                "sk-\n",
                "-----BEGIN ",
                "eyJ",
                "-eyJ",
                "my key is ",
                "\"",
                "a\n",
                "gsk_a1\n",
                "Bearer ",
                " ",
                "\t",
                ",",
                "-",
                "ok "
            })
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void scanningRepetitiveInputFinishesWithinTheTimeLimit(String piece) {
        var run = piece.repeat(60_000 / piece.length());
        for (var text : new String[] {run, "my key" + run + "!", "a" + run + "b", "sk-" + run, run + "1"}) {
            var scanned = ScannedText.of(text);
            assertThat(scanned.text()).isNotNull();
            assertThat(ScannedText.cleaned(text)).isNotNull();
            var _ = scanned.isOneLongToken();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-ant-api03-LEOO jjjj1234567890kkkkMMMM",
                "sk-ant-api03-AbCdEfGh1234 567890abcdefghijklmnop",
                "gsk_abcdEFGH1234  5678ijklMNOP90",
                "use AIzaSyA1b2C3d4 E5f6G7h8I9j0K1l2M3n4O5p6Q7 for gemini",
                "sk-ant-api03-AbCdEfGh1234 890aBcdefghijk_lm567890pQ-rs",
                "sk-proj-AbCdEfGh1234 k-5678ijklMNOP_qrst uVwX567890yZabcd",
                "sk-ant-api03-abcdefghij1234\u2028567890klmnopqrst",
                "sk-ant-api03-abcdefghij1234\u0085567890klmnopqrst",
            })
    void aKeyInPartsIsRemovedWhole(String text) {
        var scanned = ScannedText.of(text);
        assertThat(scanned.keys()).hasSize(1);
        assertThat(scanned.text())
                .doesNotContain("567890")
                .doesNotContain("5678ijkl")
                .doesNotContain("h8I9j0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-learn 5f3a9c2b1d4e77aa is the commit",
                "a sk-8 board for 1234567890123",
                "gsk_abcdef and claude3opus20240229",
                "sk-proj-1 costs internationalisation",
                "sk-Proj1 or Meta-Llama-3-70B-Instruct or claude-3-opus-20240229",
            })
    void wordsBehindABeginningAreNoPartOfAKey(String text) {
        assertThat(ScannedText.of(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"a.m.a.m.a, ㏂", "20.20.20, ⒛", "20202020, ⑳", "aaaaaaaa, a", "YWFhYWFh, aaa="})
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void removingAnOftenRepeatedKeyFinishesWithinTheTimeLimit(String key, String piece) {
        var text = piece.repeat(100_000 / piece.length());
        for (int i = 0; i < 5; i++) {
            assertThat(ApiKey.of(key).removedFrom(text)).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The key to happiness is sleep.",
                "I bought a sk-8 board and task-based things",
                "my model is gpt-5.5 or claude-sonnet-4-5-20250929",
                "commit 3f786850e387550fdab836ed7e6dc881de23001b",
                "risk-assessment-of-a-very-long-project-name",
                "https://example.com/a/very/long/path?with=query&and=more",
                "my key is in the kitchen drawer",
                "the foreign key orders_customer_id_fk_2024_index",
                "the monkey 3f786850e387550fdab836ed7e6dc881de23001b",
                "key concepts of internationalization",
                "word\nword2\nword3"
            })
    void textWithoutKeysIsUnchanged(String text) {
        var redacted = ScannedText.of(text);
        assertThat(redacted.hasSecrets()).isFalse();
        assertThat(redacted.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  sk-abc12345  ",
                "\"sk-abc12345\"",
                "'sk-abc12345'",
                "`sk-abc12345`",
                "Bearer sk-abc12345",
                "sk-abc\n12345",
                "Authorization: Bearer sk-abc12345",
                "\"Bearer sk-abc12345\"",
                "'Authorization: Bearer sk-abc12345'",
                "“sk-abc12345”",
                "sk-abc\u200B12345",
                "sk-abc12345.",
                "<sk-abc12345>",
                "OPENAI_API_KEY=sk-abc12345",
                "export OPENAI_API_KEY=\"sk-abc12345\"",
                "set GROQ_API_KEY=sk-abc12345",
                "OPENAI_API_KEY: sk-abc12345",
                "API key: sk-abc12345",
                "my api key is sk-abc12345",
                "key = 'sk-abc12345'",
                "{\"apiKey\": \"sk-abc12345\"}",
                "\"api_key\":\"sk-abc12345\",",
                "\u00A0sk-abc12345\u00A0"
            })
    void quotesPrefixesAndWhitespaceAroundAPastedKeyAreRemoved(String pasted) {
        assertThat(ScannedText.cleaned(pasted)).isEqualTo("sk-abc12345");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc12345==", "AbCd123=xyz456", "monkey:12345678", "KEY", "token-12345678", "ks_a=b=c=d=e"})
    void whatBelongsToAKeyIsKept(String key) {
        assertThat(ScannedText.cleaned(key)).isEqualTo(key);
    }

    @Test
    void aSecretThatContainsAStoredKeyIsRedactedWhole() {
        var own = List.of(ApiKey.of("k9!my*own?key~1a2b"));
        assertThat(ScannedText.of("-----BEGIN PRIVATE KEY-----\nMII k9!my*own?key~1a2b x", own)
                        .text())
                .isEqualTo("[secret removed]");
    }

    @Test
    void aKeyWhosePrefixIsAnotherKeyIsRedactedWhole() {
        var scanned = ScannedText.of("sk-aaaaaaaaaaaaaaaa1234 and sk-aaaaaaaaaaaaaaaa1234ZZZZ9")
                .without(ApiKey.of("other9other9"));
        assertThat(scanned.text()).isEqualTo("[API key ending 1234] and [API key ending ZZZ9]");
    }

    @Test
    void aKeyThatOccursTwiceIsReportedOnce() {
        var scanned = ScannedText.of("weirdKEY-1 and weirdKEY-1", List.of(ApiKey.of("weirdKEY-1")));
        assertThat(scanned.keys()).hasSize(1);
        assertThat(scanned.answeredKey()).isEqualTo(ApiKey.of("weirdKEY-1"));
    }

    @Test
    void whatGoesOnBehindAStoredKeyIsAnotherKey() {
        var half = ApiKey.of("sk-proj-AbCd1234efgh");
        var scanned = ScannedText.of("here it is: sk-proj-AbCd1234efgh5678ijkl, ok", List.of(half));
        assertThat(scanned.text()).isEqualTo("here it is: [API key ending ijkl], ok");
        assertThat(scanned.keys()).containsExactly(ApiKey.of("sk-proj-AbCd1234efgh5678ijkl"));
        assertThat(ScannedText.of("lkjLKJ34098sdfl9dfj is old", List.of(ApiKey.of("lkjLKJ34098")))
                        .text())
                .isEqualTo("[API key ending 9dfj] is old");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-ant-api03-abcdefghij1234567890 sk-proj-AbCd1234efgh5678ijkl",
                "sk-proj-AbCd1234efgh5678ijkl sk-proj-ZyXw1234efgh5678mnop",
                "gsk_AbCd1234efgh5678ijkl AIzaSyA1234567890abcdefghijklmnopqrstuv",
                "use openai sk-proj-AbCd1234efgh5678ijkl\ngsk_AbCd1234efgh5678ijkl",
                "sk-proj-AbCd1234efgh5678ijkl ghp_16C7e42F292c6912E7710c838347Ae178B4a"
            })
    void twoKeysBesideEachOtherAreTwo(String said) {
        assertThat(ScannedText.of(said).keys()).hasSize(2);
    }

    @Test
    void aStoredKeyIsNotTakenForAnotherThatIsNotInTheText() {
        var openai = ApiKey.of("sk-proj-AbCd1234efgh5678ijkl");
        var mistral = ApiKey.of("8JfH2kLmN0pQrStU");
        var scanned = ScannedText.of("here it is: 8JfH2kLmN0pQrStU", List.of(openai, mistral));
        assertThat(scanned.keys()).containsExactly(mistral);
        var both =
                ScannedText.of("8JfH2kLmN0pQrStU and sk-proj-AbCd1234efgh5678ijkl", List.of(openai, mistral, mistral));
        assertThat(both.keys()).containsExactly(mistral, openai);
        assertThat(ScannedText.of("8JfH2kLmN0pQrStUsk-proj-AbCd1234efgh5678ijkl", List.of(openai, mistral))
                        .text())
                .doesNotContain("8JfH2kLm", "AbCd1234");
    }

    @Test
    void twoKeysOnTwoLinesAreNoAnswerToTheQuestionForOne() {
        assertThat(ScannedText.of("sk-proj-AbCd1234efgh5678ijkl\ngsk_AbCd1234efgh5678ijkl")
                        .answeredKey())
                .isNull();
    }
}
