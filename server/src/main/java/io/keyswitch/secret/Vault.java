package io.keyswitch.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;

/**
 * Encrypts and decrypts users' own keys, and texts, with AES-256-GCM (NIST SP 800-38D). Thread-safe.
 *
 * <p>Record: {@code version (1 byte) | master-key id (4) | nonce (12) | ciphertext | tag (16)}. Version, ID, nonce and
 * the {@link KeyPlace} are authenticated as associated data. Nonces are random: with 96 bits, 2³² keys under one master
 * key keep the chance of a repeat below 2⁻³².
 */
public final class Vault {
    static final byte VERSION = 1;
    /** The version of records of texts. */
    static final byte TEXT_VERSION = 2;

    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = Gcm.TAG_BYTES;
    static final int HEADER_BYTES = 1 + MasterKey.ID_BYTES + NONCE_BYTES;

    /** The beginning of a record that contains its header, in whole groups of base64. */
    public static final int HEADER_CHARACTERS = (HEADER_BYTES + 2) / 3 * 4;

    private final MasterKeys masterKeys;
    private final SecureRandom random = new SecureRandom();

    public Vault(MasterKeys masterKeys) {
        this.masterKeys = masterKeys;
    }

    /** Whether a record, or one of which only the header is at hand, is encrypted with another master key than new ones. */
    public boolean isPending(String record) {
        var bytes = bytesOf(new SealedKey("", record));
        return bytes.length < HEADER_BYTES
                || !HexFormat.of().formatHex(bytes, 1, 1 + MasterKey.ID_BYTES).equals(encryptingId());
    }

    /** The ID of the master key that encrypts. */
    public String encryptingId() {
        return masterKeys.encrypting().id();
    }

    /** Encrypts a key and binds it to a place. */
    public SealedKey seal(ApiKey key, KeyPlace place) {
        return seal(VERSION, key.reveal().getBytes(StandardCharsets.US_ASCII), place);
    }

    /** Encrypts a text and binds it to a place. @return its record, in base64url */
    public String sealText(String text, KeyPlace place) {
        return seal(TEXT_VERSION, text.getBytes(StandardCharsets.UTF_8), place).record();
    }

    private SealedKey seal(byte version, byte[] plaintext, KeyPlace place) {
        var masterKey = masterKeys.encrypting();
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var header = ByteBuffer.allocate(HEADER_BYTES)
                .put(version)
                .put(HexFormat.of().parseHex(masterKey.id()))
                .put(nonce)
                .array();
        try {
            var ciphertext = Gcm.seal(masterKey.secret(), nonce, associated(header, place), plaintext);
            var sealed = ByteBuffer.allocate(header.length + ciphertext.length)
                    .put(header)
                    .put(ciphertext)
                    .array();
            return SealedKey.of(masterKey.id(), sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM failed to encrypt", e);
        }
    }

    /**
     * Decrypts a key.
     *
     * @throws UnreadableKeyException if it was altered, is bound to another place, or its master key is not configured
     */
    public ApiKey open(SealedKey sealed, KeyPlace place) {
        var bytes = bytesOf(sealed);
        if (bytes.length < HEADER_BYTES + TAG_BYTES + ApiKey.MIN_LENGTH) {
            throw new UnreadableKeyException("the record is too short");
        }
        return ApiKey.of(new String(open(VERSION, bytes, place), StandardCharsets.US_ASCII));
    }

    /**
     * Decrypts a text.
     *
     * @throws UnreadableKeyException if it was altered, is bound to another place, or its master key is not configured
     */
    public String openText(String record, KeyPlace place) {
        return new String(open(TEXT_VERSION, bytesOf(new SealedKey("", record)), place), StandardCharsets.UTF_8);
    }

    private byte[] open(byte version, byte[] bytes, KeyPlace place) {
        if (bytes.length < HEADER_BYTES + TAG_BYTES) {
            throw new UnreadableKeyException("the record is too short");
        }
        if (bytes[0] != version) {
            throw new UnreadableKeyException("the record has an unknown version");
        }
        var masterKey = masterKeys.find(HexFormat.of().formatHex(bytes, 1, 1 + MasterKey.ID_BYTES));
        if (masterKey == null) {
            throw UnreadableKeyException.withoutMasterKey();
        }
        var header = Arrays.copyOf(bytes, HEADER_BYTES);
        var nonce = Arrays.copyOfRange(header, HEADER_BYTES - NONCE_BYTES, HEADER_BYTES);
        try {
            var ciphertext = Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length);
            return Gcm.open(masterKey.secret(), nonce, associated(header, place), ciphertext);
        } catch (AEADBadTagException _) {
            throw new UnreadableKeyException("the record was altered or belongs to another user, provider or endpoint");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM failed to decrypt", e);
        }
    }

    private static byte[] bytesOf(SealedKey sealed) {
        try {
            return sealed.bytes();
        } catch (IllegalArgumentException _) {
            throw new UnreadableKeyException("the record is not base64url");
        }
    }

    private static byte[] associated(byte[] header, KeyPlace place) {
        var where = place.bytes();
        return ByteBuffer.allocate(header.length + where.length)
                .put(header)
                .put(where)
                .array();
    }
}
