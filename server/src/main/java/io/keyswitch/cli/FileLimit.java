package io.keyswitch.cli;

import io.keyswitch.process.OpenFiles;
import io.keyswitch.settings.Settings;
import io.keyswitch.settings.SettingsException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the number of files that may be open with what the settings ask for. */
final class FileLimit {
    private static final Logger LOG = LoggerFactory.getLogger(FileLimit.class);

    private FileLimit() {}

    /**
     * Warns if fewer connections are possible than the settings allow.
     *
     * @throws SettingsException if there are too few for a server
     */
    static void check(Settings settings) {
        var files = OpenFiles.ofThisProcess();
        if (files.isTooFew()) {
            throw new SettingsException(List.of(
                    ("only %d files and connections may be open at once, and at least %d are needed: raise the limit, for"
                                    + " example with 'ulimit -n 65536'")
                            .formatted(files.max(), OpenFiles.MIN)));
        }
        int wanted = settings.limits().connections();
        int possible = files.connections(wanted);
        if (possible < wanted) {
            LOG.warn(
                    "limits.connections is {}, but only {} client connections are possible, because only {} files may be open"
                            + " at once: raise the limit, for example with 'ulimit -n 65536'",
                    wanted,
                    possible,
                    files.max());
        }
    }
}
