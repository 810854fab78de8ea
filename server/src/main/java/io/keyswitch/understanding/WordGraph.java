package io.keyswitch.understanding;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Phrases and their values as a minimal acyclic automaton: phrases share their beginnings and ends, so an entry with
 * alternatives takes about the room of its text, however many phrases it stands for. Read letter by letter without copying.
 * Immutable.
 *
 * <p>Nodes are numbers: the place of the first of their edges, which lie beside each other in the order of their letters. A node
 * that most others lead on to lies right behind its edge, so that the target of few edges has to be stored. Built by subset
 * construction, with equal nodes joined (Revuz, "Minimisation of acyclic deterministic automata in linear time", 1992).
 */
final class WordGraph<V> {
    /** No phrase begins so. */
    static final int NONE = -1;

    /** A node without edges is this less the place of its value. */
    private static final int FIRST_LEAF = -2;

    private final int root;
    private final Edges edges;
    private final Values<V> values;

    private WordGraph(int root, Edges edges, Values<V> values) {
        this.root = root;
        this.edges = edges;
        this.values = values;
    }

    /** The node before the first letter. */
    int root() {
        return root;
    }

    /** The node behind another letter; {@link #NONE} if no phrase goes on so. */
    int next(int node, char letter) {
        if (node < 0) {
            return NONE;
        }
        int edge = Arrays.binarySearch(edges.letters, node, edges.last.next(node) + 1, letter);
        return edge < 0 ? NONE : edges.target(edge);
    }

    /** The value of the phrase that ends at a node; null if none does. */
    @Nullable
    V value(int node) {
        return node == NONE ? null : values.of(node);
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
        edges.write(out);
        values.write(out, writer);
    }

    private static void write(char[] chars, DataOutputStream out) throws IOException {
        out.writeInt(chars.length);
        for (char one : chars) {
            out.writeChar(one);
        }
    }

    /** @param value reads the next value */
    static <V> WordGraph<V> read(ByteBuffer in, Function<ByteBuffer, V> value) {
        int root = in.getInt();
        var edges = Edges.read(in);
        return new WordGraph<>(root, edges, Values.read(in, edges.letters.length, value));
    }

    private static char[] chars(ByteBuffer in) {
        var chars = new char[in.getInt()];
        in.asCharBuffer().get(chars);
        in.position(in.position() + chars.length * Character.BYTES);
        return chars;
    }

    /** How many bytes it takes, without its values. */
    int bytes() {
        int marks = 3 * edges.letters.length / Byte.SIZE * 3 / 2;
        return (edges.letters.length + values.places.length) * Character.BYTES
                + edges.targets.length * Integer.BYTES
                + marks;
    }

    /** Letters, and where they lead. */
    private static final class Edges {
        private final char[] letters;
        /** The edges that are the last of their node. */
        private final Marks last;
        /** The edges that lead to the node right behind them. */
        private final Marks near;
        /** Where the other edges lead. */
        private final int[] targets;

        Edges(char[] letters, Marks last, Marks near, int[] targets) {
            this.letters = letters;
            this.last = last;
            this.near = near;
            this.targets = targets;
        }

        int target(int edge) {
            return near.has(edge) ? edge + 1 : targets[edge - near.countBefore(edge)];
        }

        void write(DataOutputStream out) throws IOException {
            WordGraph.write(letters, out);
            last.write(out);
            near.write(out);
            out.writeInt(targets.length);
            for (int target : targets) {
                out.writeInt(target);
            }
        }

        static Edges read(ByteBuffer in) {
            var letters = chars(in);
            var last = Marks.read(in, letters.length);
            var near = Marks.read(in, letters.length);
            var targets = new int[in.getInt()];
            in.asIntBuffer().get(targets);
            in.position(in.position() + targets.length * Integer.BYTES);
            return new Edges(letters, last, near, targets);
        }
    }

    /** The values of nodes. */
    private static final class Values<V> {
        /** The nodes with edges that have one. */
        private final Marks valued;
        /** Where those are in {@link #all}. */
        private final char[] places;

        private final List<V> all;

        Values(Marks valued, char[] places, List<V> all) {
            this.valued = valued;
            this.places = places;
            this.all = all;
        }

        @Nullable
        V of(int node) {
            if (node < 0) {
                return all.get(FIRST_LEAF - node);
            }
            return valued.has(node) ? all.get(places[valued.countBefore(node)]) : null;
        }

        void write(DataOutputStream out, ValueWriter<V> writer) throws IOException {
            valued.write(out);
            WordGraph.write(places, out);
            out.writeInt(all.size());
            for (var value : all) {
                writer.write(value, out);
            }
        }

