package io.keyswitch.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The words, sizes and numbers of a model's name, in lower case and in its order: {@code openai}, {@code gpt}, {@code oss} and
 * {@code 120b} of {@code openai/gpt-oss-120b}.
 */
public record ModelWords(List<String> all) {
    /** A size, such as {@code 120b} or {@code 8x7b}, is one word, and so is {@code 4o}. */
    private static final Pattern WORD = Pattern.compile("\\p{N}+(?:x\\p{N}+)?[bmko](?![\\p{L}\\p{N}])|\\p{L}+|\\p{N}+");

    private static final Pattern NUMBER = Pattern.compile("\\p{N}+");

    /** Numbers of more digits are dates and releases. */
    private static final Pattern OF_VERSION = Pattern.compile("\\p{N}{1,2}");

    public ModelWords {
        all = List.copyOf(all);
    }

    public static ModelWords of(String text) {
        return new ModelWords(WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList());
    }

    /**
     * Whether a model's ID has all these words in this order. A version is said as a whole: neither "opus 5" nor "5.4" is
     * {@code claude-opus-5-4}, though "opus" is.
     */
    public boolean name(String id) {
        return areIn(of(id).all(), true);
    }

    /** Whether a model's ID has all these words in this order, its version begun at most: "opus 5" of {@code claude-opus-5-4}. */
    public boolean begin(String id) {
        return areIn(of(id).all(), false);
    }

    /** Whether these are words of a model's name and at most the name of its family. */
    public boolean adds(String family, ModelWords said) {
        var rest = new ArrayList<>(all);
        said.all().forEach(rest::remove);
        return rest.isEmpty() || rest.equals(List.of(family));
    }

    /** The words of the family, without versions and dates. */
    public ModelWords withoutNumbers() {
        return new ModelWords(
                all.stream().filter(word -> !NUMBER.matcher(word).matches()).toList());
    }

    /** Whether it is a version and nothing else. */
    public boolean isNumber() {
        return all.stream().allMatch(word -> NUMBER.matcher(word).matches());
    }

    private boolean areIn(List<String> parts, boolean whole) {
        int at = 0;
        for (var word : all) {
            int found = parts.subList(at, parts.size()).indexOf(word);
            boolean skipsNumber = found > 0
                    && NUMBER.matcher(word).matches()
                    && parts.subList(at, at + found).stream()
                            .anyMatch(part -> NUMBER.matcher(part).matches());
            boolean breaksVersion = whole && found > 0 && at > 0 && isVersion(parts, at - 1) && isVersion(parts, at);
            if (found < 0 || skipsNumber || breaksVersion) {
                return false;
            }
            at += found + 1;
        }
        return !all.isEmpty() && !(whole && at < parts.size() && isVersion(parts, at - 1) && isVersion(parts, at));
    }

    private static boolean isVersion(List<String> parts, int at) {
        return OF_VERSION.matcher(parts.get(at)).matches();
    }
}
