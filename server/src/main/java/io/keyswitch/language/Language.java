package io.keyswitch.language;

import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The languages that Keyswitch understands and answers in; each has a file of sentences and a lexicon. */
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
