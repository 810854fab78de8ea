package io.keyswitch.llm.transport;

import io.keyswitch.secret.ApiKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes a key out of what a provider sent back: some quote it in their errors and logs. */
final class KeyScrub {
    private final byte[] key;

    KeyScrub(ApiKey key) {
        this.key = key.reveal().getBytes(StandardCharsets.US_ASCII);
    }

    /** The same bytes with asterisks in place of the key; changed in place. */
    byte[] scrub(byte[] bytes) {
        for (int at = indexOf(bytes, 0); at >= 0; at = indexOf(bytes, at + key.length)) {
            Arrays.fill(bytes, at, at + key.length, (byte) '*');
        }
        return bytes;
    }

    private int indexOf(byte[] bytes, int from) {
        for (int i = from; i <= bytes.length - key.length; i++) {
            if (bytes[i] == key[0] && Arrays.equals(bytes, i, i + key.length, key, 0, key.length)) {
                return i;
            }
        }
        return -1;
    }
}
