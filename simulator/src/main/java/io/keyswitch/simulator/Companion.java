package io.keyswitch.simulator;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the demo's answers as a journaling companion, with a note that they are simulated. */
final class Companion {
    private static final int QUOTED_WORDS = 7;
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern MARKUP = Pattern.compile("[`*_#<>\\[\\]\"“”]");
    private static final Pattern END_OF_SENTENCE = Pattern.compile("[.!?…;]+(\\s.*)?$");

    private static final List<String> SIGNATURES = List.of(
            "*(I'm a simulator in place of **%s** with the model `%s`, paid for with the key ending in `%s`.)*",
            "*(No real model was called. I'm the simulator of **%s** with the model `%s`, paid for with the key"
                    + " ending in `%s`.)*",
            "*(This is a simulated answer from **%s** with the model `%s`, paid for with the key"
                    + " ending in `%s`.)*");

    private static final String FILLER =
            "the page is patient and the evening is long so we write one more line about the"
                    + " light on the water and the small kind thing someone said";

    /** The number of characters of a message that are read; bounds the run time of the patterns. */
    private static final int HEARD = 2_000;

    private Companion() {}

    /** Depends only on the last user message, the provider, the model and the key. */
    static String answer(Prompt prompt) {
        var said = prompt.conversation().lastUserText();
        var seed = said.strip().hashCode();
        var heard = said.length() > HEARD ? said.substring(0, HEARD) : said;
        var body = pick(Mood.of(heard).answers(), seed).replace("{quote}", quote(heard));
        var signature = String.format(
                Locale.ROOT,
                pick(SIGNATURES, seed >>> 5),
                prompt.provider(),
                prompt.model(),
                prompt.key().ending().isEmpty() ? "none" : prompt.key().ending());
        return body + "\n\n" + signature;
    }

    /** A text of the given number of words. */
    static String longAnswer(int words) {
        var filler = SPACE.splitAsStream(FILLER).toList();
        return IntStream.range(0, words)
                .mapToObj(index -> filler.get(index % filler.size()))
                .collect(Collectors.joining(" "));
    }

    /** The first few words of the first sentence, without markup. */
    private static String quote(String said) {
        var plain = MARKUP.matcher(said).replaceAll("").strip();
        var sentence = END_OF_SENTENCE.matcher(plain).replaceFirst("");
        var words = SPACE.splitAsStream(sentence.isBlank() ? plain : sentence).toList();
        if (words.isEmpty() || words.getFirst().isEmpty()) {
            return "…";
        }
        var shown = String.join(" ", words.subList(0, Math.min(QUOTED_WORDS, words.size())));
        return words.size() > QUOTED_WORDS ? shown + "…" : shown;
    }

    private static String pick(List<String> choices, int seed) {
        return choices.get(Math.floorMod(seed, choices.size()));
    }
}
