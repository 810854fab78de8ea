package io.keyswitch.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.aead.AeadConfig;
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
        return new KeyPlace(new UserId(user), new ProviderId(provider), new Endpoint(url));
    }

    @Test
    void opensWhatItSealed() {
        assertThat(vault.open(vault.seal(KEY, PLACE), PLACE)).isEqualTo(KEY);
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
    void everyFlippedBitIsRefused() {
        var sealed = vault.seal(KEY, PLACE);
        var bytes = sealed.bytes();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            var flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertRefused(SealedKey.of(sealed.masterKeyId(), flipped), PLACE);
        }
    }

    @Test
    void everyTruncationIsRefused() {
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
    void concatenatedPlacesDoNotCollide() {
        assertThat(place("a", "bc", "d").bytes())
                .isNotEqualTo(place("ab", "cc", "d").bytes());
        assertThat(place("ab", "cd", "e").bytes())
                .isNotEqualTo(place("a", "bcd", "e").bytes());
    }

    @Test
    void garbageIsRejectedAndNeverReadAsNoKey() {
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

    /** The format from the outside: an independent implementation of AES-GCM opens our records, and we open its. */
    @Test
    void tinkOpensOurRecordsAndWeOpenTinks() throws Exception {
        AeadConfig.register();
        var tink = new AesGcmJce(HexFormat.of().parseHex(HEX));
        var ours = vault.seal(KEY, PLACE);
        var header = Arrays.copyOf(ours.bytes(), Vault.HEADER_BYTES);
        var nonceAndCiphertext =
                Arrays.copyOfRange(ours.bytes(), Vault.HEADER_BYTES - Vault.NONCE_BYTES, ours.bytes().length);
        assertThat(tink.decrypt(nonceAndCiphertext, associated(header)))
                .isEqualTo(KEY.reveal().getBytes(StandardCharsets.US_ASCII));
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
