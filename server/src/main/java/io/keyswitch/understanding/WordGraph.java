package io.keyswitch.understanding;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Phrases and their values as a minimal acyclic automaton: phrases share their beginnings and ends, so an entry with
 * alternatives takes about the room of its text, however many phrases it stands for. Read letter by letter without copying.
 * Immutable.
 *
 * <p>Nodes are numbers. Built by subset construction, with equal nodes joined (Revuz, "Minimisation of acyclic deterministic
 * automata in linear time", 1992).
 */
final class WordGraph<V> {
    /** No phrase begins so. */
    static final int NONE = -1;

    private final int root;
    /** Where the edges of a node begin in {@link #letters} and {@link #targets}; they end where the next node's begin. */
    private final int[] edges;

    private final char[] letters;
    private final int[] targets;
    /** The place of a node's value in {@link #values}, or {@link #NONE}. */
    private final int[] valueOf;

    private final List<V> values;

    private WordGraph(int root, int[] edges, char[] letters, int[] targets, int[] valueOf, List<V> values) {
        this.root = root;
        this.edges = edges;
        this.letters = letters;
        this.targets = targets;
        this.valueOf = valueOf;
        this.values = values;
    }

    /** The node before the first letter. */
    int root() {
        return root;
    }

    /** The node behind another letter; {@link #NONE} if no phrase goes on so. */
    int next(int node, char letter) {
        if (node == NONE) {
            return NONE;
        }
        int edge = Arrays.binarySearch(letters, edges[node], edges[node + 1], letter);
        return edge < 0 ? NONE : targets[edge];
    }

    /** The value of the phrase that ends at a node; null if none does. */
    @Nullable
    V value(int node) {
        return node == NONE || valueOf[node] == NONE ? null : values.get(valueOf[node]);
    }

    /** The value of a phrase; null if it is none. */
    @Nullable
    V find(CharSequence phrase) {
        int node = root;
        for (int i = 0; i < phrase.length() && node != NONE; i++) {
            node = next(node, phrase.charAt(i));
        }
        return value(node);
    }

    /** How a value is written. */
    interface ValueWriter<V> {
        void write(V value, DataOutputStream out) throws IOException;
    }

    /** Writes it as {@link #read} reads it. */
    void write(DataOutputStream out, ValueWriter<V> writer) throws IOException {
        out.writeInt(root);
        out.writeInt(valueOf.length);
        out.writeInt(letters.length);
        for (int start : edges) {
            out.writeInt(start);
        }
        for (int value : valueOf) {
            out.writeInt(value);
        }
        for (int target : targets) {
            out.writeInt(target);
        }
        for (char letter : letters) {
            out.writeChar(letter);
        }
        out.writeInt(values.size());
        for (var value : values) {
            writer.write(value, out);
        }
    }

    /** @param value reads the next value */
    static <V> WordGraph<V> read(ByteBuffer in, Function<ByteBuffer, V> value) {
        int root = in.getInt();
        int nodes = in.getInt();
        int size = in.getInt();
        var edges = ints(in, nodes + 1);
        var valueOf = ints(in, nodes);
        var targets = ints(in, size);
        var letters = new char[size];
        in.asCharBuffer().get(letters);
        in.position(in.position() + size * Character.BYTES);
        int count = in.getInt();
        var values = new ArrayList<V>(count);
        for (int i = 0; i < count; i++) {
            values.add(value.apply(in));
        }
        return new WordGraph<>(root, edges, letters, targets, valueOf, List.copyOf(values));
    }

    private static int[] ints(ByteBuffer in, int count) {
        var ints = new int[count];
        in.asIntBuffer().get(ints);
        in.position(in.position() + count * Integer.BYTES);
        return ints;
    }

    /** The number of letters stored. */
    int size() {
        return letters.length;
    }

    /**
     * The words that a misspelt one may stand for, with their values: one letter more, less or another, or two swapped, but the
     * first, which is seldom wrong.
     */
    SortedMap<String, V> near(String word) {
        var near = new TreeMap<String, V>();
        int node = next(root, word.charAt(0));
        for (int i = 1; i <= word.length() && node != NONE; i++) {
            var start = word.substring(0, i);
            var rest = word.substring(i);
            if (!rest.isEmpty()) {
                add(start, node, rest.substring(1), near);
            }
            if (rest.length() > 1) {
                add(start, node, rest.charAt(1) + rest.substring(0, 1) + rest.substring(2), near);
            }
            for (int edge = edges[node]; edge < edges[node + 1]; edge++) {
                if (letters[edge] != ' ') {
                    var longer = start + letters[edge];
                    add(longer, targets[edge], rest, near);
                    add(longer, targets[edge], rest.isEmpty() ? rest : rest.substring(1), near);
                }
            }
            node = rest.isEmpty() ? NONE : next(node, rest.charAt(0));
        }
        return near;
    }

    private void add(String start, int node, String rest, Map<String, V> words) {
        int end = node;
        for (int i = 0; i < rest.length() && end != NONE; i++) {
            end = next(end, rest.charAt(i));
        }
        var value = value(end);
        if (value != null) {
            words.put(start + rest, value);
        }
    }

    /**
     * Collects entries.
     *
     * @param <S> what one entry adds to the value of a phrase
     */
    static final class Builder<S> {
        private final Map<S, End> ends = new LinkedHashMap<>();
        private final List<Place> starts = new ArrayList<>();

        /** Adds the phrases of an entry. Several blanks in a row count as one, those at the ends as none. */
        void add(Alternation entry, S sense) {
            starts.add(before(entry, ends.computeIfAbsent(sense, _ -> new End(ends.size()))));
        }

        private static Place before(Alternation entry, Place next) {
            var place = next;
            for (var part : entry.parts().reversed()) {
                var behind = place;
                place = switch (part) {
                    case Alternation.Part.Literal(var text) -> before(text, behind);
                    case Alternation.Part.OneOf(var alternatives) ->
                        new Fork(alternatives.stream()
                                .map(one -> before(one, behind))
                                .toList());
                };
            }
            return place;
        }

        private static Place before(String text, Place next) {
            var place = next;
            for (int i = text.length() - 1; i >= 0; i--) {
                place = new Letter(text.charAt(i), place);
            }
            return place;
        }

        /**
         * @param value what the senses of a phrase, in the order in which they were first added, amount to
         */
        <V> WordGraph<V> build(Function<List<S>, V> value) {
            return new Compiler<>(List.copyOf(ends.keySet()), value).compile(new Fork(starts));
        }
    }

    /** A place in an entry, compared by identity. */
    private sealed interface Place {}

    /** Before a letter. */
    private static final class Letter implements Place {
        private final char letter;
        private final Place next;

        Letter(char letter, Place next) {
            this.letter = letter;
            this.next = next;
        }
    }

    /** Where several places may be meant. */
    private static final class Fork implements Place {
        private final List<Place> ways;

        Fork(List<Place> ways) {
            this.ways = ways;
        }
    }

    /** Behind the last letter. */
    private static final class End implements Place {
        private final int sense;

        End(int sense) {
            this.sense = sense;
        }
    }

    /** Turns places into nodes: a node is the set of places that the same letters lead to. */
    private static final class Compiler<S, V> {
        private record Node(int value, String letters, List<Integer> targets) {}

        private final List<S> senses;
        private final Function<List<S>, V> value;
        private final Map<Set<Integer>, Integer> valueOfSenses = new HashMap<>();
        private final List<V> values = new ArrayList<>();
        private final Map<Set<Place>, Integer> nodeOfPlaces = new HashMap<>();
        private final Map<Node, Integer> nodes = new LinkedHashMap<>();

        Compiler(List<S> senses, Function<List<S>, V> value) {
            this.senses = senses;
            this.value = value;
        }

        WordGraph<V> compile(Place start) {
            var first = new HashSet<Place>();
            reach(start, true, first);
            int root = node(first);
            int size = nodes.keySet().stream()
                    .mapToInt(node -> node.letters().length())
                    .sum();
            var edges = new int[nodes.size() + 1];
            var letters = new char[size];
            var targets = new int[size];
            var valueOf = new int[nodes.size()];
            int number = 0;
            int edge = 0;
            for (var node : nodes.keySet()) {
                edges[number] = edge;
                valueOf[number++] = node.value();
                for (int i = 0; i < node.letters().length(); i++) {
                    letters[edge] = node.letters().charAt(i);
                    targets[edge++] = node.targets().get(i);
                }
            }
            edges[number] = edge;
            return new WordGraph<>(root, edges, letters, targets, valueOf, List.copyOf(values));
        }

        private int node(Set<Place> places) {
            var key = Set.copyOf(places);
            var known = nodeOfPlaces.get(key);
            if (known != null) {
                return known;
            }
            var behind = new TreeMap<Character, Set<Place>>();
            var ended = new TreeSet<Integer>();
            for (var place : key) {
                if (place instanceof Letter one) {
                    reach(one.next, one.letter == ' ', behind.computeIfAbsent(one.letter, _ -> new HashSet<>()));
                }
                end(place, ended);
            }
            behind.values().removeIf(Set::isEmpty);
            var letters = new StringBuilder();
            behind.keySet().forEach(letters::append);
            var targets = behind.values().stream().map(this::node).toList();
            int number =
                    nodes.computeIfAbsent(new Node(valueOf(ended), letters.toString(), targets), _ -> nodes.size());
            nodeOfPlaces.put(key, number);
            return number;
        }

        /** Adds the places that a place stands for, without a second blank and an end behind a blank. */
        private static void reach(Place place, boolean behindBlank, Set<Place> reached) {
            switch (place) {
                case Fork fork -> fork.ways.forEach(way -> reach(way, behindBlank, reached));
                case Letter one when behindBlank && one.letter == ' ' -> reach(one.next, true, reached);
                case Letter one -> reached.add(one);
                case End end -> {
                    if (!behindBlank) {
                        reached.add(end);
                    }
                }
            }
        }

        /** Adds the senses of what ends at a place, or after nothing but blanks. */
        private static void end(Place place, Set<Integer> ended) {
            switch (place) {
                case Fork fork -> fork.ways.forEach(way -> end(way, ended));
                case Letter one when one.letter == ' ' -> end(one.next, ended);
                case Letter _ -> {}
                case End end -> ended.add(end.sense);
            }
        }

        private int valueOf(Set<Integer> ended) {
            return ended.isEmpty()
                    ? NONE
                    : valueOfSenses.computeIfAbsent(ended, _ -> {
                        values.add(value.apply(ended.stream().map(senses::get).toList()));
                        return values.size() - 1;
                    });
        }
    }
}
