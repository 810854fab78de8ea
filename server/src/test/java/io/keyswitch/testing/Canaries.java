package io.keyswitch.testing;

import io.keyswitch.core.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Unique keys to search for wherever they could have been written: as is, URL-encoded, JSON-escaped and base64-encoded, in
 * windows of eight characters, so that fragments are found, too.
 */
public final class Canaries {
    private static final int WINDOW = 8;
    private static final int LENGTH = 40;
    /** How many characters before a match are reported. */
    private static final int CONTEXT = 80;

    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    private final SecureRandom random = new SecureRandom();
    private final Set<String> windows = new HashSet<>();

    /**
     * Returns a new key.
     *
     * @param prefix the start of the key; not searched for, because it is not secret
     */
    public String next(String prefix) {
        return next(prefix, LETTERS);
    }

    /**
     * Returns a new key with characters that URLs, JSON and base64 encode differently; no provider issues such keys.
     *
     * @param prefix the start of the key; not searched for, because it is not secret
     */
    public String odd(String prefix) {
        return next(prefix, LETTERS + "+/=&%~+/=&%~");
    }

    private String next(String prefix, String letters) {
        var secret = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            secret.append(letters.charAt(random.nextInt(letters.length())));
        }
        for (var form : forms(secret.toString())) {
            for (int at = 0; at + WINDOW <= form.length(); at++) {
                windows.add(form.substring(at, at + WINDOW));
            }
        }
        return prefix + secret;
    }

    /**
     * Searches a string for all keys.
     *
     * @param sink the name of the searched output, for the error message
     * @throws AssertionError if the string contains eight consecutive characters of a key
     */
    public void requireNoneIn(String sink, String text) {
        for (int at = 0; at + WINDOW <= text.length(); at++) {
            var window = text.substring(at, at + WINDOW);
            if (windows.contains(window)) {
                var before = text.substring(Math.max(0, at - CONTEXT), at);
                throw new AssertionError("%s holds %s of a key behind “%s”".formatted(sink, window, before));
            }
        }
    }

    private static Set<String> forms(String secret) {
        var forms = new LinkedHashSet<String>();
        forms.add(secret);
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        forms.add(Json.text(secret).replace("\"", ""));
        forms.add(secret.replace("/", "\\/"));
        for (int before = 0; before < 3; before++) {
            var base64 = Base64.getEncoder()
                    .withoutPadding()
                    .encodeToString(("x".repeat(before) + secret).getBytes(StandardCharsets.US_ASCII));
            // The first and last characters also depend on the bytes around the key.
            forms.add(base64.substring(before == 0 ? 0 : 4, base64.length() - 3));
        }
        return forms;
    }
}
