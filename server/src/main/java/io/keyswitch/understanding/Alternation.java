package io.keyswitch.understanding;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** An entry with alternatives: {@code (change|passe) (de |)modèle} stands for four phrases. They may be nested. Immutable. */
record Alternation(List<Part> parts) {
    /** What follows one another in an entry. */
    sealed interface Part {
        record Literal(String text) implements Part {}

        record OneOf(List<Alternation> alternatives) implements Part {}
    }

    Alternation {
        parts = List.copyOf(parts);
    }

    /** @throws IllegalArgumentException if the entry's parentheses are unbalanced */
    static Alternation parse(String entry) {
        var parts = new ArrayList<Part>();
        int at = 0;
        while (at < entry.length()) {
            int start = entry.indexOf('(', at);
            int literalEnd = start < 0 ? entry.length() : start;
            if (literalEnd > at) {
                parts.add(new Part.Literal(entry.substring(at, literalEnd)));
            }
            at = literalEnd;
            if (start >= 0) {
                int end = closing(entry, start);
                parts.add(new Part.OneOf(alternatives(entry.substring(start + 1, end)).stream()
                        .map(Alternation::parse)
                        .toList()));
                at = end + 1;
            }
        }
        return new Alternation(parts);
    }

    /** A text that has no alternatives, whatever its characters. */
    static Alternation literal(String text) {
        return new Alternation(List.of(new Part.Literal(text)));
    }

    /** The same alternatives of changed texts. */
    Alternation map(UnaryOperator<String> change) {
        return new Alternation(parts.stream().map(part -> changed(part, change)).toList());
    }

    private static Part changed(Part part, UnaryOperator<String> change) {
        return switch (part) {
            case Part.Literal(var text) -> new Part.Literal(change.apply(text));
            case Part.OneOf(var alternatives) ->
                new Part.OneOf(alternatives.stream().map(one -> one.map(change)).toList());
        };
    }

    private static int closing(String entry, int start) {
        int depth = 0;
        for (int i = start; i < entry.length(); i++) {
            depth += depth(entry.charAt(i));
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("unbalanced parentheses in the lexicon entry \"" + entry + "\"");
    }

    /** The parts between the bars that are in no inner parentheses. */
    private static List<String> alternatives(String group) {
        var alternatives = new ArrayList<String>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < group.length(); i++) {
            depth += depth(group.charAt(i));
            if (depth == 0 && group.charAt(i) == '|') {
                alternatives.add(group.substring(from, i));
                from = i + 1;
            }
        }
        alternatives.add(group.substring(from));
        return alternatives;
    }

    private static int depth(char c) {
        return c == '(' ? 1 : c == ')' ? -1 : 0;
    }
}
