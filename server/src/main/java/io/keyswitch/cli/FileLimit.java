package io.keyswitch.cli;

import io.keyswitch.process.OpenFiles;
import io.keyswitch.settings.Settings;
import io.keyswitch.settings.SettingsException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks that the limit on open files suffices for the settings. */
final class FileLimit {
    private static final Logger LOG = LoggerFactory.getLogger(FileLimit.class);

    private FileLimit() {}

    /**
     * Warns if fewer connections are possible than the settings allow.
     *
     * @throws SettingsException if the limit is too low to run a server
     */
    static void check(Settings settings) {
        var files = OpenFiles.ofThisProcess();
        if (files.isTooFew()) {
            throw new SettingsException(List.of(files.tooFew()));
        }
        int wanted = settings.limits().connections();
        if (files.connections(wanted) < wanted) {
            LOG.warn(files.fewerThan(wanted));
        }
    }
}
