package io.keyswitch.auth;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Reads a token in compact form (RFC 7515, section 7.1). Only its one canonical spelling is taken: lenient decoders let many
 * texts stand for the same token, and each would be remembered anew.
 */
final class CompactToken {
    private static final Pattern PARTS = Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]*)");

    private CompactToken() {}

    /**
     * Reads a token, without believing it.
     *
     * @throws InvalidTokenException if it is none
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
     * Checks the spelling of a token.
     *
     * @throws InvalidTokenException if it is not the canonical one
     */
    static void requireCanonical(String text) {
        var parts = PARTS.matcher(text);
        Claims.require(parts.matches(), "not a JWT");
        for (int part = 1; part <= 3; part++) {
            Claims.require(isCanonical(parts.group(part)), "not spelt as base64url is");
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
