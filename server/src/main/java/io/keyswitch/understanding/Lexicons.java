package io.keyswitch.understanding;

import io.keyswitch.language.Language;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The words and the short answers of all languages. They are written as YAML for people, and compiled in the build into one
 * resource that a server reads in a few milliseconds. Immutable.
 */
record Lexicons(Map<Language, Lexicon> byLanguage, Map<Language, Cues> cues, Answers answers) {
    private static final String RESOURCE = "/understanding/lexicons.bin";

    Lexicons {
        byLanguage = Map.copyOf(byLanguage);
        cues = Map.copyOf(cues);
    }

    /** Compiles the directory of the first argument into the file of the second. */
    public static void main(String[] args) throws IOException {
        var file = Path.of(args[1]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            parse(Path.of(args[0])).write(out);
        }
    }

    /**
     * Reads a directory with a file for each language, such as {@code en.yaml}.
     *
     * @throws IllegalArgumentException naming the file, if one cannot be read
     */
    static Lexicons parse(Path directory) {
        var yaml = new YAMLMapper();
        var byLanguage = new EnumMap<Language, Lexicon>(Language.class);
        var cues = new EnumMap<Language, Cues>(Language.class);
        var files = new ArrayList<JsonNode>();
        for (var language : Language.values()) {
            var path = directory.resolve(language.code() + ".yaml");
            try {
                var file = yaml.readTree(path);
                byLanguage.put(language, Lexicon.parse(file));
                cues.put(language, Cues.parse(file));
                files.add(file);
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
            }
        }
        return new Lexicons(byLanguage, cues, Answers.parse(files));
    }

    private void write(DataOutputStream out) throws IOException {
        for (var language : Language.values()) {
            Objects.requireNonNull(byLanguage.get(language)).write(out);
            Objects.requireNonNull(cues.get(language)).write(out);
        }
        answers.write(out);
    }

    /** What the build has compiled, read when it is first needed. */
    static Lexicons builtIn() {
        return BuiltIn.LEXICONS;
    }

    private static final class BuiltIn {
        static final Lexicons LEXICONS = read();
    }

    private static Lexicons read() {
        try (var resource = Lexicons.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("no resource " + RESOURCE);
            }
            var in = ByteBuffer.wrap(resource.readAllBytes());
            var byLanguage = new EnumMap<Language, Lexicon>(Language.class);
            var cues = new EnumMap<Language, Cues>(Language.class);
            for (var language : Language.values()) {
                byLanguage.put(language, Lexicon.read(in));
                cues.put(language, Cues.read(in));
            }
            return new Lexicons(byLanguage, cues, Answers.read(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
