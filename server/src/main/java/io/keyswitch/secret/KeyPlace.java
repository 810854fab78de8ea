package io.keyswitch.secret;

import io.keyswitch.core.UserId;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ProviderId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Where a stored key belongs. It can be decrypted nowhere else. */
public record KeyPlace(UserId user, ProviderId provider, Endpoint endpoint) {

    /** Each part with its length before it, so that no two places share their bytes. */
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
