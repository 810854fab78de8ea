package io.keyswitch.language;

import java.util.Locale;
import java.util.Objects;
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

    private static final int LONGEST_HEADER = 500;

    /** The ISO 639-1 code, which names the language's files. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The first of the languages that a client accepts; null if it accepts none of these or does not say.
     *
     * @param header an {@code Accept-Language} header (RFC 9110, section 12.5.4); null if there was none
     */
    public static @Nullable Language acceptedIn(@Nullable String header) {
        if (header == null || header.length() > LONGEST_HEADER) {
            return null;
        }
        try {
            return Locale.LanguageRange.parse(header).stream()
                    .map(range -> ofCode(range.getRange().split("-", 2)[0]))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** The language of a code; null if it is none of these. */
    public static @Nullable Language ofCode(@Nullable String code) {
        return Stream.of(values())
                .filter(language -> language.code().equals(code))
                .findFirst()
                .orElse(null);
    }
}
