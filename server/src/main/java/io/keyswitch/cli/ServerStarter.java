package io.keyswitch.cli;

import io.keyswitch.http.web.WebPage;
import io.keyswitch.settings.Settings;

/** Starts the server; given by the composition root, so that commands need not know how it is put together. */
@FunctionalInterface
public interface ServerStarter {
    /** A server that is running. */
    interface Running extends AutoCloseable {
        int port();

        @Override
        void close();
    }

    /**
     * Starts a server.
     *
     * @throws io.keyswitch.settings.SettingsException if it could not serve safely with these settings
     * @throws io.keyswitch.sql.DatabaseUnavailableException if the database cannot be opened
     * @throws io.keyswitch.http.CannotListenException if the port cannot be had
     */
    Running start(Settings settings, WebPage.SignIn signIn);
}
