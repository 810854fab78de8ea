package io.keyswitch.understanding;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/** A set of small numbers as bits, with the count of those below any number in constant time. Immutable. */
final class Marks {
    private final long[] words;
    /** The number of marks before each word. */
    private final int[] before;

    private Marks(long[] words) {
        this.words = words;
        this.before = new int[words.length];
        for (int word = 1; word < words.length; word++) {
            before[word] = before[word - 1] + Long.bitCount(words[word - 1]);
        }
    }

    /** @param size more than the greatest number */
    static Marks of(BitSet marked, int size) {
        var words = new long[(size >> 6) + 1];
        var used = marked.toLongArray();
        System.arraycopy(used, 0, words, 0, used.length);
        return new Marks(words);
    }

    boolean has(int place) {
        return (words[place >> 6] & 1L << place) != 0;
    }

    /** The number of marks before a place. */
    int countBefore(int place) {
        return before[place >> 6] + Long.bitCount(words[place >> 6] & (1L << place) - 1);
    }

    /** The first mark at a place or behind it; there must be one. */
    int next(int place) {
        int word = place >> 6;
        long rest = words[word] & -1L << place;
        while (rest == 0) {
            rest = words[++word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(rest);
    }

    /** Writes them as {@link #read} reads them. */
    void write(DataOutputStream out) throws IOException {
        for (long word : words) {
            out.writeLong(word);
        }
    }

    static Marks read(ByteBuffer in, int size) {
        var words = new long[(size >> 6) + 1];
        in.asLongBuffer().get(words);
        in.position(in.position() + words.length * Long.BYTES);
        return new Marks(words);
    }
}
