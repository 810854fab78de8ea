package io.keyswitch.http.web;

import io.keyswitch.testing.BrowserScript;
import io.keyswitch.testing.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Documented pages of another origin, which load the components from the server, in a real browser. */
@Timeout(300)
class OtherOriginTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void theWholePageOfTheDocumentationWorks() throws Exception {
        var chromium = BrowserScript.chromium();
        try (var pages = AppPages.serve(directory)) {
            var page = Documentation.code("### A whole page, against the demo", "html");
            write("index.html", page.replace("http://127.0.0.1:8080", pages.keyswitch()));
            write("app.css", Documentation.code("### A whole page, against the demo", "css"));
            BrowserScript.run(
                    "whole-page.mjs", pages.origin() + "/", pages.keyswitch(), Tokens.PROJECT, chromium.toString());
        }
    }

    @Test
    void oneScriptTagLoadsTheComponentsUnlessTheirHashIsWrong() throws Exception {
        var chromium = BrowserScript.chromium();
        try (var pages = AppPages.serve(directory)) {
            var tags = Documentation.code("### With one script tag", "html");
            var page = "<!doctype html><html lang=\"en\"><title>An app</title>" + tags;
            var written = page.replace("https://keyswitch.example", pages.keyswitch());
            write("index.html", written);
            write("wrong-hash.html", written.replaceAll("sha384-.{4}", "sha384-AAAA"));
            BrowserScript.run(
                    "script-tag.mjs",
                    pages.origin() + "/",
                    pages.origin() + "/wrong-hash.html",
                    pages.keyswitch(),
                    Tokens.PROJECT,
                    chromium.toString());
        }
    }

    private void write(String name, String content) throws Exception {
        Files.writeString(directory.resolve(name), content);
    }
}
