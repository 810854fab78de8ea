package io.keyswitch.understanding;

import io.keyswitch.language.Language;
import io.keyswitch.provider.ProviderRegistry;
import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words of all languages, and the names of providers and models among them. Immutable. */
record Vocabulary(Names names, Map<Language, Segmenter> segmenters, Map<Language, Cues> cues, Answers answers) {
    /** A text as cut by a language that it may be in. */
    record CutText(Language language, Segmenter.Cut cut) {}

    static Vocabulary read(ProviderRegistry registry) {
        var names = new Names(registry);
        var segmenters = new EnumMap<Language, Segmenter>(Language.class);
        var lexicons = Lexicons.builtIn();
        lexicons.byLanguage().forEach((language, lexicon) -> segmenters.put(language, new Segmenter(lexicon, names)));
        return new Vocabulary(names, segmenters, lexicons.cues(), lexicons.answers());
    }

    /** Cuts a folded text in each language that its script allows, in the order of the languages. */
    List<CutText> cut(String folded) {
        var plausible = new EnumMap<>(segmenters);
        plausible.keySet().retainAll(languages(folded));
        var text = new Text(folded);
        Function<String, Set<Concept>> elsewhere = word -> plausible.values().stream()
                .flatMap(one -> one.meanings(word).stream())
                .collect(Collectors.toUnmodifiableSet());
        return plausible.entrySet().stream()
                .map(entry -> new CutText(entry.getKey(), entry.getValue().cut(text, elsewhere)))
                .toList();
    }

    /** The cues of a language in a folded text; none if it has no cues. */
    Set<Cue> cues(Language language, String folded) {
        var ofLanguage = cues.get(language);
        return ofLanguage == null ? Set.of() : ofLanguage.in(folded);
    }

    private static Set<Language> languages(String text) {
        var scripts = EnumSet.noneOf(UnicodeScript.class);
        text.codePoints()
                .filter(Character::isLetter)
                .mapToObj(UnicodeScript::of)
                .forEach(scripts::add);
        if (scripts.contains(UnicodeScript.HANGUL)) {
            return EnumSet.of(Language.KO);
        }
        if (scripts.contains(UnicodeScript.HIRAGANA) || scripts.contains(UnicodeScript.KATAKANA)) {
            return EnumSet.of(Language.JA);
        }
        if (scripts.contains(UnicodeScript.HAN)) {
            return EnumSet.of(Language.ZH, Language.JA);
        }
        if (scripts.contains(UnicodeScript.DEVANAGARI)) {
            return EnumSet.of(Language.HI);
        }
        if (scripts.contains(UnicodeScript.ARABIC)) {
            return EnumSet.of(Language.AR);
        }
        if (scripts.contains(UnicodeScript.CYRILLIC)) {
            return EnumSet.of(Language.RU);
        }
        // Hindi and Arabic are also written in Latin letters.
        return EnumSet.of(
                Language.EN, Language.ES, Language.FR, Language.DE, Language.PT, Language.IT, Language.HI, Language.AR);
    }
}
