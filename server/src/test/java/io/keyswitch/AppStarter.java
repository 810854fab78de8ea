package io.keyswitch;

import io.keyswitch.http.web.WebPage;
import io.keyswitch.settings.Settings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** Starts {@link App} for tests, with a given clock and interval of heartbeats. */
public final class AppStarter {
    private AppStarter() {}

    public static App start(Settings settings, InstantSource clock, Duration heartbeat) {
        return App.start(settings, WebPage.SignIn.EMULATOR, clock, heartbeat);
    }

    /** Returns the names of all callable functions of an app. */
    public static Set<String> functionNames(App app) {
        return app.functionNames();
    }
}
