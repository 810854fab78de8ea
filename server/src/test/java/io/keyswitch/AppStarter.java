package io.keyswitch;

import io.keyswitch.http.web.WebPage;
import io.keyswitch.settings.Settings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** Opens {@link App} to tests with a clock and a ping interval of their own. */
public final class AppStarter {
    private AppStarter() {}

    public static App start(Settings settings, InstantSource clock) {
        return App.start(settings, WebPage.SignIn.EMULATOR, clock, Duration.ofMillis(300));
    }

    /** The names of all functions an app can be called by. */
    public static Set<String> functionNames(App app) {
        return app.functionNames();
    }
}
