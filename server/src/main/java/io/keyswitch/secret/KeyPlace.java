package io.keyswitch.secret;

import io.keyswitch.core.UserId;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ProviderId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The user, provider and endpoint that a stored key is bound to. It can be decrypted for no others. */
public record KeyPlace(UserId user, ProviderId provider, Endpoint endpoint) {

    /** The parts, each prefixed with its length, so that different places never have the same bytes. */
    byte[] bytes() {
        var out = new ByteArrayOutputStream();
        for (var part : new String[] {user.value(), provider.value(), endpoint.baseUrl()}) {
            var utf8 = part.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
            out.writeBytes(utf8);
        }
        return out.toByteArray();
    }
}
