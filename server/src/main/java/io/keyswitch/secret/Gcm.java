package io.keyswitch.secret;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES in Galois/Counter Mode with a tag of 128 bits (NIST SP 800-38D), from the JDK. */
final class Gcm {
    static final int TAG_BYTES = 16;

    /** Finding the implementation costs more than decrypting a key does. */
    private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(Gcm::newCipher);

    private Gcm() {}

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has AES-GCM", e);
        }
    }

    /** Encrypts; the tag follows the ciphertext. A nonce must never be used twice with one key. */
    static byte[] seal(SecretKey key, byte[] nonce, byte[] associated, byte[] plaintext)
            throws GeneralSecurityException {
        return cipher(Cipher.ENCRYPT_MODE, key, nonce, associated).doFinal(plaintext);
    }

    /**
     * Decrypts.
     *
     * @throws javax.crypto.AEADBadTagException if anything was altered
     */
    static byte[] open(SecretKey key, byte[] nonce, byte[] associated, byte[] sealed) throws GeneralSecurityException {
        return cipher(Cipher.DECRYPT_MODE, key, nonce, associated).doFinal(sealed);
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] associated)
            throws GeneralSecurityException {
        var cipher = CIPHER.get();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(associated);
        return cipher;
    }
}
