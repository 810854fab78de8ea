package io.keyswitch.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** {@link MockProvider} and before it Keyswitch as it is shipped, where tokens, keys, limits and metrics are on. */
final class Rig implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    private final Gateway mock;
    private final Keyswitch keyswitch;

    /**
     * Starts both.
     *
     * @param launcher Keyswitch's
     * @param work for temporary files
     */
    Rig(Path launcher, Path work) throws IOException, InterruptedException {
        this.mock = Gateway.start(Peers.mock(Gateway.freePort()), work.resolve("mock.log"));
        try {
            this.keyswitch = startKeyswitch(launcher, work.resolve("keyswitch"), mock.port());
        } catch (IOException | InterruptedException e) {
            mock.close();
            throw e;
        }
    }

    private static Keyswitch startKeyswitch(Path launcher, Path directory, int provider)
            throws IOException, InterruptedException {
        return new Keyswitch(launcher, directory, """
                database: {url: "jdbc:sqlite:%2$s/bench.db"}
                providers:
                  own: {baseUrl: "http://127.0.0.1:%1$d/v1", defaultModel: m-1, check: {get: /models}}
                  project: {baseUrl: "http://127.0.0.1:%1$d/v1", defaultModel: m-1, check: {get: /models}, projectKey: BENCH_API_KEY}
                  as-anthropic: {baseUrl: "http://127.0.0.1:%1$d/v1", defaultModel: m-1, wire: anthropic, auth: x-api-key, check: {get: /models}}
                  as-gemini: {baseUrl: "http://127.0.0.1:%1$d/v1beta", defaultModel: m-1, wire: gemini, auth: x-goog-api-key, check: {get: /models}}
                """.formatted(provider, directory), environment(launcher));
    }

    private static Map<String, String> environment(Path launcher) throws IOException, InterruptedException {
        var keygen = new ProcessBuilder(launcher.toString(), "keygen").start();
        var key = new String(keygen.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        keygen.waitFor();
        return Map.of(
                "LLM_SETTINGS_ENCRYPTION_KEY", key,
                "BENCH_API_KEY", "the-project-key-of-the-benchmark",
                "METRICS_TOKEN", "metrics-of-the-benchmark");
    }

    Keyswitch keyswitch() {
        return keyswitch;
    }

    /** The port of the provider. */
    int provider() {
        return mock.port();
    }

    /** Requests to the provider itself. */
    Subject direct() {
        return new Subject("direct", mock.port(), mock.process(), Map.of());
    }

    /**
     * Makes a user of a provider.
     *
     * @param provider one of {@code own}, {@code project}, {@code as-anthropic} and {@code as-gemini}
     * @return requests with a personal token of that user
     */
    Subject user(String provider, String name) throws IOException, InterruptedException {
        var key = provider.equals("project") ? "\"useProjectKey\":true" : "\"apiKey\":\"a-key-for-the-benchmark\"";
        keyswitch.call(
                provider,
                "updateUserModelConfig",
                "{\"provider\":\"%s\",\"modelId\":\"m-1\",%s}".formatted(provider, key));
        var token = TOKEN.matcher(keyswitch.call(provider, "createPersonalToken", "{\"name\":\"bench\"}"));
        if (!token.find()) {
            throw new IOException("createPersonalToken answered without a token");
        }
        return new Subject(
                name, keyswitch.port(), keyswitch.process(), Map.of("Authorization", "Bearer " + token.group(1)));
    }

    @Override
    public void close() {
        keyswitch.close();
        mock.close();
    }
}
