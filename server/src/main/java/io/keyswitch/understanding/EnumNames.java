package io.keyswitch.understanding;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Sets of constants by their names, as compiled lexicons hold them. */
final class EnumNames {
    private EnumNames() {}

    static <E extends Enum<E>> void write(Set<E> constants, DataOutputStream out) throws IOException {
        out.writeByte(constants.size());
        for (var constant : constants) {
            var name = constant.name().getBytes(StandardCharsets.US_ASCII);
            out.writeByte(name.length);
            out.write(name);
        }
    }

    static <E extends Enum<E>> Set<E> read(ByteBuffer in, Class<E> type) {
        var constants = EnumSet.noneOf(type);
        for (int left = in.get(); left > 0; left--) {
            var name = new byte[in.get()];
            in.get(name);
            constants.add(Enum.valueOf(type, new String(name, StandardCharsets.US_ASCII)));
        }
        return Collections.unmodifiableSet(constants);
    }
}
