package io.keyswitch.settings;

import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.sql.DatabaseLocation;
import io.keyswitch.swarmspace.registry.Plans;
import io.keyswitch.swarmspace.registry.PluginRegistry;
import io.keyswitch.telemetry.LogLevel;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The validated settings.
 *
 * @param projectKeys the operator's keys, by provider
 * @param metricsToken the token that readers of the metrics send; null to serve no metrics
 * @param masterKeys null only if the settings are read to be shown, not to serve
 */
public record Settings(
        Server server,
        DatabaseLocation database,
        Auth auth,
        Assistant assistant,
        DefaultModel defaultModel,
        ProviderRegistry providers,
        Map<ProviderId, ApiKey> projectKeys,
        Limits limits,
        Timeouts timeouts,
        Log log,
        Swarmspace swarmspace,
        @Nullable ApiKey metricsToken,
        @Nullable MasterKeys masterKeys) {
    public Settings {
        projectKeys = Map.copyOf(projectKeys);
    }

    /**
     * The master keys of a command that encrypts or decrypts.
     *
     * @throws SettingsException if there are none
     */
    public MasterKeys requireMasterKeys() {
        if (masterKeys == null) {
            throw new SettingsException(
                    List.of(SettingsLoader.MASTER_KEY_VARIABLE + " is missing: set the same value as for the server"));
        }
        return masterKeys;
    }

    /**
     * The address to listen on and the accepted requests.
     *
     * @param port 0 for any free one
     * @param basePath the path that precedes every path of a request, without a trailing slash; null for none
     * @param allowedOrigins the allowed CORS origins; {@code *} for all
     * @param hosts the accepted host names, without a port; empty for any
     * @param trustedProxies addresses and networks whose {@code X-Forwarded-For} is trusted
     */
    public record Server(
            @Setting(value = "The address to listen on.", otherwise = "127.0.0.1")
            String host,

            @Setting(value = "The port to listen on; 0 for any free one.", otherwise = "8080", max = 65535)
            int port,

            @Setting(
                    value = "The path below which everything is served, if a proxy passes it on. None if absent.",
                    pattern = "(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+",
                    form = "write a path without a trailing slash, such as /keyswitch, or remove it")
            @Nullable
            String basePath,

            @Setting(
                    value = "The allowed CORS origins; * for all.",
                    pattern = "\\*|[a-z][a-z0-9+.-]{1,40}://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?",
                    form =
                            "write origins as browsers and web views send them, such as https://app.example or capacitor://localhost")
            List<String> allowedOrigins,

            @Setting(
                    value = "The accepted host names, without a port. Any if empty.",
                    pattern =
                            "[A-Za-z0-9_]([A-Za-z0-9._-]{0,250}[A-Za-z0-9_])?\\.?|\\[?[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\\]?",
                    form = "write host names without a scheme and a port, such as chat.example")
            List<String> hosts,

            @Setting(
                    value = "Addresses and networks whose X-Forwarded-For is trusted.",
                    pattern = "(\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(/\\d{1,3})?",
                    form = "write an IP address or a network, such as 10.0.0.7 or 10.0.0.0/8")
            List<String> trustedProxies) {
        public Server {
            allowedOrigins = List.copyOf(allowedOrigins);
            hosts = List.copyOf(hosts);
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /** The accepted token issuers. */
    public record Auth(
            @Setting("A Firebase project whose users may sign in.") @Nullable
            Firebase firebase,

            @Setting("OpenID Connect issuers whose users may sign in.")
            List<Oidc> oidc) {
        public Auth {
            oidc = List.copyOf(oidc);
        }
    }

    /**
     * A Firebase project.
     *
     * @param emulatorTokens whether unsigned tokens of the Auth emulator are accepted; on loopback only
     * @param appCheck null if App Check is not required
     */
    public record Firebase(
            @Setting(value = "The id of the Firebase project.", missing = "write the id of your Firebase project")
            String projectId,

            @Setting(
                    value = "The JWKS URL of its tokens.",
                    otherwise =
                            "https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com")
            URI jwksUrl,

            @Setting("Whether to accept unsigned tokens of the Auth emulator; on loopback only.")
            boolean emulatorTokens,

            @Setting("Firebase App Check. Not required if absent.") @Nullable
            AppCheck appCheck) {
        /** The prefix of the project ID in the issuer of its tokens. */
        public static final String ISSUER = "https://securetoken.google.com/";
    }

    /**
     * Firebase App Check.
     *
     * @param projectNumber the number of the Firebase project; not its ID
     */
    public record AppCheck(
            @Setting(
                    value = "The number of the Firebase project; not its id.",
                    missing = "write the number of your Firebase project",
                    pattern = "\\d{1,20}",
                    form = "write the project's number, which the Firebase console shows")
            String projectNumber,

            @Setting(
                    value = "The JWKS URL of App Check's tokens.",
                    otherwise = "https://firebaseappcheck.googleapis.com/v1/jwks")
            URI jwksUrl) {}

    /**
     * An OpenID Connect issuer.
     *
     * @param jwksUrl null to find it by discovery
     */
    public record Oidc(
            @Setting(value = "The issuer: the iss claim of its tokens.", missing = "write the iss claim of its tokens")
            String issuer,

            @Setting(
                    value = "The aud claim of its tokens for this server.",
                    missing = "write the aud claim of its tokens for this server")
            String audience,

            @Setting("The JWKS URL of its tokens. Found by discovery if absent.") @Nullable
            URI jwksUrl) {}

    /** The assistant's name and system prompt. */
    public record Assistant(String name, String systemPrompt) {}

    /**
     * The model of users without a model config, billed to the project key.
     *
     * @param provider null for the first in the registry that has a project key
     * @param model null for the provider's default model
     */
    public record DefaultModel(
            @Nullable ProviderId provider, @Nullable ModelId model) {}

    /**
     * Rate and size limits.
     *
     * @param messageCharactersPerDay the characters that one user's messages may add to the database per day
     * @param connections the open connections of all clients
     * @param historyCharacters the characters of a thread's history that are sent with a message
     */
    public record Limits(
            @Setting(value = "Calls and requests of one user per minute.", otherwise = "60", min = 1, max = 100_000_000)
            int requestsPerMinute,

            @Setting(value = "Requests from one address per minute.", otherwise = "600", min = 1, max = 100_000_000)
            int requestsPerMinutePerAddress,

            @Setting(value = "Concurrent completions of one user.", otherwise = "8", min = 1, max = 10_000)
            int concurrentCompletions,

            @Setting(
                    value = "Messages of one user with the project key per day.",
                    otherwise = "50",
                    min = 0,
                    max = 1_000_000)
            int projectKeyMessagesPerDay,

            @Setting(
                    value = "Characters that one user's messages may add to the database per day.",
                    otherwise = "5000000",
                    min = 1,
                    max = 1_000_000_000)
            int messageCharactersPerDay,

            @Setting(value = "Open connections of all clients.", otherwise = "20000", min = 10, max = 10_000_000)
            int connections,

            @Setting(value = "The largest request, in bytes.", otherwise = "1048576", min = 1_024, max = 67_108_864)
            int bodyBytes,

            @Setting(
                    value = "Characters of a thread's history that are sent with a message.",
                    otherwise = "60000",
                    min = 0,
                    max = 10_000_000)
            int historyCharacters) {}

    /**
     * What is logged.
     *
     * @param access whether each request is logged when it ends
     */
    public record Log(
            @Setting(value = "The least severe lines that are logged.", otherwise = "info")
            LogLevel level,

            @Setting("Whether to log each request when it ends, without its content.")
            boolean access) {}

    /**
     * SwarmSpace's plugins.
     *
     * @param tierClaim the token claim with the user's plan
     * @param internalToken authenticates Keyswitch to the workers; null if there are none
     */
    public record Swarmspace(
            String tierClaim,
            Plans plans,
            PluginRegistry plugins,
            @Nullable ApiKey internalToken) {}

    /**
     * Time limits.
     *
     * @param connect to connect to a provider
     * @param firstByte until the first byte of a response
     * @param gap between two chunks of a response
     * @param total for the whole response
     * @param client for a client to send a request once it is connected; half of it for a body, and for a client that
     *     does not read
     * @param retries from the start to the last retry of a rejected request; zero for no retries
     * @param drain for in-flight responses to end when the server stops
     * @param plugin for the whole call of a plugin
     */
    public record Timeouts(
            @Setting(value = "To connect to a provider.", otherwise = "10s", min = 1)
            Duration connect,

            @Setting(value = "Until the first byte of a response.", otherwise = "60s", min = 1)
            Duration firstByte,

            @Setting(value = "Between two chunks of a response.", otherwise = "60s", min = 1)
            Duration gap,

            @Setting(value = "For the whole response.", otherwise = "10m", min = 1)
            Duration total,

            @Setting(value = "To the last retry of a rejected request; 0s for no retries.", otherwise = "10s")
            Duration retries,

            @Setting(value = "For a client to send a request once it is connected.", otherwise = "60s", min = 1)
            Duration client,

            @Setting(value = "For in-flight responses to end when the server stops.", otherwise = "10s")
            Duration drain,

            @Setting(value = "For the whole call of a plugin.", otherwise = "25s", min = 1)
            Duration plugin) {}
}
