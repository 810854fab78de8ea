package io.keyswitch.provider;

import java.util.regex.Pattern;

/**
 * The ID of a provider in the registry, such as {@code mistral}.
 *
 * @param value lower-case letters, digits and dashes, 2 to 32 of them, beginning with a letter
 */
public record ProviderId(String value) {
    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{1,31}");

    public ProviderId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("a provider id has 2 to 32 lower-case letters, digits and dashes");
        }
    }

    public static boolean isValid(String text) {
        return SHAPE.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
