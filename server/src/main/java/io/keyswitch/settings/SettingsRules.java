package io.keyswitch.settings;

import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.sql.DatabaseLocation;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validates settings that depend on each other, and values beyond their format. */
final class SettingsRules {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql://";
    private static final Pattern SQLITE_FILE = Pattern.compile(SQLITE + "(?!:memory:)[^?]+");
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("(?i)[?&](ssl)?password=|://[^/?]*@");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]");

    private final Mistakes mistakes;

    SettingsRules(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** Requires networks that exist, which their pattern does not ensure. */
    void server(Settings.Server server) {
        for (var network : server.trustedProxies()) {
            if (!isNetwork(network)) {
                mistakes.at(
                        "server.trustedProxies",
                        "holds \"%s\", which does not exist: an IPv4 address has four numbers up to 255 and at most 32"
                                        .formatted(network)
                                + " bits, and an IPv6 address at most 128 bits");
            }
        }
    }

    private static boolean isNetwork(String network) {
        var parts = network.split("/", 2);
        try {
            int bits = InetAddress.ofLiteral(parts[0]).getAddress().length * Byte.SIZE;
            return parts.length == 1 || Integer.parseInt(parts[1]) <= bits;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** Requires the URL of a supported database, and no password in it: URLs are printed and logged. */
    DatabaseLocation database(SettingsFile.Database database, @Nullable String password) {
        var url = database.url();
        if (url.startsWith(POSTGRESQL)) {
            if (PASSWORD_IN_URL.matcher(url).find()) {
                mistakes.at(
                        "database.url",
                        "holds a password: take it out and set " + SettingsLoader.DATABASE_PASSWORD
                                + ", or name a file of passwords in PGPASSFILE");
            }
            return new DatabaseLocation.Server(
                    url, database.user(), password, database.schema(), database.connections());
        }
        if (!SQLITE_FILE.matcher(url).matches()) {
            mistakes.at(
                    "database.url",
                    "must begin with jdbc:sqlite: and name a file, such as jdbc:sqlite:keyswitch.db, or with"
                            + " jdbc:postgresql:// and name a server, such as jdbc:postgresql://localhost/keyswitch");
            return new DatabaseLocation.File(Path.of("keyswitch.db"));
        }
        requireAbsent("database.user", database.user());
        requireAbsent("database.schema", database.schema());
        return new DatabaseLocation.File(Path.of(url.substring(SQLITE.length())));
    }

    private void requireAbsent(String setting, @Nullable String value) {
        if (value != null) {
            mistakes.at(setting, "is for PostgreSQL only: remove it, or correct database.url");
        }
    }

    /** Requires a token issuer and rejects insecure or ambiguous ones. */
    void auth(Settings.Auth auth, Settings.Server server, boolean serving) {
        var firebase = auth.firebase();
        if (serving && firebase == null && auth.oidc().isEmpty()) {
            mistakes.at(
                    "auth.firebase",
                    "is missing: write a Firebase project, such as {projectId: my-project}, or an issuer under"
                            + " auth.oidc");
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
                    "lets any web page sign in while server.allowedOrigins has \"*\": list the origins of your pages");
        }
        if (!LOOPBACK.matcher(server.host()).matches()) {
            mistakes.at(
                    "auth.firebase.emulatorTokens",
                    "lets anyone sign in, so it works on loopback only: set server.host to 127.0.0.1 or remove it");
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

    /** User IDs consist of issuer and subject, so no issuer may equal another or be a path prefix of it. */
    private void sharedIssuers(Settings.Auth auth) {
        var issuers = new ArrayList<String>();
        auth.oidc().stream().map(Settings.Oidc::issuer).forEach(issuers::add);
        if (auth.firebase() != null) {
            issuers.add(Settings.Firebase.ISSUER + auth.firebase().projectId());
        }
        for (int i = 0; i < issuers.size(); i++) {
            for (var other : issuers.subList(i + 1, issuers.size())) {
                if (isPrefix(issuers.get(i), other) || isPrefix(other, issuers.get(i))) {
                    mistakes.at(
                            "auth.oidc",
                            "has two issuers whose user IDs could collide, %s and %s: remove one"
                                    .formatted(issuers.get(i), other));
                }
            }
        }
    }

    private static boolean isPrefix(String issuer, String other) {
        return (other + "/").startsWith(issuer + "/");
    }

    /** Checks that the default provider exists and has a project key. */
    Settings.DefaultModel defaultModel(
            SettingsFile.Default standard,
            ProviderRegistry providers,
            Map<ProviderId, ApiKey> projectKeys,
            boolean serving) {
        if (standard.provider() == null) {
            if (standard.model() != null) {
                mistakes.at("default.model", "requires default.provider");
            }
            return new Settings.DefaultModel(null, null);
        }
        var provider = providers.named(standard.provider());
        if (provider == null && mistakes.areBelow("providers." + standard.provider())) {
            return new Settings.DefaultModel(null, null);
        }
        if (provider == null) {
            var names = providers.all().stream().map(one -> one.id().value()).toList();
            mistakes.at(
                    "default.provider",
                    "is \"%s\": it must be one of %s".formatted(standard.provider(), String.join(", ", names)));
            return new Settings.DefaultModel(null, null);
        }
        if (serving && !projectKeys.containsKey(provider.id())) {
            var cure = provider.accountId() != null
                    ? "providers with account IDs cannot have one; choose another provider"
                    : provider.keys().projectKey() == null
                            ? "name its environment variable in providers.%s.projectKey".formatted(provider.id())
                            : "set the environment variable " + provider.keys().projectKey();
            mistakes.at(
                    "default.provider", "is \"%s\", which has no project key: %s".formatted(standard.provider(), cure));
        }
        return new Settings.DefaultModel(provider.id(), standard.model());
    }
}
