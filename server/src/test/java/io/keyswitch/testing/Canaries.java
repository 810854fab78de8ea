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
 * Unique keys to be sought afterwards wherever something could have been written: as they are, URL-encoded, JSON-escaped and
 * in base64, each in windows of eight characters, so that a part is found, too.
 */
public final class Canaries {
    private static final int WINDOW = 8;
    private static final int LENGTH = 40;
    /** How much of what stands before a find is told. */
    private static final int CONTEXT = 80;

    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    private final SecureRandom random = new SecureRandom();
    private final Set<String> windows = new HashSet<>();

    /**
     * A new key.
     *
     * @param prefix how it begins; not sought, for everybody may know it
     */
    public String next(String prefix) {
        return next(prefix, LETTERS);
    }

    /**
     * A new key with characters that URLs, JSON and base64 write in other ways; no vendor's keys look so.
     *
     * @param prefix how it begins; not sought, for everybody may know it
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
     * Seeks all keys in a text.
     *
     * @param sink where the text was found
     * @throws AssertionError if it holds eight characters of one
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
            // The first and last characters mix with what stands around the key.
            forms.add(base64.substring(before == 0 ? 0 : 4, base64.length() - 3));
        }
        return forms;
    }
}
