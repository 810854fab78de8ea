package io.keyswitch.understanding;

import io.keyswitch.language.Language;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.Provider;
import io.keyswitch.understanding.Phrase.Item;
import io.keyswitch.understanding.Rules.Outcome;
import io.keyswitch.understanding.Vocabulary.CutText;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a user has said, and what it may mean to Keyswitch: as a request, as an answer to a question, as a correction. Each
 * form of it, with and without punctuation, is cut into words when it is first asked about. For one thread.
 *
 * <p>It is certainly a request if all its words are known to a language and together ask for something; with an unknown word
 * or two it is possibly one, and offered.
 */
public final class Utterance {
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

    /** Punctuation around a text. */
    private static final Pattern ENDS = Pattern.compile("^[\\p{P}\\s]+|[\\p{P}\\s]+$");

    private final String text;
    private final @Nullable Language expected;
    private final Vocabulary vocabulary;
    private final Map<String, List<CutText>> cuts = new HashMap<>();

    Utterance(String text, @Nullable Language expected, Vocabulary vocabulary) {
        this.text = text;
        this.expected = expected;
        this.vocabulary = vocabulary;
    }

    public String text() {
        return text;
    }

    /** A part of it, or a form of it without some of its words. */
    public Utterance part(String of) {
        return of.equals(text) ? this : new Utterance(of, expected, vocabulary);
    }

    public boolean isLong() {
        return text.length() > MAX_LENGTH;
    }

    /** Whether it has a question mark. */
    public boolean isMarkedAsQuestion() {
        return QUESTION.matcher(text).find();
    }

    /** What it asks of Keyswitch; null if it asks nothing, and is for the model. */
    public @Nullable Understood request() {
        if (isLong()) {
            return atAnEnd();
        }
        var whole = whole();
        return whole.understood() != null || whole.refused() ? whole.understood() : atAnEnd();
    }

    /** @param refused whether one language knows all its words and finds no request, so that no part of it may be one */
    private record Whole(@Nullable Understood understood, boolean refused) {
        static final Whole REFUSED = new Whole(null, true);
    }

    private Whole whole() {
        if (text.stripLeading().startsWith("/")) {
            var command = SlashCommand.read(text, name -> part(name).naming());
            return command == null ? Whole.REFUSED : new Whole(new Understood(command, true, null), false);
        }
        var said = Quotes.removed(Folded.of(withoutTagQuestion()));
        if (said == null || said.isEmpty()) {
            return Whole.REFUSED;
        }
        Reading best = null;
        for (var one : expectedFirst(readings(said))) {
            var reading = new Reading(one, one.strange(), Judgement.of(one.items()));
            if (reading.isRefusal()) {
                return Whole.REFUSED;
            }
            if (best == null || reading.isBetterThan(best, expected)) {
                best = reading;
            }
        }
        return best != null && best.outcome instanceof Outcome.Request(var intent, var certain, var _)
                ? new Whole(new Understood(intent, certain, best.in.language()), false)
                : new Whole(null, false);
    }

    private String withoutTagQuestion() {
        return isMarkedAsQuestion() ? TAG_QUESTION.matcher(text).replaceFirst("$1") : text;
    }

    /** A request that several sentences end or begin with, and that may be part of what they tell: it is offered. */
    private @Nullable Understood atAnEnd() {
        if (text.length() > LONGEST_TOLD) {
            return null;
        }
        var sentences = SENTENCE_END.splitAsStream(text.strip()).toList();
        if (sentences.size() < 2) {
            return null;
        }
        return Stream.of(sentences.getLast(), sentences.getFirst())
                .map(this::part)
                .filter(sentence -> !sentence.isLong() && !sentence.text.startsWith("/"))
                .flatMap(sentence -> Stream.ofNullable(sentence.request()))
                .filter(Understood::certain)
                .findFirst()
                .map(request -> new Understood(request.intent(), false, request.language()))
                .orElse(null);
    }

    /** The utterance in one language, and what it asks for in that. */
    private record Reading(InLanguage in, int strange, Outcome outcome) {
        /** A language that knows all the words and finds them forbidden or told: no other language's reading counts. */
        boolean isRefusal() {
            return strange == 0 && outcome instanceof Outcome.Refused;
        }

        boolean isBetterThan(Reading other, @Nullable Language expected) {
            if (strange != other.strange) {
                return strange < other.strange;
            }
            if (rank() != other.rank()) {
                return rank() > other.rank();
            }
            return other.in.language() != expected && in.isBetterKnown(other.in);
        }

        private int rank() {
            return switch (outcome) {
                case Outcome.Nothing _ -> 0;
                case Outcome.Request request -> request.certain() ? 2 : 1;
                case Outcome.Refused _ -> 3;
            };
        }
    }

    /**
     * The provider or model that it names if it says nothing beyond: "claude, claude-sonnet-4-5", "the default groq".
     *
     * @return null if it names nothing, or says more
     */
    public Intent.@Nullable Change naming() {
        return known(Rules::name);
    }

    /** Whose key it means; null if it does not say. */
    public @Nullable KeySource keySource() {
        return known(Rules::keySource);
    }

    /** The first language's reading of words that it knows all; null if one such language finds them refused. */
    private <T> @Nullable T known(Function<List<Item>, @Nullable T> read) {
        var readings = unquoted().stream()
                .filter(InLanguage::isOfKnownWords)
                .map(InLanguage::items)
                .toList();
        return readings.stream().anyMatch(Rules::refuses)
                ? null
                : readings.stream()
                        .flatMap(items -> Stream.ofNullable(read.apply(items)))
                        .findFirst()
                        .orElse(null);
    }

