package io.keyswitch.auth;

import io.keyswitch.core.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an issuer publishes its key set: at a configured URL or one from OpenID Connect Discovery 1.0. Blocking;
 * thread-safe.
 */
sealed interface KeyServer {
    /**
     * A fetched document.
     *
     * @param maxAge {@code max-age} of its {@code Cache-Control}; null if it has none
     */
    record Fetched(String body, @Nullable Duration maxAge) {}

    /**
     * Fetches the current key set.
     *
     * @throws IOException if a request fails or a response is not valid
     */
    Fetched fetch() throws IOException;

    /** A key set at a configured URL. */
    record Known(URI address) implements KeyServer {
        @Override
        public Fetched fetch() throws IOException {
            return Fetch.get(address);
        }
    }

    /** A key set whose URL is in the issuer's discovery document. */
    record Discovered(String issuer) implements KeyServer {
        @Override
        public Fetched fetch() throws IOException {
            var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
            var document = Fetch.get(URI.create(base + "/.well-known/openid-configuration"))
                    .body();
            var configuration = Json.readFromClient(document.getBytes(StandardCharsets.UTF_8));
            if (configuration == null
                    || !issuer.equals(configuration.path("issuer").asString(""))) {
                throw new IOException("the discovery document names another issuer");
            }
            return Fetch.get(keySet(configuration.path("jwks_uri").asString("")));
        }

        private URI keySet(String address) throws IOException {
            try {
                var keySet = URI.create(address);
                if (!"https".equals(keySet.getScheme())
                        && !"http".equals(URI.create(issuer).getScheme())) {
                    throw new IOException("the key set is not served over https");
                }
                return keySet;
            } catch (IllegalArgumentException e) {
                throw new IOException("jwks_uri is not a URI", e);
            }
        }
    }

    /** Sends one GET request, with a total timeout and without following redirects. */
    final class Fetch {
        private static final long SECONDS = 5;
        private static final long MAX_BYTES = 1 << 20;
        private static final Pattern MAX_AGE = Pattern.compile("(?:^|[,\\s])max-age=(\\d{1,9})(?:$|[,\\s])");
        private static final HttpClient HTTP = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(SECONDS))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();

        private Fetch() {}

        private static Fetched get(URI address) throws IOException {
            var request = HttpRequest.newBuilder(address).build();
            var answer = HTTP.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MAX_BYTES));
            try {
                return read(answer.get(SECONDS, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException("no response", e);
            } finally {
                answer.cancel(true);
            }
        }

        private static Fetched read(HttpResponse<String> answer) throws IOException {
            if (answer.statusCode() != 200) {
                throw new IOException("status " + answer.statusCode());
            }
            var control = String.join(",", answer.headers().allValues("cache-control"));
            var maxAge = MAX_AGE.matcher(control);
            return new Fetched(
                    answer.body(), maxAge.find() ? Duration.ofSeconds(Long.parseLong(maxAge.group(1))) : null);
        }
    }
}
