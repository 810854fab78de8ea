package io.keyswitch.understanding;

import io.keyswitch.language.Language;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.understanding.Phrase.Item;
import io.keyswitch.understanding.Rules.Verdict;
import java.lang.Character.UnicodeScript;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds requests to Keyswitch among everything users say. A message is certainly one if all its words are known to a language and
 * together ask for something; with an unknown word or two it is possibly one, and offered. Thread-safe.
 */
public final class Understanding {
    /** Requests are short; in whatever is longer, one is only offered. */
    public static final int MAX_LENGTH = 200;

    private static final int MOST_FAMILIAR = 60;

    /** What is longer is a text that somebody pasted. */
    private static final int LONGEST_TOLD = 1_500;

    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?؟।…])\\s+|(?<=[。！？])|\\s*\\R\\s*");

    /** "Let's switch to claude, no?": asks for consent, and refuses nothing. */
    private static final Pattern TAG_QUESTION = Pattern.compile("(?iu)(\\p{L}[^?？؟]*)[,;،、，]\\s*¿?\\s*"
            + "(?:no|non|não|nao|nicht|nich|нет|لا|नहीं|nahi|だめ(?:かな|ですか)?|ダメ(?:かな|ですか)?|不行吗|不好吗)\\s*[?？؟]+\\s*$");

    private static final Pattern FIRST_WORD = Pattern.compile("(?s)(?<=[\\p{L}\\p{M}])[\\s\\p{P}].*");

    private static final Pattern QUESTION = Pattern.compile("[?？؟]");

    private static final Pattern QUOTED =
            Pattern.compile("\"([^\"]*)\"|(?<![\\p{L}\\p{N}])'([^']*)'(?![\\p{L}\\p{N}])");

    /** Punctuation around a message. */
    private static final Pattern ENDS = Pattern.compile("^[\\p{P}\\s]+|[\\p{P}\\s]+$");

    private static final Pattern HEAD = Pattern.compile("([a-z]+)[0-9.]*[-/:]");

    private final ProviderRegistry registry;
    private volatile @Nullable Words words;

    /** The lexicons are read by the first message, or before it by {@link #prepare}. */
    public Understanding(ProviderRegistry registry) {
        this.registry = registry;
    }

    /** Reads the lexicons on another thread, so that the first message need not wait for them. */
    public void prepare() {
        var _ = Thread.ofPlatform().daemon().name("lexicons").start(this::words);
    }

    private Words words() {
        var read = words;
        return read == null ? readWords() : read;
    }

    private synchronized Words readWords() {
        var read = words;
        if (read == null) {
            read = Words.read(registry);
            words = read;
        }
        return read;
    }

    /** The words of all languages. */
    private record Words(Names names, Map<Language, Segmenter> segmenters, Map<Language, Cues> cues, Answers answers) {
        static Words read(ProviderRegistry registry) {
            var names = new Names(registry);
            var segmenters = new EnumMap<Language, Segmenter>(Language.class);
            var lexicons = Lexicons.builtIn();
            lexicons.byLanguage()
                    .forEach((language, lexicon) -> segmenters.put(language, new Segmenter(lexicon, names)));
            return new Words(names, segmenters, lexicons.cues(), lexicons.answers());
        }
    }

    /** What a message asks of Keyswitch in no expected language; see {@link #read(String, Language)}. */
    public @Nullable Understood read(String message) {
        return read(message, null);
    }

    /**
     * What a message asks of Keyswitch.
     *
     * @param expected the language that it is rather in than in another which has the same words; null if unknown
     * @return null if it asks nothing, and is for the model
     */
    public @Nullable Understood read(String message, @Nullable Language expected) {
        if (message.length() > MAX_LENGTH) {
            return atAnEndOf(message, expected);
        }
        var whole = readWhole(message, expected);
        return whole.understood() != null || whole.refused() ? whole.understood() : atAnEndOf(message, expected);
    }

    /** @param refused whether one language knows all its words and finds no request, so that no part of it may be one */
    private record Whole(@Nullable Understood understood, boolean refused) {
        static final Whole REFUSED = new Whole(null, true);
    }

    private Whole readWhole(String message, @Nullable Language expected) {
        if (message.stripLeading().startsWith("/")) {
            var command = SlashCommand.read(message, this::naming);
            return command == null ? Whole.REFUSED : new Whole(new Understood(command, true, null), false);
        }
        var text = unquoted(Folded.of(withoutTagQuestion(message)));
        if (text == null || text.isEmpty()) {
            return Whole.REFUSED;
        }
        Reading best = null;
        for (var one : expectedFirst(inEachLanguage(message, text), expected)) {
            var reading = new Reading(one, strange(one.items()), judge(one.items()));
            if (reading.isRefusal()) {
                return Whole.REFUSED;
            }
            if (best == null || reading.isBetterThan(best, expected)) {
                best = reading;
            }
        }
        return best != null && best.verdict instanceof Verdict.Request(var intent, var certain, var _)
                ? new Whole(new Understood(intent, certain, best.text.language), false)
                : new Whole(null, false);
    }

    private static List<InLanguage> expectedFirst(Stream<InLanguage> readings, @Nullable Language expected) {
        return readings.sorted(Comparator.comparing(one -> one.language() != expected))
                .toList();
    }

    /** A request that a message of several sentences ends or begins with, and that may be part of what it tells: it is offered. */
    private @Nullable Understood atAnEndOf(String message, @Nullable Language expected) {
        if (message.length() > LONGEST_TOLD) {
            return null;
        }
        var sentences = SENTENCE_END.splitAsStream(message.strip()).toList();
        if (sentences.size() < 2) {
            return null;
        }
        return Stream.of(sentences.getLast(), sentences.getFirst())
                .filter(sentence -> sentence.length() <= MAX_LENGTH && !sentence.startsWith("/"))
                .flatMap(sentence -> Stream.ofNullable(read(sentence, expected)))
                .filter(Understood::certain)
                .findFirst()
                .map(request -> new Understood(request.intent(), false, request.language()))
                .orElse(null);
    }

    /**
     * Reads what names a provider or model and says nothing beyond: "claude, claude-sonnet-4-5", "the default groq".
     *
     * @return null if it names nothing, or says more
     */
    public Intent.@Nullable Change naming(String answer) {
        return known(answer, Rules::name);
    }

    /** Whether a message has a question mark. */
    public static boolean isMarkedAsQuestion(String message) {
        return QUESTION.matcher(message).find();
    }

    /**
     * The provider that a message mentions, or whose model it does, whatever else it says: "the one from google I think, gemini".
     *
     * @return null if it mentions none or several
     */
    public @Nullable Provider mentioned(String answer) {
        var text = answer.length() > MAX_LENGTH ? null : unquoted(Folded.of(answer));
        if (text == null) {
            return null;
        }
        var owners = inEachLanguage(answer, text)
                .flatMap(reading -> new Wording(reading.items()).owners().stream())
                .distinct()
                .toList();
        return owners.size() == 1 ? owners.getFirst() : null;
    }

    /**
     * The model that a message names among other words, where models are talked of: "the 5.5 mini, I guess".
     *
     * @param expected the language that it is rather in; null if unknown
     * @return null if it names none or several, or only refuses one
     */
    public @Nullable SaidModel saidModel(String message, @Nullable Language expected) {
        var text = message.length() > MAX_LENGTH ? null : unquoted(Folded.of(message));
        if (text == null) {
            return null;
        }
        return expectedFirst(inEachLanguage(message, text, Phrase::itemsOfModels), expected).stream()
                .sorted(Comparator.comparingInt(one -> strange(one.items())))
                .flatMap(one ->
                        Stream.ofNullable(new ChangeRules(new Wording(one.items())).saidModel(strange(one.items()))))
                .findFirst()
                .orElse(null);
    }

    /**
     * What a message asks for that follows a change of the model and may correct it: "no, openai", "put it back".
     *
     * @param expected the language that it is rather in; null if unknown
     * @return null if nothing
     */
    public @Nullable Understood correction(String message, @Nullable Language expected) {
        var text = message.length() > MAX_LENGTH ? null : unquoted(Folded.of(message));
        boolean asked = isMarkedAsQuestion(message);
        boolean denies =
                words().answers().denies(FIRST_WORD.matcher(message.strip()).replaceAll(""));
        int mostStrange = denies ? 1 : 0;
        return text == null
                ? null
                : expectedFirst(inEachLanguage(message, text, Phrase::itemsOfModels), expected).stream()
                        .filter(one -> strange(one.items()) <= mostStrange && !isOutside(one.items()))
                        .sorted(Comparator.comparingInt(one -> strange(one.items())))
                        .flatMap(one -> Stream.of(one.items(), corrected(one.items(), denies))
                                .flatMap(items -> Stream.ofNullable(Rules.correction(items, asked, denies)))
                                .map(intent -> new Understood(intent, true, one.language())))
                        .findFirst()
                        .orElse(null);
    }

    /** What is meant instead, behind the "no". */
    private static List<Item> corrected(List<Item> items, boolean denies) {
        boolean more = denies && items.size() > 1 && !(items.getFirst() instanceof Item.Named);
        return more ? items.subList(1, items.size()) : items;
    }

    /** Whether some language knows all words of a text. */
    public boolean knowsAllOf(String text) {
        var folded = Folded.of(text);
        return inEachLanguage(text, folded)
                .anyMatch(one -> !one.items().isEmpty()
                        && strange(one.items()) == 0
                        && one.items().stream().noneMatch(Item.Named.class::isInstance));
    }

    /** How many words of a message the language does not know that knows most of them; 0 for a long message. */
    public int strangeWords(String message) {
        if (message.length() > MAX_LENGTH) {
            return 0;
        }
        var text = ENDS.matcher(Folded.of(message)).replaceAll("");
        return inEachLanguage(message, text)
                .mapToInt(one -> strange(one.items()))
                .min()
                .orElse(0);
    }

    /** Whether a message is short and some language knows all its words but one. */
    public boolean isFamiliar(String message) {
        if (message.length() > MOST_FAMILIAR) {
            return false;
        }
        return inEachLanguage(message, Folded.of(message)).anyMatch(one -> strange(one.items()) <= 1);
    }

    /** Whose key an answer means; null if it does not say. */
    public @Nullable KeySource keySource(String answer) {
        return known(answer, Rules::keySource);
    }

    /** The first language's reading of words that it knows all; null if one such language finds them refused. */
    private <T> @Nullable T known(String answer, Function<List<Item>, @Nullable T> read) {
        var text = answer.length() > MAX_LENGTH ? null : unquoted(Folded.of(answer));
        if (text == null) {
            return null;
        }
        var readings = inEachLanguage(answer, text)
                .map(InLanguage::items)
                .filter(Understanding::isOfKnownWords)
                .toList();
        if (readings.stream().anyMatch(Rules::refuses)) {
            return null;
        }
        return readings.stream()
                .flatMap(items -> Stream.ofNullable(read.apply(items)))
                .findFirst()
                .orElse(null);
    }

    /** A message as a language reads it. */
    private record InLanguage(Language language, List<Item> items, Segmenter.Cut cut) {
        /** Whether another language knows the words less well. English words are known to many. */
        boolean isBetterKnown(InLanguage other) {
            if (cut.mended() != other.cut.mended()) {
                return cut.mended() < other.cut.mended();
            }
            return cut.cost() < other.cut.cost() && language != Language.EN && other.language != Language.EN;
        }
    }

    /** A message as each language that it may be in reads it. */
    private Stream<InLanguage> inEachLanguage(String message, String text) {
        return inEachLanguage(message, text, Phrase::items);
    }

    /** Joins the pieces of a text. */
    private interface Joining {
        List<Item> items(String original, String text, List<Tag> tags, Names names);
    }

    private Stream<InLanguage> inEachLanguage(String message, String text, Joining joining) {
        var known = words();
        var plausible = new EnumMap<>(known.segmenters());
        plausible.keySet().retainAll(languages(text));
        var cuttable = new Text(text);
        Function<String, Set<Concept>> elsewhere = word -> plausible.values().stream()
                .flatMap(one -> one.meanings(word).stream())
                .collect(Collectors.toUnmodifiableSet());
        return plausible.entrySet().stream().map(entry -> {
            var cut = entry.getValue().cut(cuttable, elsewhere);
            var items = joining.items(message, text, cut.tags(), known.names());
            return new InLanguage(entry.getKey(), Negations.withoutOrNot(items), cut);
        });
    }

    /** What a message may mean as an answer to a question, in any language; empty if it is no answer of fixed meaning. */
    public Set<FixedAnswer> meanings(String message) {
        return words().answers().meanings(message);
    }

    /**
     * The cues in a message at a question, in the languages that know most of its words; none in a long one.
     *
     * @param expected the language that comes first; null if unknown
     */
    public List<Set<Cue>> cues(String message, @Nullable Language expected) {
        if (message.length() > MAX_LENGTH) {
            return List.of();
        }
        var text = ENDS.matcher(Folded.of(message)).replaceAll("");
        var readings = expectedFirst(inEachLanguage(message, text), expected);
        int least =
                readings.stream().mapToInt(one -> strange(one.items())).min().orElse(0);
        var found = cues(readings, least, text);
        // One word may be known to another language by chance.
        return found.isEmpty() ? cues(readings, least + 1, text) : found;
    }

    /**
     * What a question at a question of the flow is about.
     *
     * @param expected the language that comes first; null if unknown
     */
    public Set<Topic> topics(String message, @Nullable Language expected) {
        if (message.length() > MAX_LENGTH) {
            return Set.of();
        }
        var text = ENDS.matcher(Folded.of(message)).replaceAll("");
        var readings = expectedFirst(inEachLanguage(message, text), expected);
        int least =
                readings.stream().mapToInt(one -> strange(one.items())).min().orElse(0);
        return readings.stream()
                .filter(one -> strange(one.items()) <= least + 1)
                .map(one -> topics(one, text))
                .max(Comparator.comparingInt(Set::size))
                .orElse(Set.of());
    }

    private Set<Topic> topics(InLanguage one, String text) {
        var said = new Wording(one.items());
        var cues = words().cues().get(one.language());
        return QuestionTopics.of(said, cues == null ? Set.of() : cues.in(text));
    }

    private List<Set<Cue>> cues(List<InLanguage> readings, int strange, String text) {
        return readings.stream()
                .filter(one -> strange(one.items()) == strange)
                .flatMap(one -> Stream.ofNullable(words().cues().get(one.language())))
                .map(cues -> cues.in(text))
                .filter(found -> !found.isEmpty())
                .toList();
    }

    /** The place in a list that an answer names, from 1; 0 if it names none, -1 for the last. */
    public int ordinal(String message) {
        return words().answers().ordinal(message);
    }

    /** Whether a word begins like the id of a model: with the name of a family, its version and a separator. */
    public boolean beginsLikeAModel(String word) {
        var matcher = HEAD.matcher(word.toLowerCase(Locale.ROOT));
        return matcher.lookingAt() && words().names().isFamily(matcher.group(1));
    }

    /** A message in one language. */
    private record Reading(InLanguage text, int strange, Verdict verdict) {
        /** A language that knows all the words and finds them forbidden or told: no other language's reading counts. */
        boolean isRefusal() {
            return strange == 0 && verdict instanceof Verdict.Refused;
        }

        boolean isBetterThan(Reading other, @Nullable Language expected) {
            if (strange != other.strange) {
                return strange < other.strange;
            }
            if (rank() != other.rank()) {
                return rank() > other.rank();
            }
            return other.text.language != expected && text.isBetterKnown(other.text);
        }

        private int rank() {
            return switch (verdict) {
                case Verdict.Nothing _ -> 0;
                case Verdict.Request request -> request.certain() ? 2 : 1;
                case Verdict.Refused _ -> 3;
            };
        }
    }

    private static String withoutTagQuestion(String message) {
        return isMarkedAsQuestion(message) ? TAG_QUESTION.matcher(message).replaceFirst("$1") : message;
    }

    /** What is put in quotes is spoken about: only a whole message or a single name is taken out of them. */
    private @Nullable String unquoted(String text) {
        var whole = QUOTED.matcher(text.replaceAll("[.!?]+$", ""));
        if (whole.matches()) {
            return Objects.requireNonNullElse(whole.group(1), whole.group(2));
        }
        var matcher = QUOTED.matcher(text);
        var out = new StringBuilder();
        while (matcher.find()) {
            var inner = Objects.requireNonNullElse(matcher.group(1), matcher.group(2));
            if (inner == null || inner.indexOf(' ') >= 0 || inner.codePoints().anyMatch(Understanding::isHan)) {
                return null;
            }
            matcher.appendReplacement(out, java.util.regex.Matcher.quoteReplacement(inner));
        }
        return matcher.appendTail(out).toString();
    }

    private static boolean isHan(int codePoint) {
        return UnicodeScript.of(codePoint) == UnicodeScript.HAN;
    }

    /** Whether all words are known, and none is of another matter. */
    private static boolean isOfKnownWords(List<Item> items) {
        return !items.isEmpty() && strange(items) == 0 && !isOutside(items);
    }

    private static int strange(List<Item> items) {
        return (int) items.stream().filter(Item.Strange.class::isInstance).count();
    }

    private static Verdict judge(List<Item> items) {
        var whole = judgeAll(items);
        if (isCertain(whole)) {
            return whole;
        }
        var withoutReasons = withoutReasons(items);
        if (withoutReasons != null) {
            return withoutReasons;
        }
        var first = Asides.beforeNext(items);
        return first.size() < items.size()
                        && judgeAll(first) instanceof Verdict.Request request
                        && request.certain()
                        && request.intent() instanceof Intent.Change change
                        && change.isNamed()
                ? request.asPossible()
                : whole;
    }

    /**
     * What a message asks for apart from its reasons; null if nothing. It is only offered if words remain unknown, or if a
     * reason may say what is meant, and a key is never deleted for a reason that names another.
     */
    private static @Nullable Verdict withoutReasons(List<Item> items) {
        var asked = Asides.withoutReasons(items);
        if (asked.size() == items.size()
                || !(judgeAll(asked) instanceof Verdict.Request request)
                || !request.certain()) {
            return null;
        }
        boolean telling = Asides.reasons(items).stream().anyMatch(Asides::mayNarrow);
        if (request.intent() instanceof Intent.ForgetKey) {
            return telling ? null : request.asPossible();
        }
        return telling || strange(asked) > 0 ? request.asPossible() : request;
    }

    private static boolean isCertain(Verdict verdict) {
        return verdict instanceof Verdict.Request request && request.certain();
    }

    private static Verdict judgeAll(List<Item> items) {
        if (isOutside(items)) {
            return new Verdict.Refused();
        }
        var joined = Asides.joined(items);
        return strange(items) == 0 ? Rules.judge(joined) : HalfKnown.judge(joined);
    }

    private static boolean isOutside(List<Item> items) {
        return items.stream()
                .anyMatch(item ->
                        item instanceof Item.Said(var concepts) && concepts.equals(EnumSet.of(Concept.OUTSIDE)));
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
