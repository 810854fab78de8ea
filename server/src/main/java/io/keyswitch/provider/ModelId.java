package io.keyswitch.provider;

/**
 * A provider's ID of a model: free text, so that new models need no release.
 *
 * @param value 2 to 128 characters, none of them a control or formatting character
 */
public record ModelId(String value) {
    public static final int MIN_LENGTH = 2;
    public static final int MAX_LENGTH = 128;

    public ModelId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("a model id has 2 to 128 characters and no control characters");
        }
    }

    /** Whether a string is a valid model ID. Surrounding whitespace makes it invalid. */
    public static boolean isValid(String text) {
        return text.length() >= MIN_LENGTH
                && text.length() <= MAX_LENGTH
                && text.equals(text.strip())
                && text.codePoints().noneMatch(ModelId::isUnprintable);
    }

    private static boolean isUnprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return value;
    }
}
