package io.keyswitch.http.web;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** How an app uses the npm package, with its section of docs/web.md. */
enum Framework {
    TYPESCRIPT("### With npm", "ts"),
    REACT("### In React", "tsx"),
    VUE("### In Vue", "vue");

    private final String heading;
    private final String language;

    Framework(String heading, String language) {
        this.heading = heading;
        this.language = language;
    }

    String directory() {
        return name().toLowerCase(Locale.ROOT);
    }

    String compiler() {
        return this == VUE ? "vue-tsc" : "tsc";
    }

    /** What such an app has installed beside the package. */
    List<String> packages() {
        return switch (this) {
            case TYPESCRIPT -> List.of();
            case REACT -> List.of("react", "react-dom", "@types/react");
            case VUE -> List.of("vue");
        };
    }

    String documentedFile() {
        return "Documented." + language;
    }

    String documentedCode() throws IOException {
        return Documentation.code(heading, language);
    }
}
