package io.keyswitch.settings;

import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.swarmspace.registry.Plans;
import io.keyswitch.swarmspace.registry.PluginRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the operator decides, validated.
 *
 * @param projectKeys the operator's keys, by provider
 * @param metricsToken what readers of the metrics show; null for no metrics
 * @param masterKeys null only where settings are read to be shown, not to serve
 */
public record Settings(
        Server server,
        Database database,
        Auth auth,
        Assistant assistant,
        DefaultModel defaultModel,
        ProviderRegistry providers,
        Map<ProviderId, ApiKey> projectKeys,
        Limits limits,
        Timeouts timeouts,
        Swarmspace swarmspace,
        @Nullable ApiKey metricsToken,
        @Nullable MasterKeys masterKeys) {

    public Settings {
        projectKeys = Map.copyOf(projectKeys);
    }

    /**
     * Where Keyswitch listens.
     *
     * @param port 0 for any free one
     * @param allowedOrigins origins whose pages may call it; {@code *} for all
     * @param hosts the names it may be called by; empty for any
     * @param trustedProxies addresses whose {@code X-Forwarded-For} is believed
     */
    public record Server(
            @Setting(value = "The address to listen on.", otherwise = "127.0.0.1")
            String host,

            @Setting(value = "The port to listen on; 0 for any free one.", otherwise = "8080", max = 65535)
            int port,

            @Setting(
                    value = "Origins whose pages may call it; * for all.",
                    pattern = "\\*|https?://[A-Za-z0-9.-]+(:\\d{1,5})?|http://\\[::1](:\\d{1,5})?",
                    form = "write origins as browsers send them, such as https://app.example")
            List<String> allowedOrigins,

            @Setting("The names it may be called by, without a port. Any if empty.")
            List<String> hosts,

            @Setting("Addresses whose X-Forwarded-For is believed.")
            List<String> trustedProxies) {
        public Server {
            allowedOrigins = List.copyOf(allowedOrigins);
            hosts = List.copyOf(hosts);
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /** Where it stores: a JDBC URL. */
    public record Database(
            @Setting(value = "A JDBC URL: jdbc:sqlite: and a file.", otherwise = "jdbc:sqlite:keyswitch.db")
            String url) {}

    /** Whose tokens it believes. */
    public record Auth(
            @Setting("A Firebase project whose users may come in.") @Nullable
            Firebase firebase,

            @Setting("OpenID Connect issuers whose users may come in.")
            List<Oidc> oidc) {
        public Auth {
            oidc = List.copyOf(oidc);
        }
    }

    /**
     * A Firebase project.
     *
     * @param emulatorTokens whether the unsigned tokens of the Auth emulator are believed; only ever on loopback
     * @param appCheck null if callers need not prove to be the operator's own app
     */
    public record Firebase(
            @Setting(value = "The id of the Firebase project.", missing = "write the id of your Firebase project")
            String projectId,

            @Setting(
                    value = "Where the keys of its tokens are published.",
                    otherwise =
                            "https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com")
            URI jwksUrl,

            @Setting("Whether the unsigned tokens of the Auth emulator are believed; on this machine only.")
            boolean emulatorTokens,

            @Setting("Firebase App Check, enforced. Not demanded if absent.") @Nullable
            AppCheck appCheck) {
        /** What stands before the project's id as the issuer of its tokens. */
        public static final String ISSUER = "https://securetoken.google.com/";
    }

    /**
     * Firebase App Check, enforced.
     *
     * @param projectNumber of the Firebase project; not its id
     */
    public record AppCheck(
            @Setting(
                    value = "The number of the Firebase project; not its id.",
                    missing = "write the number of your Firebase project",
                    pattern = "\\d{1,20}",
                    form = "write the project's number, which the Firebase console shows")
            String projectNumber,

            @Setting(
                    value = "Where the keys of App Check's tokens are published.",
                    otherwise = "https://firebaseappcheck.googleapis.com/v1/jwks")
            URI jwksUrl) {}

    /**
     * An OpenID Connect issuer.
     *
     * @param jwksUrl null to find it by discovery
     */
    public record Oidc(
            @Setting(
                    value = "The issuer as it stands in its tokens.",
                    missing = "write the issuer as it stands in its tokens")
            String issuer,

            @Setting(
                    value = "What its tokens for this server have as aud.",
                    missing = "write what its tokens for this server have as \"aud\"")
            String audience,

            @Setting("Where the keys of its tokens are published. Found by discovery if absent.") @Nullable
            URI jwksUrl) {}

    /** How the assistant presents itself. */
    public record Assistant(String name, String systemPrompt) {}

    /**
     * What a user without a model config gets, on the project key.
     *
     * @param provider null for the first in the registry that has a project key
     * @param model null for the provider's default model
     */
    public record DefaultModel(
            @Nullable ProviderId provider, @Nullable ModelId model) {}

    /**
     * What one user may do, and how large things may be.
     *
     * @param messageCharactersPerDay how much a user may add to the database with messages
     * @param connections how many may be open at once, of all clients
     * @param historyCharacters how much of a thread goes along with a message
     */
    public record Limits(
            @Setting(
                    value = "Calls and requests of one user in a minute.",
                    otherwise = "60",
                    min = 1,
                    max = 100_000_000)
            int requestsPerMinute,

            @Setting(value = "Requests from one address in a minute.", otherwise = "600", min = 1, max = 100_000_000)
            int requestsPerMinutePerAddress,

            @Setting(value = "Answers of one user in progress at once.", otherwise = "8", min = 1, max = 10_000)
            int concurrentCompletions,

            @Setting(
                    value = "Messages of one user on the project key in a day.",
                    otherwise = "50",
                    min = 0,
                    max = 1_000_000)
            int projectKeyMessagesPerDay,

            @Setting(
                    value = "How much one user may add to the database with messages in a day.",
                    otherwise = "5000000",
                    min = 1,
                    max = 1_000_000_000)
            int messageCharactersPerDay,

            @Setting(
                    value = "How many connections may be open at once, of all clients.",
                    otherwise = "20000",
                    min = 10,
                    max = 10_000_000)
            int connections,

            @Setting(value = "The largest request.", otherwise = "1048576", min = 1_024, max = 67_108_864)
            int bodyBytes,

            @Setting(
                    value = "How much of a thread goes along with a message.",
                    otherwise = "60000",
                    min = 0,
                    max = 10_000_000)
            int historyCharacters) {}

    /**
     * SwarmSpace's plugins.
     *
     * @param tierClaim the claim of a token that names the user's plan
     * @param internalToken what shows workers that Keyswitch calls; null where none is run
     */
    public record Swarmspace(
            String tierClaim,
            Plans plans,
            PluginRegistry plugins,
            @Nullable ApiKey internalToken) {}

    /**
     * How long a provider may take.
     *
     * @param connect to be reached
     * @param firstByte to begin an answer
     * @param gap between two pieces of it
     * @param total for the whole answer
     * @param client for a client to send a request once it is connected, twice what it may take for a body or to read
     * @param retries to accept the retry of a request that it rejected; zero for no retries
     * @param drain in-flight answers have to end when the server stops
     * @param plugin for the whole call of a plugin
     */
    public record Timeouts(
            @Setting(value = "To be reached.", otherwise = "10s", min = 1)
            Duration connect,

            @Setting(value = "To begin an answer.", otherwise = "60s", min = 1)
            Duration firstByte,

            @Setting(value = "Between two pieces of an answer.", otherwise = "60s", min = 1)
            Duration gap,

            @Setting(value = "For the whole answer.", otherwise = "10m", min = 1)
            Duration total,

            @Setting(value = "To accept the retry of a request that it rejected; 0s for no retries.", otherwise = "10s")
            Duration retries,

            @Setting(value = "For a client to send a request once it is connected.", otherwise = "60s", min = 1)
            Duration client,

            @Setting(value = "For in-flight answers to end when the server stops.", otherwise = "10s")
            Duration drain,

            @Setting(value = "For the whole call of a plugin.", otherwise = "25s", min = 1)
            Duration plugin) {}
}
