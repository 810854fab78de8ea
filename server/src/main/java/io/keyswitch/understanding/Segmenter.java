package io.keyswitch.understanding;

import io.keyswitch.understanding.Lexicon.Form;
import io.keyswitch.understanding.Lexicon.Meaning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a message into pieces that a lexicon or the names know, so that as little as possible remains unknown and the pieces are
 * as long as possible. Where writing has blanks, pieces are whole words, or words put together from affixes; elsewhere any
 * characters. Immutable.
 */
final class Segmenter {
    private static final int KNOWN = 10;
    private static final int STEM = 12;
    private static final int MENDED = 18;
    private static final int NAME = 9;
    private static final int PART = 11;
    private static final int NUMBER = 11;
    private static final int JOINT = 3;
    private static final int UNKNOWN_WORD = 60;
    private static final int UNKNOWN_CHARACTER = 30;
    private static final int IMPOSSIBLE = 1 << 20;

    /** What names are joined to: "OpenAI-Key". */
    private static final Set<Concept> NOUNS = EnumSet.of(Concept.KEY, Concept.MODEL, Concept.PROVIDER);

    private static final int MIN_MENDED = 5;
    private static final int MIN_JOINED = 3;

    private static final Pattern VERSION = Pattern.compile("v?\\d{1,4}(?:[.,]\\d{1,2})*(?: b|[a-z]{0,2})(?![a-z0-9])");
    private static final Pattern ID = Pattern.compile("(?:[@a-z0-9][a-z0-9._@:/+-]*[a-z0-9])(?![a-z0-9])");
    private static final Pattern JOINED = Pattern.compile("[a-z0-9][-._:/@+]+[a-z0-9]|^@");
    private static final Pattern GLUED = Pattern.compile("([a-z]{3,10})(\\d{1,3}(?:\\.\\d{1,2})?[a-z]?)(?![a-z0-9])");
    private static final Pattern BREAKS =
            Pattern.compile("[\\n\\r,.;:!?()\\u2013\\u2014\\u2026、。，；：！？・…¿¡؟،؛।\"]|-(?=\\s|$)");
    private static final Pattern CODE = Pattern.compile("[{}=<>|\\\\$#`\\[\\]]");

    private final Lexicon lexicon;
    private final Names names;

    Segmenter(Lexicon lexicon, Names names) {
        this.lexicon = lexicon;
        this.names = names;
    }

    /** A piece, and the cost of everything from its start. */
    private record Choice(int cost, @Nullable Tag tag, int next) {}

    /** What a word means as an entry; empty if it is none. */
    Set<Concept> meanings(String word) {
        return Objects.requireNonNullElse(lexicon.word(word), Set.of());
    }

    /**
     * The pieces of a text, without blanks.
     *
     * @param elsewhere what a word means in the other languages that the text may be in: what has another meaning there is not
     *     misspelt here
     */
    Cut cut(Text text, Function<String, Set<Concept>> elsewhere) {
        var best = new Choice[text.length() + 1];
        best[text.length()] = new Choice(0, null, text.length());
        for (int i = text.length() - 1; i >= 0; i--) {
            best[i] = best(text, i, new Search(best, elsewhere));
        }
        var tags = new ArrayList<Tag>();
        int mended = 0;
        for (int i = 0; i < text.length(); i = best[i].next()) {
            var tag = best[i].tag();
            if (tag != null) {
                tags.add(tag);
                mended += best[i].cost() - best[best[i].next()].cost() == MENDED ? 1 : 0;
            }
        }
        return new Cut(tags, mended, best[0].cost());
    }

    /**
     * A text in pieces.
     *
     * @param mended how many words were taken for misspelt ones
     * @param cost the lower, the better the lexicon knows the words
     */
    record Cut(List<Tag> tags, int mended, int cost) {}

    private Choice best(Text text, int at, Search found) {
        char c = text.charAt(at);
        if (c == ' ' || c == '\t') {
            return new Choice(found.rest[at + 1].cost(), null, at + 1);
        }
        boolean start = text.isBoundary(at);
        entries(text, text.folded(), at, start, found);
        if (text.hasAccents()) {
            entries(text, text.bare(), at, start, found);
        }
        if (start && Character.isDigit(c)) {
            spelledVersion(text, text.folded(), at, digits(text.folded(), at), found);
        }
        if (start && text.mayBeNumberOrId(at)) {
            numbers(text.folded(), at, found);
        }
        if (found.best != null && found.best.cost() < IMPOSSIBLE && found.cheap) {
            return found.best;
        }
        if (start || !text.isWord(at)) {
            otherwise(text, at, found);
        }
        return found.best == null ? new Choice(IMPOSSIBLE, null, at + 1) : found.best;
    }

