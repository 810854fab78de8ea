package io.keyswitch.simulator;

import java.util.concurrent.ThreadLocalRandom;

/** Generates random IDs in the providers' formats. */
final class Ids {
    private static final String HEX = "0123456789abcdef";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private Ids() {}

    static String hex(int length) {
        return from(HEX, length);
    }

    static String letters(int length) {
        return from(LETTERS, length);
    }

    private static String from(String alphabet, int length) {
        var random = ThreadLocalRandom.current();
        var id = new StringBuilder(length);
        for (var i = 0; i < length; i++) {
            id.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return id.toString();
    }

    /** The current Unix time in seconds. */
    static long seconds() {
        return System.currentTimeMillis() / 1000;
    }
}
