package io.keyswitch.auth;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Parses tokens in JWS compact serialization (RFC 7515, section 7.1). Only canonical base64url is accepted: with a
 * lenient decoder, one token has many spellings, each with a cache entry of its own.
 */
final class CompactToken {
    private static final Pattern PARTS = Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]*)");

    private CompactToken() {}

    /**
     * Parses a token without verifying it.
     *
     * @throws InvalidTokenException if it is malformed
     */
    static JWT parse(String text) {
        requireCanonical(text);
        try {
            return JWTParser.parse(text);
        } catch (ParseException _) {
            throw new InvalidTokenException("not a JWT");
        }
    }

    /**
     * Checks that the parts of a token are canonical base64url.
     *
     * @throws InvalidTokenException if they are not
     */
    static void requireCanonical(String text) {
        var parts = PARTS.matcher(text);
        Claims.require(parts.matches(), "not a JWT");
        for (int part = 1; part <= 3; part++) {
            Claims.require(isCanonical(parts.group(part)), "not canonical base64url");
        }
    }

    private static boolean isCanonical(String part) {
        try {
            var bytes = Base64.getUrlDecoder().decode(part);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