    /** Collects the cheapest way on from a place. */
    private static final class Search {
        private final Choice[] rest;
        private final Function<String, Set<Concept>> elsewhere;
        private @Nullable Choice best;
        private boolean cheap;

        Search(Choice[] rest, Function<String, Set<Concept>> elsewhere) {
            this.rest = rest;
            this.elsewhere = elsewhere;
        }

        void offer(int cost, @Nullable Tag tag, int next) {
            int total = cost + rest[next].cost();
            if (total < IMPOSSIBLE && (best == null || total < best.cost())) {
                best = new Choice(total, tag, next);
            }
            cheap = cheap || cost <= KNOWN;
        }
    }

    private void entries(Text text, String compared, int at, boolean start, Search found) {
        int word = lexicon.words().root();
        int name = names.words().root();
        for (int end = at + 1; end <= compared.length(); end++) {
            word = lexicon.words().next(word, compared.charAt(end - 1));
            name = names.words().next(name, compared.charAt(end - 1));
            if (word == WordGraph.NONE && name == WordGraph.NONE) {
                return;
            }
            var meaning = lexicon.words().value(word);
            if (meaning != null) {
                entry(text, compared, meaning, at, end, start, found);
            }
            var called = names.words().value(name);
            if (called != null) {
                name(text, called, at, end, start, found);
            }
        }
    }

    private void entry(Text text, String compared, Meaning meaning, int at, int end, boolean start, Search found) {
        if (start && text.isBoundary(end)) {
            whole(text, compared, meaning, at, end, found);
        } else if (isPartOfWord(at, end)) {
            offer(meaning.as(Form.WHOLE), KNOWN + JOINT, at, end, found);
        }
        offer(meaning.as(Form.PREFIX), start ? KNOWN : KNOWN + JOINT, at, end, found);
        if (start) {
            offer(meaning.as(Form.STEM), STEM, at, text.endOfWord(end), found);
        } else {
            offer(meaning.as(Form.SUFFIX), KNOWN, at, end, found);
        }
    }

    private boolean isPartOfWord(int at, int end) {
        return lexicon.compounds() && end - at >= MIN_JOINED;
    }

    private void whole(Text text, String compared, Meaning meaning, int at, int end, Search found) {
        if (meaning.as(Form.WHOLE) != null) {
            offer(lexicon.word(compared.substring(at, end)), KNOWN, at, end, found);
        }
        if (meaning.number() != null) {
            var number = new SpelledNumber(String.valueOf(meaning.number()), end);
            found.offer(NUMBER, new Tag.Version(at, end, number.digits()), end);
            spelledVersion(text, compared, at, number, found);
        }
    }

    private record SpelledNumber(String digits, int end) {}

    /** "Five point five", "5 punto 5": what goes on behind a number. */
    private void spelledVersion(Text text, String compared, int at, SpelledNumber first, Search found) {
        int point = longest(text, compared, withoutBlank(compared, first.end()), Meaning::point);
        var second = point < 0 ? null : number(text, compared, withoutBlank(compared, point));
        if (second != null) {
            found.offer(
                    NUMBER, new Tag.Version(at, second.end(), first.digits() + "." + second.digits()), second.end());
        }
    }

    private static int withoutBlank(String compared, int at) {
        return at < compared.length() && compared.charAt(at) == ' ' ? at + 1 : at;
    }

    /** The number at a place, in digits or as a word; null if there is none. */
    private @Nullable SpelledNumber number(Text text, String compared, int at) {
        if (at < compared.length() && Character.isDigit(compared.charAt(at))) {
            return digits(compared, at);
        }
        int end = longest(text, compared, at, meaning -> meaning.number() != null);
        var meaning = end < 0 ? null : lexicon.words().find(compared.substring(at, end));
        return meaning == null ? null : new SpelledNumber(String.valueOf(meaning.number()), end);
    }

    private static SpelledNumber digits(String compared, int at) {
        int end = at;
        while (end < compared.length() && Character.isDigit(compared.charAt(end))) {
            end++;
        }
        return new SpelledNumber(compared.substring(at, end), end);
    }

    /** Where the longest entry of a kind at a place ends; -1 if there is none. */
    private int longest(Text text, String compared, int at, Predicate<Meaning> wanted) {
        int longest = -1;
        int word = lexicon.words().root();
        for (int end = at + 1; end <= compared.length(); end++) {
            word = lexicon.words().next(word, compared.charAt(end - 1));
            if (word == WordGraph.NONE) {
                break;
            }
            var meaning = lexicon.words().value(word);
            if (meaning != null && wanted.test(meaning) && text.isBoundary(end)) {
                longest = end;
            }
        }
        return longest;
    }

