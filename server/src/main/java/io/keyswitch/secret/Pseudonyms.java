package io.keyswitch.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names for users in logs: the same for the same user, and nobody without the master key can tell whose they are.
 * Thread-safe.
 */
public final class Pseudonyms {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 8;

    private final SecretKey key;

    /**
     * Creates the pseudonyms of a server.
     *
     * @param masterKeys the first one derives the pseudonyms, so that rotating it changes them
     */
    public Pseudonyms(MasterKeys masterKeys) {
        var label = "keyswitch pseudonyms".getBytes(StandardCharsets.US_ASCII);
        var derived = hmac(new SecretKeySpec(masterKeys.encrypting().secret().getEncoded(), ALGORITHM), label);
        this.key = new SecretKeySpec(derived, ALGORITHM);
    }

    /** The pseudonym of an ID, as 16 hexadecimal digits. */
    public String of(String id) {
        return HexFormat.of().formatHex(hmac(key, id.getBytes(StandardCharsets.UTF_8)), 0, BYTES);
    }

    private static byte[] hmac(SecretKey key, byte[] message) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has " + ALGORITHM, e);
        }
    }
}
