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
            String host, int port, List<String> allowedOrigins, List<String> hosts, List<String> trustedProxies) {
        public Server {
            allowedOrigins = List.copyOf(allowedOrigins);
            hosts = List.copyOf(hosts);
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /** Where it stores: a JDBC URL. */
    public record Database(String url) {}

    /** Whose tokens it believes. */
    public record Auth(@Nullable Firebase firebase, List<Oidc> oidc) {
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
            String projectId,
            URI jwksUrl,
            boolean emulatorTokens,
            @Nullable AppCheck appCheck) {
        /** What stands before the project's id as the issuer of its tokens. */
        public static final String ISSUER = "https://securetoken.google.com/";
    }

    /**
     * Firebase App Check, enforced.
     *
     * @param projectNumber of the Firebase project; not its id
     */
    public record AppCheck(String projectNumber, URI jwksUrl) {}

    /**
     * An OpenID Connect issuer.
     *
     * @param jwksUrl null to find it by discovery
     */
    public record Oidc(
            String issuer, String audience, @Nullable URI jwksUrl) {}

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
            int requestsPerMinute,
            int requestsPerMinutePerAddress,
            int concurrentCompletions,
            int projectKeyMessagesPerDay,
            int messageCharactersPerDay,
            int connections,
            int bodyBytes,
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
            Duration connect,
            Duration firstByte,
            Duration gap,
            Duration total,
            Duration retries,
            Duration client,
            Duration drain,
            Duration plugin) {}
}
