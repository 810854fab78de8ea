package io.keyswitch.secret;

import java.util.Base64;

/**
 * An encrypted key as it is stored: format version, master-key id, nonce, ciphertext and tag.
 *
 * @param masterKeyId the ID of the master key that encrypted it
 * @param record the whole record, in base64url
 */
public record SealedKey(String masterKeyId, String record) {
    static SealedKey of(String masterKeyId, byte[] bytes) {
        return new SealedKey(
                masterKeyId, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /**
     * The record as bytes.
     *
     * @throws IllegalArgumentException if the record is not base64url
     */
    byte[] bytes() {
        return Base64.getUrlDecoder().decode(record);
    }
}
