package io.keyswitch.http.web;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import io.keyswitch.testing.TestApp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;

/** The pages of an app, served from another origin than Keyswitch, which allows it. */
final class AppPages implements AutoCloseable {
    private final HttpServer pages;
    private final TestApp keyswitch;

    private AppPages(HttpServer pages, TestApp keyswitch) {
        this.pages = pages;
        this.keyswitch = keyswitch;
    }

    static AppPages serve(Path directory) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var pages = SimpleFileServer.createFileServer(
                address, directory.toAbsolutePath(), SimpleFileServer.OutputLevel.NONE);
        pages.start();
        var settings = Map.of(
                "GROQ_API_KEY", "project-key-groq",
                "GEMINI_API_KEY", "project-key-gemini",
                "KEYSWITCH_SERVER_ALLOWED_ORIGINS", origin(pages));
        return new AppPages(pages, TestApp.start("", settings));
    }

    private static String origin(HttpServer pages) {
        return "http://127.0.0.1:" + pages.getAddress().getPort();
    }

    String origin() {
        return origin(pages);
    }

    String keyswitch() {
        return keyswitch.url();
    }

    @Override
    public void close() {
        keyswitch.close();
        pages.stop(0);
    }
}
