package io.keyswitch.core;

/**
 * The client's ID of a thread, unique per user: the same ID of two users identifies two threads.
 *
 * @param value 1 to 128 characters, no control characters
 */
public record ThreadId(String value) {
    private static final int MAX_LENGTH = 128;

    public ThreadId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("a thread ID must have 1 to 128 characters and no control characters");
        }
    }

    public static boolean isValid(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.codePoints().noneMatch(Character::isISOControl);
    }

    @Override
    public String toString() {
        return value;
    }
}
