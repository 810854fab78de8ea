package io.keyswitch.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints rows in aligned columns. Column widths come from the first rows; later rows are printed at once, unbuffered.
 */
final class Table {
    private static final int MEASURED_ROWS = 1000;

    private final PrintWriter out;
    private final int[] widths;
    private final List<List<String>> measured = new ArrayList<>();
    private boolean printing;

    Table(List<String> header, PrintWriter out) {
        this.out = out;
        this.widths = new int[header.size()];
        add(header);
    }

    void add(List<String> row) {
        if (printing) {
            print(row);
            return;
        }
        measured.add(row);
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], row.get(column).length());
        }
        if (measured.size() > MEASURED_ROWS) {
            end();
        }
    }

    /** Prints the buffered rows. */
    void end() {
        measured.forEach(this::print);
        measured.clear();
        printing = true;
        out.flush();
    }

    /** Avoids {@code println}, which would flush after each row. */
    private void print(List<String> row) {
        out.print(line(row) + System.lineSeparator());
    }

    private String line(List<String> row) {
        var line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            var cell = row.get(column);
            line.append(cell).append(" ".repeat(Math.max(0, widths[column] - cell.length()) + 2));
        }
        return line.toString().stripTrailing();
    }
}
