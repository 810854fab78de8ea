package io.keyswitch.core;

/**
 * A user's name for a thread. Private to the user: the same id of two users is two threads.
 *
 * @param value the client's, 1 to 128 characters, none of them a control character
 */
public record ThreadId(String value) {
    private static final int MAX_LENGTH = 128;

    public ThreadId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("a thread id has 1 to 128 characters and no control characters");
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
