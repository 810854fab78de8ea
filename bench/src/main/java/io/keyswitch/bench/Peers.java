package io.keyswitch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How the gateways beside Keyswitch are started; {@code bench/run} installs them. */
final class Peers {
    private static final String LITELLM_KEY = "sk-bench";

    private final Path installed;
    private final Path work;
    private final int provider;

    /**
     * @param installed the directory with a subdirectory for each peer that could be installed
     * @param work where their settings are written
     * @param provider the port of the provider
     */
    Peers(Path installed, Path work, int provider) {
        this.installed = installed;
        this.work = work;
        this.provider = provider;
    }

    static Gateway.Start mock(int port) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(
                java,
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                MockProvider.class.getName(),
                Integer.toString(port));
        return new Gateway.Start("direct", command, Map.of(), port, "/v1/models");
    }

    /** A plain proxy that does nothing but pass bytes on. */
    Gateway.Start nginx() throws IOException {
        int port = Gateway.freePort();
        var temporary = new StringBuilder();
        for (var kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            temporary.append("%s_temp_path %s; ".formatted(kind, work.resolve(kind)));
        }
        var file = Files.writeString(work.resolve("nginx.conf"), """
                worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/nginx.error; daemon off;
                events { worker_connections 8192; }
                http {
                  access_log off; keepalive_requests 1000000000; client_body_buffer_size 256k; %2$s
                  upstream provider { server 127.0.0.1:%3$d; keepalive 2048; keepalive_requests 1000000000; }
                  server {
                    listen 127.0.0.1:%4$d backlog=4096;
                    location / { proxy_pass http://provider; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; }
                  }
                }
                """.formatted(work, temporary, provider, port));
        return new Gateway.Start(
                "nginx", List.of("nginx", "-c", file.toString(), "-p", work.toString()), Map.of(), port, "/v1/models");
    }

    Gateway.Start haproxy() throws IOException {
        int port = Gateway.freePort();
        var file = Files.writeString(work.resolve("haproxy.cfg"), """
                global
                  nbthread 1
                  maxconn 8192
                defaults
                  mode http
                  timeout connect 5s
                  timeout client 60s
                  timeout server 60s
                  option http-no-delay
                  http-reuse always
                frontend all
                  bind 127.0.0.1:%d
                  default_backend provider
                backend provider
                  server mock 127.0.0.1:%d
                """.formatted(port, provider));
        return new Gateway.Start("HAProxy", List.of("haproxy", "-f", file.toString()), Map.of(), port, "/v1/models");
    }

    Gateway.Start portkey() throws IOException {
        int port = Gateway.freePort();
        var script = installed.resolve("portkey/node_modules/@portkey-ai/gateway/build/start-server.js");
        return new Gateway.Start(
                "Portkey",
                List.of("node", script.toString(), "--port=" + port, "--headless"),
                Map.of("NODE_ENV", "production"),
                port,
                "/");
    }

    Map<String, String> portkeyHeaders() {
        return Map.of(
                "Authorization", "Bearer a-key-for-the-benchmark",
                "x-portkey-provider", "openai",
                "x-portkey-custom-host", "http://127.0.0.1:%d/v1".formatted(provider));
    }

    Gateway.Start litellm() throws IOException {
        int port = Gateway.freePort();
        var models = new StringBuilder();
        for (var model : List.of("m-1", MockProvider.PACED)) {
            models.append("""
                      - {model_name: %1$s, litellm_params: {model: openai/%1$s, api_base: "http://127.0.0.1:%2$d/v1", api_key: a-key-for-the-benchmark}}
                    """.formatted(model, provider));
        }
        var file = Files.writeString(work.resolve("litellm.yaml"), "model_list:\n" + models);
        return new Gateway.Start(
                "LiteLLM",
                List.of(
                        installed.resolve("litellm/bin/litellm").toString(),
                        "--config",
                        file.toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--num_workers",
                        "2"),
                Map.of(
                        "LITELLM_MASTER_KEY",
                        LITELLM_KEY,
                        "LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY",
                        "true",
                        "LITELLM_LOCAL_MODEL_COST_MAP",
                        "true"),
                port,
                "/health/liveliness");
    }

    static Map<String, String> litellmHeaders() {
        return Map.of("Authorization", "Bearer " + LITELLM_KEY);
    }

    Gateway.Start springCloudGateway() throws IOException {
        int port = Gateway.freePort();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new Gateway.Start(
                "Spring Cloud Gateway",
                List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-jar",
                        installed.resolve("spring-cloud-gateway/gateway.jar").toString()),
                Map.of("SERVER_PORT", Integer.toString(port), "PROVIDER", "http://127.0.0.1:" + provider),
                port,
                "/v1/models");
    }

    boolean isInstalled(String directory) {
        return Files.isDirectory(installed.resolve(directory));
    }
}
