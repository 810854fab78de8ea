package io.keyswitch.cli;

import io.keyswitch.http.web.WebPage;
import io.keyswitch.settings.Settings;

/** Starts the server; implemented by the composition root, so that the commands do not depend on it. */
@FunctionalInterface
public interface ServerStarter {
    /** A running server. */
    interface Running extends AutoCloseable {
        int port();

        @Override
        void close();
    }

    /**
     * Starts a server.
     *
     * @throws io.keyswitch.settings.SettingsException if the settings are not safe to serve with
     * @throws io.keyswitch.sql.DatabaseUnavailableException if the database cannot be opened
     * @throws io.keyswitch.http.CannotListenException if the server cannot listen on the configured host and port
     */
    Running start(Settings settings, WebPage.SignIn signIn);
}
