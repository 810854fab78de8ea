package io.keyswitch.swarmspace;

import io.keyswitch.core.UserId;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The ID of a user for workers: the Firebase UID, as SwarmSpace's own router sends it, or the full ID for other
 * issuers.
 */
final class WorkerUser {
    private static final Pattern FIREBASE = Pattern.compile("^firebase/[^/]*/");
    private static final Pattern NOT_FOR_A_HEADER = Pattern.compile("[^\\x21-\\x24\\x26-\\x7e]");

    private WorkerUser() {}

    /** The id as a header's value; other characters than visible ASCII are percent-encoded. */
    static String header(UserId user) {
        var id = FIREBASE.matcher(user.value()).replaceFirst("");
        return NOT_FOR_A_HEADER.matcher(id).replaceAll(found -> encoded(found.group()));
    }

    private static String encoded(String character) {
        var encoded = new StringBuilder();
        for (byte one : character.getBytes(StandardCharsets.UTF_8)) {
            encoded.append("%%%02X".formatted(one));
        }
        return encoded.toString();
    }
}
