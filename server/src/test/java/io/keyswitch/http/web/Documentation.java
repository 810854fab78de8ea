package io.keyswitch.http.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The code in docs/web.md, so that the tests run what developers copy. */
final class Documentation {
    private static final Path FILE = Path.of("docs/web.md");

    private Documentation() {}

    static String text() throws IOException {
        return Files.readString(FILE);
    }

    /** The first code block in a language below a heading. */
    static String code(String heading, String language) throws IOException {
        var section = text().split(heading + "\n", 2)[1];
        return section.split("```" + language + "\n", 2)[1].split("```", 2)[0];
    }
}
