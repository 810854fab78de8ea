package io.keyswitch.doctor;

import io.keyswitch.process.OpenFiles;
import io.keyswitch.settings.Settings;
import io.keyswitch.sql.DatabaseLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/** Examines the limits of the machine. */
final class MachineExam {
    private static final String FILES = "files";
    private static final String DISK = "disk";
    private static final long MEGABYTE = 1L << 20;
    /** Below this, a write-ahead log may not grow as far as it usually does. */
    private static final long LEAST_BYTES = 100 * MEGABYTE;

    private static final long ENOUGH_BYTES = 1024 * MEGABYTE;

    private final Settings settings;
    private final Consumer<Finding> report;

    MachineExam(Settings settings, Consumer<Finding> report) {
        this.settings = settings;
        this.report = report;
    }

    void examineFiles() {
        var files = OpenFiles.ofThisProcess();
        int wanted = settings.limits().connections();
        if (files.isTooFew()) {
            report.accept(Finding.failed(FILES, files.tooFew()));
        } else if (files.connections(wanted) < wanted) {
            report.accept(Finding.warning(FILES, files.fewerThan(wanted)));
        } else {
            report.accept(Finding.ok(FILES, "Enough files and connections may be open at once"));
        }
    }

    /** A full disk stops all changes; a backup needs as much again as the database. */
    void examineDisk() {
        if (settings.database() instanceof DatabaseLocation.File(var file)) {
            examineDisk(file.toAbsolutePath());
        } else {
            report.accept(Finding.ok(DISK, "The disk of the database's server is not seen from here: watch it there"));
        }
    }

    private void examineDisk(Path file) {
        try {
            var directory = Objects.requireNonNull(file.getParent());
            long free = Files.getFileStore(directory).getUsableSpace();
            long wanted = Math.max(ENOUGH_BYTES, Files.exists(file) ? Files.size(file) : 0);
            var space = String.format(Locale.ROOT, "%,d MB are free in %s", free / MEGABYTE, directory);
            if (free < LEAST_BYTES) {
                report.accept(Finding.failed(DISK, "Only " + space + ": make room, or changes will be rejected soon"));
            } else if (free < wanted) {
                report.accept(Finding.warning(
                        DISK,
                        String.format(
                                Locale.ROOT, "Only %s, and %,d MB are wanted: make room", space, wanted / MEGABYTE)));
            } else {
                report.accept(Finding.ok(DISK, space));
            }
        } catch (IOException e) {
            report.accept(Finding.failed(
                    DISK, "The directory of %s cannot be accessed: it must exist and be writable".formatted(file)));
        }
    }
}
