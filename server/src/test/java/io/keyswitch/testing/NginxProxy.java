package io.keyswitch.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** nginx as it is usually put before several servers: takes them in turn, and the next one if one cannot be reached. */
public final class NginxProxy implements AutoCloseable {
    private final Process process;
    private final int port;

    public NginxProxy(Path directory, List<Integer> ports) throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        var servers = ports.stream()
                .map("server 127.0.0.1:%d max_fails=0;"::formatted)
                .collect(Collectors.joining(" "));
        var settings = directory.resolve("nginx.conf");
        Files.writeString(settings, """
                daemon off; worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/nginx.log;
                events { worker_connections 1024; }
                http {
                  access_log off;
                  client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi; uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
                  upstream keyswitch { %2$s }
                  server {
                    listen 127.0.0.1:%3$d;
                    location / { proxy_pass http://keyswitch; proxy_http_version 1.1; proxy_set_header Host $http_host; proxy_buffering off; proxy_read_timeout 60s; }
                  }
                }
                """.formatted(directory, servers, port));
        this.process = new ProcessBuilder(program(), "-c", settings.toString(), "-p", directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("nginx.out").toFile())
                .start();
        await("nginx listens").until(this::isListening);
    }

    /** Debian puts it where only root looks. */
    private static String program() {
        return Files.isExecutable(Path.of("/usr/sbin/nginx")) ? "/usr/sbin/nginx" : "nginx";
    }

    private boolean isListening() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