        static <V> Values<V> read(ByteBuffer in, int edges, Function<ByteBuffer, V> value) {
            var valued = Marks.read(in, edges);
            var places = chars(in);
            var all = Stream.generate(() -> value.apply(in)).limit(in.getInt()).toList();
            return new Values<>(valued, places, all);
        }
    }

    /**
     * The words that a misspelt one may stand for, with their values: one letter more, less or another, or two swapped, but the
     * first, which is seldom wrong.
     */
    SortedMap<String, V> near(String word) {
        var words = new TreeMap<String, V>();
        int node = next(root, word.charAt(0));
        for (int i = 1; i <= word.length() && node != NONE; i++) {
            addMore(word, i, node, words);
            if (i < word.length()) {
                add(word, i, "", node, i + 1, words);
                node = next(node, word.charAt(i));
            }
        }
        return words;
    }

    /** Adds the words with one letter more, another or two swapped at a place. */
    private void addMore(String word, int at, int node, Map<String, V> words) {
        for (int edge = node; node >= 0 && edge <= edges.last.next(node); edge++) {
            if (edges.letters[edge] != ' ') {
                var letter = String.valueOf(edges.letters[edge]);
                int behind = edges.target(edge);
                add(word, at, letter, behind, at, words);
                add(word, at, letter, behind, Math.min(at + 1, word.length()), words);
            }
        }
        if (at + 1 < word.length()) {
            var swapped = "" + word.charAt(at + 1) + word.charAt(at);
            add(word, at, swapped, next(next(node, swapped.charAt(0)), swapped.charAt(1)), at + 2, words);
        }
    }

    /** Adds the word of its letters before a place, others, and its rest, if it is one. */
    private void add(String word, int at, String others, int node, int rest, Map<String, V> words) {
        int end = node;
        for (int i = rest; i < word.length() && end != NONE; i++) {
            end = next(end, word.charAt(i));
        }
        var value = value(end);
        if (value != null) {
            words.put(word.substring(0, at) + others + word.substring(rest), value);
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

    /**
     * @param value the place of its value; {@link #NONE} if it has none
     * @param targets the numbers of the nodes behind the letters
     */
    private record Node(int value, String letters, List<Integer> targets) {}

    /** Turns places into nodes: a node is the set of places that the same letters lead to. */
    private static final class Compiler<S, V> {
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
            return new Layout(List.copyOf(nodes.keySet())).graph(root, List.copyOf(values));
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

    /** Lays nodes out so that as many as possible lie right behind an edge that leads to them. */
    private static final class Layout {
        private final List<Node> nodes;
        /** The first edges of the nodes; {@link #NONE} for those without a place. */
        private final int[] starts;

        private final List<Integer> order = new ArrayList<>();
        private int size;

        Layout(List<Node> nodes) {
            this.nodes = nodes;
            this.starts = new int[nodes.size()];
            Arrays.fill(starts, NONE);
        }

        <V> WordGraph<V> graph(int root, List<V> values) {
            if (values.size() > Character.MAX_VALUE) {
                throw new IllegalArgumentException("too many different values: " + values.size());
            }
            placeAllFrom(root);
            var letters = new char[size];
            var last = new BitSet();
            var near = new BitSet();
            var targets = IntStream.builder();
            var valued = new BitSet();
            var valueOf = new StringBuilder();
            int edge = 0;
            for (int number : order) {
                var node = nodes.get(number);
                if (node.value() != NONE) {
                    valued.set(edge);
                    valueOf.append((char) node.value());
                }
                for (int i = 0; i < node.letters().length(); i++, edge++) {
                    letters[edge] = node.letters().charAt(i);
                    int target = place(node.targets().get(i));
                    last.set(edge, i == node.letters().length() - 1);
                    near.set(edge, target == edge + 1 && last.get(edge));
                    if (!near.get(edge)) {
                        targets.add(target);
                    }
                }
            }
            return new WordGraph<>(
                    place(root),
                    new Edges(
                            letters,
                            Marks.of(last, size),
                            Marks.of(near, size),
                            targets.build().toArray()),
                    new Values<>(Marks.of(valued, size), valueOf.toString().toCharArray(), values));
        }

        private int place(int number) {
            return starts[number] == NONE ? FIRST_LEAF - nodes.get(number).value() : starts[number];
        }

        private void placeAllFrom(int root) {
            var waiting = new ArrayDeque<>(List.of(root));
            while (!waiting.isEmpty()) {
                int number = waiting.pop();
                while (starts[number] == NONE && !nodes.get(number).targets().isEmpty()) {
                    var targets = nodes.get(number).targets();
                    starts[number] = size;
                    order.add(number);
                    size += targets.size();
                    targets.subList(0, targets.size() - 1).forEach(waiting::push);
                    number = targets.getLast();
                }
            }
        }
    }
}
