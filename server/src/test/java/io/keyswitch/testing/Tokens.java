package io.keyswitch.testing;

import io.keyswitch.core.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Unsigned tokens like those of the Firebase Auth emulator. */
public final class Tokens {
    public static final String PROJECT = "demo-keyswitch";
    public static final String ISSUER = "https://securetoken.google.com/" + PROJECT;

    private Tokens() {}

    public static String emulator(String user) {
        return unsigned(claims(user));
    }

    public static Map<String, Object> claims(String user) {
        long now = Instant.now().getEpochSecond();
        return new HashMap<>(Map.of(
                "iss",
                ISSUER,
                "aud",
                PROJECT,
                "sub",
                user,
                "user_id",
                user,
                "iat",
                now,
                "auth_time",
                now,
                "exp",
                now + 3600));
    }

    public static String unsigned(Map<String, Object> claims) {
        return part(Map.of("alg", "none", "typ", "JWT")) + "." + part(claims) + ".";
    }

    private static String part(Map<String, Object> json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.text(json).getBytes(StandardCharsets.UTF_8));
    }
}
