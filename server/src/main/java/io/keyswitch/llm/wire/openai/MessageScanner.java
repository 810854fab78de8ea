package io.keyswitch.llm.wire.openai;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the end of a list of messages that have only a role and a string, validating what it passes. A parser of all JSON takes several
 * times as long.
 */
final class MessageScanner {
    /** The list is not valid, or other messages are in it. */
    static final int OTHER = -1;

    /** Together with the other fields they stay below the tree parser's limit of tokens. */
    private static final int MAX_MESSAGES = 10_000;

    private static final byte[] ROLE = ascii("\"role\"");
    private static final byte[] CONTENT = ascii("\"content\"");
    private static final List<byte[]> ROLES = List.of(ascii("\"user\""), ascii("\"assistant\""), ascii("\"system\""));
    private static final int HEX_DIGITS = 4;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH_BITS = EACH << 7;

    private final byte[] json;
    private int at;
    private boolean isAscii = true;

    private MessageScanner(byte[] json, int from) {
        this.json = json;
        this.at = from;
    }

    /**
     * Scans a list in UTF-8.
     *
     * @param from the place of the bracket that opens the list
     * @return behind the bracket that closes it; {@link #OTHER} if the tree parser has to judge
     */
    static int end(byte[] json, int from) {
        var scanner = new MessageScanner(json, from);
        return scanner.passList() && (scanner.isAscii || isUtf8(json, from, scanner.at)) ? scanner.at : OTHER;
    }

    private boolean passList() {
        if (!pass('[')) {
            return false;
        }
        int count = 0;
        do {
            if (++count > MAX_MESSAGES || !passMessage()) {
                return false;
            }
        } while (pass(','));
        return pass(']');
    }

    private boolean passMessage() {
        if (!pass('{')) {
            return false;
        }
        return pass(ROLE)
                ? passRole() && pass(',') && pass(CONTENT) && passContent() && pass('}')
                : pass(CONTENT) && passContent() && pass(',') && pass(ROLE) && passRole() && pass('}');
    }

    private boolean passRole() {
        if (!pass(':')) {
            return false;
        }
        for (var role : ROLES) {
            if (pass(role)) {
                return true;
            }
        }
        return false;
    }

    private boolean passContent() {
        return pass(':') && pass('"') && beginsVisibly() && passRestOfString();
    }

    /** Whether a string is certainly not blank: it begins neither with its end, an escape nor any white space. */
    private boolean beginsVisibly() {
        if (at + 1 >= json.length) {
            return false;
        }
        return switch (json[at] & 0xFF) {
            case '"', '\\', ' ' -> false;
            // The first bytes of the white space beyond ASCII: U+1680, U+2000 to U+205F, U+3000.
            case 0xE1, 0xE2 -> false;
            case 0xE3 -> json[at + 1] != (byte) 0x80;
            default -> true;
        };
    }

    private boolean passRestOfString() {
        passPlain();
        while (at < json.length) {
            byte next = json[at++];
            if (next == '"') {
                return true;
            }
            if (next < 0) {
                isAscii = false;
            } else if (next < ' ' || (next == '\\' && !passEscaped())) {
                return false;
            }
            passPlain();
        }
        return false;
    }

    /** Passes ASCII without quotes, backslashes and control characters, eight bytes at a time; may stop earlier. */
    private void passPlain() {
        while (at + Long.BYTES <= json.length) {
            long bytes = (long) EIGHT_BYTES.get(json, at);
            // A subtraction sets the high bit of a byte that was too small; up to the first such byte nothing is
            // borrowed.
            long special = (bytes | bytes - EACH * ' ' | (bytes ^ EACH * '"') - EACH | (bytes ^ EACH * '\\') - EACH)
                    & HIGH_BITS;
            if (special != 0) {
                at += Long.numberOfTrailingZeros(special) / Byte.SIZE;
                return;
            }
            at += Long.BYTES;
        }
    }

    /** Passes what follows a backslash, except halves of surrogate pairs. */
    private boolean passEscaped() {
        if (at == json.length) {
            return false;
        }
        return switch (json[at++]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
            case 'u' -> passHex();
            default -> false;
        };
    }

    private boolean passHex() {
        if (at + HEX_DIGITS > json.length || (json[at] | 0x20) == 'd') {
            return false;
        }
        for (int end = at + HEX_DIGITS; at < end; at++) {
            if (Character.digit(json[at], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Passes blanks and then the sign, if it is next. */
    private boolean pass(char sign) {
        passBlanks();
        if (at < json.length && json[at] == sign) {
            at++;
            return true;
        }
        return false;
    }

    /** Passes blanks and then the bytes, if they are next. */
    private boolean pass(byte[] bytes) {
        passBlanks();
        int end = at + bytes.length;
        if (end <= json.length && Arrays.equals(json, at, end, bytes, 0, bytes.length)) {
            at = end;
            return true;
        }
        return false;
    }

    private void passBlanks() {
        while (at < json.length && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
    }

    private static boolean isUtf8(byte[] json, int from, int to) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json, from, to - from));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
