package io.keyswitch.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * Decrypts keys that another product has encrypted with the same master key, as {@code base64(IV, 16 bytes):base64(tag, 16
 * bytes):base64(ciphertext)}, AES-256-GCM without associated data: nothing binds them to a user or a provider.
 */
public final class CommonRecord {
    private static final int PARTS = 3;
    private static final byte[] NOTHING = new byte[0];

    private CommonRecord() {}

    /**
     * Decrypts a key with any of the master keys.
     *
     * @throws UnreadableKeyException if it is not such a record, was altered, or needs another master key
     */
    public static ApiKey open(MasterKeys masterKeys, String record) {
        var parts = record.strip().split(":", -1);
        if (parts.length != PARTS) {
            throw new UnreadableKeyException("the encrypted key has not three parts with colons between them");
        }
        var iv = bytes(parts[0]);
        var tag = bytes(parts[1]);
        var ciphertext = bytes(parts[2]);
        if (iv.length == 0 || tag.length != Gcm.TAG_BYTES) {
            throw new UnreadableKeyException("the encrypted key has an IV or a tag of the wrong length");
        }
        var sealed = ByteBuffer.allocate(ciphertext.length + tag.length)
                .put(ciphertext)
                .put(tag)
                .array();
        for (var masterKey : masterKeys.all()) {
            try {
                return key(Gcm.open(masterKey.secret(), iv, NOTHING, sealed));
            } catch (GeneralSecurityException _) {
                // Encrypted with another one, or altered.
            }
        }
        throw new UnreadableKeyException("no master key decrypts the key");
    }

    private static ApiKey key(byte[] plaintext) {
        var text = new String(plaintext, StandardCharsets.UTF_8).strip();
        if (!ApiKey.isValid(text)) {
            throw new UnreadableKeyException("what is encrypted is no API key");
        }
        return ApiKey.of(text);
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException _) {
            throw new UnreadableKeyException("the encrypted key is not base64");
        }
    }
}
