package io.keyswitch.secret;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The configured master keys: the first encrypts, all decrypt. Immutable. */
public final class MasterKeys {
    private final List<MasterKey> keys;

    private MasterKeys(List<MasterKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Parses one or more keys of 64 hex characters, separated by commas.
     *
     * @throws IllegalArgumentException if a key is invalid; the message is written to follow the variable's name
     */
    public static MasterKeys parse(String commaSeparated) {
        return new MasterKeys(Arrays.stream(commaSeparated.split(",", -1))
                .map(MasterKey::parse)
                .toList());
    }

    /** A new random key as 64 hex characters. */
    public static String generate() {
        var bytes = new byte[MasterKey.HEX_LENGTH / 2];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    MasterKey encrypting() {
        return keys.getFirst();
    }

    List<MasterKey> all() {
        return keys;
    }

    @Nullable
    MasterKey find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst().orElse(null);
    }

    public Set<String> ids() {
        return keys.stream().map(MasterKey::id).collect(Collectors.toUnmodifiableSet());
    }
}
