package io.keyswitch.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.internal.InsecureNonceAesGcmJce;
import com.google.crypto.tink.subtle.AesGcmJce;
import io.keyswitch.core.UserId;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ProviderId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class VaultTest {
    private static final String HEX = MasterKeys.generate();
    private static final KeyPlace PLACE = place("alice", "openai", "https://api.openai.com/v1");
    private static final ApiKey KEY = ApiKey.of("sk-proj-abcdefghijklmnop-1a2b");

    private final Vault vault = new Vault(MasterKeys.parse(HEX));

    private static KeyPlace place(String user, String provider, String url) {
        return new KeyPlace.Of(new UserId(user), new ProviderId(provider), new Endpoint(url));
    }

    @Test
    void aSealedKeyOpensToTheSameKey() {
        assertThat(vault.open(vault.seal(KEY, PLACE), PLACE)).isEqualTo(KEY);
    }

    @Test
    void keysOfEveryLengthAndCharacterRoundTrip() {
        for (int length = ApiKey.MIN_LENGTH; length <= ApiKey.MAX_LENGTH; length++) {
            var key = ApiKey.of("k".repeat(length));
            assertThat(vault.open(vault.seal(key, PLACE), PLACE)).isEqualTo(key);
        }
        for (char c = 0x21; c <= 0x7e; c++) {
            var key = ApiKey.of("1234567" + c);
            assertThat(vault.open(vault.seal(key, PLACE), PLACE)).isEqualTo(key);
        }
    }

    @Test
    void nonAsciiUserIdsAndEndpointsAreSupported() {
        var place = place("firebase:Zoë|用户|😀", "openai", "https://bücher.example/v1");
        assertThat(vault.open(vault.seal(KEY, place), place)).isEqualTo(KEY);
        assertRefused(vault.seal(KEY, place), place("firebase:Zoe|用户|😀", "openai", "https://bücher.example/v1"));
    }

    @Test
    void aRecordIsBase64UrlOfVersionMasterKeyIdNonceCiphertextAndTag() {
        var sealed = vault.seal(KEY, PLACE);
        var bytes = sealed.bytes();
        assertThat(sealed.record()).matches("[A-Za-z0-9_-]+");
        assertThat(bytes).hasSize(1 + 4 + 12 + KEY.reveal().length() + 16);
        assertThat(bytes[0]).isEqualTo((byte) 1);
        assertThat(HexFormat.of().formatHex(bytes, 1, 5)).isEqualTo(sealed.masterKeyId());
        assertThat(MasterKeys.parse(HEX).ids()).containsExactly(sealed.masterKeyId());
    }

    @Test
    void aNonceIsNeverUsedTwice() {
        var nonces = new HashSet<String>();
        for (int i = 0; i < 10_000; i++) {
            nonces.add(HexFormat.of().formatHex(vault.seal(KEY, PLACE).bytes(), 5, 17));
        }
        assertThat(nonces).hasSize(10_000);
    }

    /** Records outlive releases. This one was written by another implementation of the documented format. */
    @Test
    void aRecordWrittenElsewhereInTheDocumentedFormatIsReadable() {
        var earlier = new Vault(MasterKeys.parse("8f3c1d5e7a9b2046c8e1f3a5d7092b4e6c8a0f1d3b5e79264a8c0e2f4d6b8193"));
        var sealed = new SealedKey(
                "1753acff", "ARdTrP8KGyw9Tl9gcYKTpLV27DhPZac1hyjx8O2Xah7x6xy1dhQ1NlSNijPbSqdkJFX5vJNcIaYipEG71ZM");
        assertThat(earlier.open(sealed, PLACE)).isEqualTo(KEY);
    }

    @Test
    void anUnreadableRecordIsReportedWithItsCause() {
        var sealed = vault.seal(KEY, PLACE);
        var bytes = sealed.bytes();
        assertUnreadable("nothing", "the record is too short", new SealedKey(sealed.masterKeyId(), ""));
        int shortest = Vault.HEADER_BYTES + ApiKey.MIN_LENGTH + Vault.TAG_BYTES;
        assertUnreadable("a byte less than the shortest key", "the record is too short", cut(sealed, shortest - 1));
        assertUnreadable("cut to the length of the shortest key", "the record was altered", cut(sealed, shortest));
        assertUnreadable("not base64url", "the record is not base64url", new SealedKey(sealed.masterKeyId(), "a+b/=="));
        assertUnreadable("a later version", "the record has an unknown version", altered(bytes, 0));
        assertUnreadable("another master key", "the record's master key is not configured", altered(bytes, 1));
        assertUnreadable("another nonce", "the record was altered", altered(bytes, 5));
        assertUnreadable("another ciphertext", "the record was altered", altered(bytes, 17));
        assertUnreadable("another tag", "the record was altered", altered(bytes, bytes.length - 1));
    }

    private void assertUnreadable(String what, String why, SealedKey sealed) {
        assertThatThrownBy(() -> vault.open(sealed, PLACE))
                .as(what)
                .isInstanceOf(UnreadableKeyException.class)
                .hasMessageStartingWith(why);
    }

    private static SealedKey cut(SealedKey sealed, int length) {
        return SealedKey.of(sealed.masterKeyId(), Arrays.copyOf(sealed.bytes(), length));
    }

    private static SealedKey altered(byte[] record, int at) {
        var bytes = record.clone();
        bytes[at]++;
        return SealedKey.of("", bytes);
    }

    /** The ID in the row serves queries only; decryption uses the authenticated ID in the record. */
    @Test
    void theMasterKeyIdInTheRecordTakesPrecedenceOverTheColumn() {
        var sealed = vault.seal(KEY, PLACE);
        assertThat(vault.open(new SealedKey("ffffffff", sealed.record()), PLACE))
                .isEqualTo(KEY);
    }

    @Test
    void sealsTheSameKeyDifferentlyEachTime() {
        var records = new HashSet<String>();
        for (int i = 0; i < 100; i++) {
            records.add(vault.seal(KEY, PLACE).record());
        }
        assertThat(records).hasSize(100);
    }

    @Test
    void aRecordHoldsNoPartOfTheKey() {
        var sealed = new String(vault.seal(KEY, PLACE).bytes(), StandardCharsets.ISO_8859_1);
        assertThat(sealed).doesNotContain("sk-proj").doesNotContain("1a2b");
    }

    @Test
    void aRecordWithAnyFlippedBitIsRejected() {
        var sealed = vault.seal(KEY, PLACE);
        var bytes = sealed.bytes();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            var flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertRefused(SealedKey.of(sealed.masterKeyId(), flipped), PLACE);
        }
    }

    @Test
    void aTruncatedRecordIsRejected() {
        var sealed = vault.seal(KEY, PLACE);
        for (int length = 0; length < sealed.bytes().length; length++) {
            assertRefused(SealedKey.of(sealed.masterKeyId(), Arrays.copyOf(sealed.bytes(), length)), PLACE);
        }
    }

    @Test
    void aRecordOpensForNoOtherUserProviderOrEndpoint() {
        var sealed = vault.seal(KEY, PLACE);
        assertRefused(sealed, place("bob", "openai", "https://api.openai.com/v1"));
        assertRefused(sealed, place("alice", "groq", "https://api.openai.com/v1"));
        assertRefused(sealed, place("alice", "openai", "https://evil.example/v1"));
        assertRefused(sealed, place("aliceopenai", "openai", "https://api.openai.com/v1"));
    }

    @Test
    void equalConcatenationsHaveDifferentAssociatedData() {
        assertThat(place("a", "bc", "d").bytes())
                .isNotEqualTo(place("ab", "cc", "d").bytes());
        assertThat(place("ab", "cd", "e").bytes())
                .isNotEqualTo(place("a", "bcd", "e").bytes());
    }

    @Test
    void anEmptyOrNonBase64RecordIsRejected() {
        assertRefused(new SealedKey("00000000", ""), PLACE);
        assertRefused(new SealedKey("00000000", "not base64 !"), PLACE);
    }

    @Test
    void theFirstMasterKeyEncryptsAndAllDecrypt() {
        var old = vault.seal(KEY, PLACE);
        var newHex = MasterKeys.generate();
        var rotated = new Vault(MasterKeys.parse(newHex + "," + HEX));
        assertThat(rotated.open(old, PLACE)).isEqualTo(KEY);
        var fresh = rotated.seal(KEY, PLACE);
        assertThat(fresh.masterKeyId()).isNotEqualTo(old.masterKeyId());
        assertThat(new Vault(MasterKeys.parse(newHex)).open(fresh, PLACE)).isEqualTo(KEY);
        assertRefused(vault, fresh, PLACE);
    }

    /** Tink, an independent AES-GCM implementation, opens our records, and the vault opens those of Tink. */
    @Test
    void recordsAreInteroperableWithTink() throws Exception {
        AeadConfig.register();
        var tink = new AesGcmJce(HexFormat.of().parseHex(HEX));
        var ours = vault.seal(KEY, PLACE);
        var header = Arrays.copyOf(ours.bytes(), Vault.HEADER_BYTES);
        var nonceAndCiphertext =
                Arrays.copyOfRange(ours.bytes(), Vault.HEADER_BYTES - Vault.NONCE_BYTES, ours.bytes().length);
        assertThat(tink.decrypt(nonceAndCiphertext, associated(header)))
                .isEqualTo(KEY.reveal().getBytes(StandardCharsets.US_ASCII));

        var nonce = Arrays.copyOfRange(header, Vault.HEADER_BYTES - Vault.NONCE_BYTES, Vault.HEADER_BYTES);
        var theirs = new InsecureNonceAesGcmJce(HexFormat.of().parseHex(HEX))
                .encrypt(nonce, KEY.reveal().getBytes(StandardCharsets.US_ASCII), associated(header));
        var record = new ByteArrayOutputStream();
        record.writeBytes(header);
        record.writeBytes(theirs);
        assertThat(vault.open(SealedKey.of(ours.masterKeyId(), record.toByteArray()), PLACE))
                .isEqualTo(KEY);
    }

    private static byte[] associated(byte[] header) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(header);
        out.writeBytes(PLACE.bytes());
        return out.toByteArray();
    }

    private void assertRefused(SealedKey sealed, KeyPlace place) {
        assertRefused(vault, sealed, place);
    }

    private static void assertRefused(Vault vault, SealedKey sealed, KeyPlace place) {
        assertThatThrownBy(() -> vault.open(sealed, place))
                .isInstanceOf(UnreadableKeyException.class)
                .hasMessageNotContaining("sk-");
    }
}
