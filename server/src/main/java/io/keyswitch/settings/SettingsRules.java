package io.keyswitch.settings;

import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must hold between settings, or for one of them beyond its form. */
final class SettingsRules {
    private static final Pattern SQLITE_FILE = Pattern.compile("jdbc:sqlite:(?!:memory:)[^?]+");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]");

    private final Mistakes mistakes;

    SettingsRules(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    void database(Settings.Database database) {
        if (!SQLITE_FILE.matcher(database.url()).matches()) {
            mistakes.at(
                    "database.url", "must begin with jdbc:sqlite: and name a file, such as jdbc:sqlite:keyswitch.db");
        }
    }

    /** Somebody must be able to come in, and nobody who should not. */
    void auth(Settings.Auth auth, Settings.Server server, boolean serving) {
        var firebase = auth.firebase();
        if (serving && firebase == null && auth.oidc().isEmpty()) {
            mistakes.at(
                    "auth.firebase",
                    "is missing: name the Firebase project whose users may come in, {projectId: my-project},"
                            + " or an issuer under auth.oidc");
        }
        if (firebase != null && firebase.emulatorTokens()) {
            emulatorTokens(server);
        }
        for (int i = 0; i < auth.oidc().size(); i++) {
            issuer("auth.oidc[" + i + "].issuer", auth.oidc().get(i).issuer());
        }
        sharedIssuers(auth);
    }

    private void emulatorTokens(Settings.Server server) {
        if (server.allowedOrigins().contains("*")) {
            mistakes.at(
                    "auth.firebase.emulatorTokens",
                    "lets any web page in while server.allowedOrigins holds \"*\": name the origins of your pages");
        }
        if (!LOOPBACK.matcher(server.host()).matches()) {
            mistakes.at(
                    "auth.firebase.emulatorTokens",
                    "lets anybody in, so it works on this machine only: set server.host to 127.0.0.1 or remove it");
        }
    }

    private void issuer(String path, @Nullable String issuer) {
        try {
            if (issuer != null) {
                var _ = BaseUrl.parse(issuer);
            }
        } catch (IllegalArgumentException e) {
            mistakes.at(path, String.valueOf(e.getMessage()));
        }
    }

    /** A user is named by issuer and subject: of two issuers none may be the other, or begin like it. */
    private void sharedIssuers(Settings.Auth auth) {
        var issuers = new ArrayList<String>();
        auth.oidc().stream().map(Settings.Oidc::issuer).forEach(issuers::add);
        if (auth.firebase() != null) {
            issuers.add(Settings.Firebase.ISSUER + auth.firebase().projectId());
        }
        for (int i = 0; i < issuers.size(); i++) {
            for (int j = 0; j < issuers.size(); j++) {
                if (i != j && (issuers.get(j) + "/").startsWith(issuers.get(i) + "/")) {
                    mistakes.at(
                            "auth.oidc",
                            "has two issuers whose users could not be told apart, %s and %s: leave one out"
                                    .formatted(issuers.get(i), issuers.get(j)));
                    return;
                }
            }
        }
    }

    /** The default must be what users really get. */
    Settings.DefaultModel defaultModel(
            SettingsFile.Default standard,
            ProviderRegistry providers,
            Map<ProviderId, ApiKey> projectKeys,
            boolean serving) {
        if (standard.provider() == null) {
            if (standard.model() != null) {
                mistakes.at("default.model", "needs default.provider beside it");
            }
            return new Settings.DefaultModel(null, null);
        }
        var provider = providers.named(standard.provider());
        if (provider == null) {
            var names = providers.all().stream().map(one -> one.id().value()).toList();
            mistakes.at(
                    "default.provider",
                    "is \"%s\": it must be one of %s".formatted(standard.provider(), String.join(", ", names)));
            return new Settings.DefaultModel(null, null);
        }
        if (serving && !projectKeys.containsKey(provider.id())) {
            var cure = provider.accountId() != null
                    ? "it cannot have one, for each account has its own; choose another provider"
                    : provider.keys().projectKey() == null
                            ? "name its environment variable in providers.%s.projectKey".formatted(provider.id())
                            : "set the environment variable " + provider.keys().projectKey();
            mistakes.at(
                    "default.provider",
                    "is \"%s\", which has no project key, so that nobody would get it: %s"
                            .formatted(standard.provider(), cure));
        }
        return new Settings.DefaultModel(provider.id(), standard.model());
    }
}
