package io.keyswitch.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.IntStream;

/** Prints rows in columns as wide as they need. */
final class Table {
    private Table() {}

    static void print(List<List<String>> rows, PrintWriter out) {
        var widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            line.append(row.get(column))
                    .append(" ".repeat(widths[column] - row.get(column).length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
