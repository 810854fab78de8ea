package io.keyswitch.language;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The languages that Keyswitch understands, each by its lexicon; it answers in those that have sentences. */
public enum Language {
    EN,
    ES,
    FR,
    DE,
    PT,
    IT,
    ZH,
    JA,
    KO,
    HI,
    AR,
    RU;

    private static final Set<Language> WITHOUT_SENTENCES = EnumSet.of(ES, FR, DE, PT, IT, RU);

    /** Whether Keyswitch can answer in it. */
    boolean hasSentences() {
        return !WITHOUT_SENTENCES.contains(this);
    }

    /** The ISO 639-1 code, which names the language's files. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The language of a code; null if it is none of these. */
    public static @Nullable Language ofCode(@Nullable String code) {
        return Stream.of(values())
                .filter(language -> language.code().equals(code))
                .findFirst()
                .orElse(null);
    }
}