    private void name(Text text, Names.Called called, int at, int end, boolean start, Search found) {
        boolean whole = start && text.isBoundary(end);
        if (called.provider() != null && (whole || isPartOfWord(at, end))) {
            found.offer(whole ? NAME : KNOWN + JOINT, new Tag.Name(at, end, called.provider(), false), end);
        }
        if (called.elsewhere() && whole) {
            found.offer(NAME, new Tag.Elsewhere(at, end), end);
        }
        var part = called.part();
        if (part != null && whole) {
            found.offer(names.isFamily(part) ? NAME + 1 : PART, new Tag.Part(at, end, part), end);
        }
    }

    private static void offer(@Nullable Set<Concept> concepts, int cost, int at, int end, Search found) {
        if (concepts != null) {
            found.offer(cost, new Tag.Word(at, end, concepts), end);
        }
    }

    private void numbers(String text, int at, Search found) {
        var version = matcher(VERSION, text, at);
        if (version.lookingAt()) {
            var plain = version.group().replace(',', '.').replaceAll("^v| ", "");
            found.offer(NUMBER, new Tag.Version(at, version.end(), plain), version.end());
        }
        var glued = matcher(GLUED, text, at);
        if (glued.lookingAt()) {
            var head = names.part(glued.group(1));
            if (head != null) {
                found.offer(NUMBER, new Tag.Id(at, glued.end(), head + "-" + glued.group(2)), glued.end());
            }
        }
        var matched = matcher(ID, text, at);
        if (matched.lookingAt()) {
            var id = withoutNoun(matched.group());
            if (isLikeAnId(id)) {
                found.offer(NUMBER, new Tag.Id(at, at + id.length(), id), at + id.length());
            }
        }
    }

    private static Matcher matcher(Pattern pattern, String text, int at) {
        return pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
    }

    /** "OpenAI-Key" and "GPT-5.5-Modell" are a name and a noun: what is joined to the noun. */
    private String withoutNoun(String id) {
        for (int at = id.indexOf('-'); at > 0; at = id.indexOf('-', at + 1)) {
            var noun = id.substring(at + 1);
            if (names.part(noun) == null && isNoun(lexicon.word(noun)) && isNameOrVersion(id.substring(0, at))) {
                return id.substring(0, at);
            }
        }
        return id;
    }

    private static boolean isNoun(@Nullable Set<Concept> concepts) {
        return concepts != null && !Collections.disjoint(concepts, NOUNS);
    }

    private boolean isNameOrVersion(String text) {
        var first = text.replaceFirst("[^a-z].*", "");
        var part = names.part(first);
        return names.provider(text) != null
                || names.provider(first) != null
                || (part != null && names.isFamily(part))
                || VERSION.matcher(text).matches();
    }

    /** Ids join their parts; whether an ordinary word such as "long-term" is meant as one depends on what is before it. */
    private static boolean isLikeAnId(String text) {
        return !text.startsWith("http")
                && text.indexOf("://") < 0
                && text.chars().anyMatch(Character::isLetter)
                && JOINED.matcher(text).find();
    }

    /** What is no entry: punctuation, a slip of the fingers, an unknown word. */
    private void otherwise(Text text, int at, Search found) {
        if (!text.isWord(at)) {
            punctuation(text.folded(), at, found);
            return;
        }
        if (text.isWithoutBlanksAt(at)) {
            found.offer(UNKNOWN_CHARACTER, new Tag.Unknown(at, at + 1), at + 1);
            return;
        }
        int end = text.endOfWord(at + 1);
        var word = text.substring(at, end);
        if (word.length() >= MIN_MENDED) {
            mend(word, at, found);
        }
        found.offer(UNKNOWN_WORD, new Tag.Unknown(at, end), end);
    }

    private void mend(String word, int at, Search found) {
        var meant = lexicon.mended(word);
        var provider = names.guess(word);
        if (meant == null && provider == null) {
            return;
        }
        int end = at + word.length();
        var elsewhere = found.elsewhere.apply(word);
        if (meant != null && (elsewhere.isEmpty() || !Collections.disjoint(elsewhere, meant))) {
            found.offer(MENDED, new Tag.Word(at, end, meant), end);
        }
        if (provider != null && elsewhere.isEmpty()) {
            found.offer(MENDED, new Tag.Name(at, end, provider, true), end);
        }
    }

    private static void punctuation(String text, int at, Search found) {
        var breaks = matcher(BREAKS, text, at);
        if (matcher(CODE, text, at).lookingAt()) {
            found.offer(UNKNOWN_WORD, new Tag.Unknown(at, at + 1), at + 1);
        } else if (breaks.lookingAt()) {
            found.offer(0, new Tag.Break(at, breaks.end()), breaks.end());
        } else {
            found.offer(0, null, at + 1);
        }
    }
}
