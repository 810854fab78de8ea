package io.keyswitch.conversation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files of labelled messages, and the tables of how many of them are understood. */
final class LabelledMessages {
    private LabelledMessages() {}

    /** The tab-separated columns of the lines of a resource, without its comments. */
    static List<String[]> read(String resource) throws IOException {
        try (InputStream file = LabelledMessages.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(file, resource).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", 4))
                    .toList();
        }
    }

    /** How many of the messages of each kind are understood. */
    static final class Table {
        private final Map<String, Tally> rows = new TreeMap<>();

        void count(String kind, boolean understood) {
            var tally = rows.computeIfAbsent(kind, _ -> new Tally());
            tally.all++;
            tally.understood += understood ? 1 : 0;
        }

        /** The share of each kind that is understood. */
        Map<String, Double> shares() {
            return rows.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, row -> row.getValue().share()));
        }

        /** The table in Markdown. */
        String as(String heading) {
            return Stream.concat(
                            Stream.of("| " + heading + " | messages | understood |", "|---|--:|--:|"),
                            rows.entrySet().stream()
                                    .map(row -> "| " + row.getKey() + " | " + row.getValue().all + " | "
                                            + row.getValue().understood + " |"))
                    .collect(Collectors.joining("\n", "", "\n"));
        }
    }

    private static final class Tally {
        private int understood;
        private int all;

        double share() {
            return (double) understood / all;
        }
    }
}