    /**
     * The provider that it mentions, or whose model it does, whatever else it says: "the one from google I think, gemini".
     *
     * @return null if it mentions none or several
     */
    public @Nullable Provider mentioned() {
        var owners = unquoted().stream()
                .flatMap(one -> new Wording(one.items()).owners().stream())
                .distinct()
                .toList();
        return owners.size() == 1 ? owners.getFirst() : null;
    }

    /**
     * The model that it names among other words, where models are talked of: "the 5.5 mini, I guess".
     *
     * @return null if it names none or several, or only refuses one
     */
    public @Nullable SaidModel saidModel() {
        return ofModels().stream()
                .flatMap(one -> Stream.ofNullable(new ChangeRules(new Wording(one.items())).saidModel(one.strange())))
                .findFirst()
                .orElse(null);
    }

    /** What it asks for right after a change of the model, which it may correct: "no, openai", "put it back"; null if nothing. */
    public @Nullable Understood correction() {
        boolean denies =
                vocabulary.answers().denies(FIRST_WORD.matcher(text.strip()).replaceAll(""));
        int mostStrange = denies ? 1 : 0;
        return ofModels().stream()
                .filter(one -> one.strange() <= mostStrange && !one.isOutside())
                .flatMap(one -> Stream.of(one.items(), corrected(one.items(), denies))
                        .flatMap(items -> Stream.ofNullable(Rules.correction(items, isMarkedAsQuestion(), denies)))
                        .map(intent -> new Understood(intent, true, one.language())))
                .findFirst()
                .orElse(null);
    }

    /** What is meant instead, behind the "no". */
    private static List<Item> corrected(List<Item> items, boolean denies) {
        boolean more = denies && items.size() > 1 && !(items.getFirst() instanceof Item.Named);
        return more ? items.subList(1, items.size()) : items;
    }

    /** What it may mean as an answer to a question, in any language; empty if it is no answer of fixed meaning. */
    public Set<FixedAnswer> meanings() {
        return vocabulary.answers().meanings(text);
    }

    /** The place in a list that it names, from 1; 0 if it names none, -1 for the last. */
    public int ordinal() {
        return vocabulary.answers().ordinal(text);
    }

    /** The cues in it, in the languages that know most of its words, the expected one first; none in a long one. */
    public List<Set<Cue>> cues() {
        var readings = expectedFirst(trimmed());
        int least = least(readings);
        var found = cues(readings, least);
        // One word may be known to another language by chance.
        return found.isEmpty() ? cues(readings, least + 1) : found;
    }

    private List<Set<Cue>> cues(List<InLanguage> readings, int strange) {
        return readings.stream()
                .filter(one -> one.strange() == strange)
                .map(this::cues)
                .filter(found -> !found.isEmpty())
                .toList();
    }

    private Set<Cue> cues(InLanguage one) {
        return vocabulary.cues(one.language(), trimmedText());
    }

    /** What it is about as a question at a question of the flow. */
    public Set<Topic> topics() {
        var readings = expectedFirst(trimmed());
        int least = least(readings);
        return readings.stream()
                .filter(one -> one.strange() <= least + 1)
                .map(one -> QuestionTopics.of(new Wording(one.items()), cues(one)))
                .max(Comparator.comparingInt(Set::size))
                .orElse(Set.of());
    }

    /** How many words of it the language does not know that knows most of them; 0 if it is long. */
    public int strangeWords() {
        return least(trimmed());
    }

    private static int least(List<InLanguage> readings) {
        return readings.stream().mapToInt(InLanguage::strange).min().orElse(0);
    }

    /** Whether it is short and some language knows all its words but one. */
    public boolean isFamiliar() {
        return text.length() <= MOST_FAMILIAR && trimmed().stream().anyMatch(one -> one.strange() <= 1);
    }

    /** Whether some language knows all its words, which name nothing. */
    public boolean isOfKnownWords() {
        return trimmed().stream()
                .anyMatch(one -> !one.items().isEmpty()
                        && one.strange() == 0
                        && one.items().stream().noneMatch(Item.Named.class::isInstance));
    }

    private List<InLanguage> expectedFirst(List<InLanguage> readings) {
        return readings.stream()
                .sorted(Comparator.comparing(one -> one.language() != expected))
                .toList();
    }

    /** The readings of the text without quotes around the whole or a name; none if it is long or contains other quotes. */
    private List<InLanguage> unquoted() {
        var said = isLong() ? null : Quotes.removed(Folded.of(text));
        return said == null ? List.of() : readings(said);
    }

    /** The same where models are talked of, the expected language and then the one that knows most of it first. */
    private List<InLanguage> ofModels() {
        var said = isLong() ? null : Quotes.removed(Folded.of(text));
        return said == null
                ? List.of()
                : expectedFirst(readings(said, Phrase::itemsOfModels)).stream()
                        .sorted(Comparator.comparingInt(InLanguage::strange))
                        .toList();
    }

    /** It in each language, quotes and all, without the punctuation around it; none if it is long. */
    private List<InLanguage> trimmed() {
        return isLong() ? List.of() : readings(trimmedText());
    }

    private String trimmedText() {
        return ENDS.matcher(Folded.of(text)).replaceAll("");
    }

    private List<InLanguage> readings(String folded) {
        return readings(folded, Phrase::items);
    }

    /** Joins the pieces of a text. */
    private interface Joining {
        List<Item> items(String original, String text, List<Tag> tags, Names names);
    }

    private List<InLanguage> readings(String folded, Joining joining) {
        return cuts.computeIfAbsent(folded, vocabulary::cut).stream()
                .map(one -> {
                    var items = joining.items(text, folded, one.cut().tags(), vocabulary.names());
                    return new InLanguage(one.language(), Negations.withoutOrNot(items), one.cut());
                })
                .toList();
    }
}
