package io.keyswitch.conversation;

import io.keyswitch.conversation.UserInput.Command;
import io.keyswitch.conversation.UserInput.Word;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.understanding.Cue;
import io.keyswitch.understanding.FixedAnswer;
import io.keyswitch.understanding.Intent;
import io.keyswitch.understanding.SaidModel;
import io.keyswitch.understanding.Topic;
import io.keyswitch.understanding.Utterance;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an utterance means as an answer to an open question, ignoring case, quotes, punctuation and polite phrases. */
final class Answer {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern CLAUSE_END = Pattern.compile("[,.!;:、，。！؛،]");
    /** Everything up to the last question mark. */
    private static final Pattern QUESTION = Pattern.compile("(?s).*[?？؟]");

    /** Questions with more words that no lexicon knows are about something else. */
    private static final int MOST_STRANGE = 3;

    private static final Pattern DEFAULT = Pattern.compile("(?i)(?:the )?default(?: (?:one|model))?");
    private static final Pattern COURTESY = Pattern.compile(
            "(?i)^(?:(?:please|ok|okay|well|hm+|um+|uh|yes|let's|let us|i'll|i will|i'd like to|i would like to|i'd like|i would like|i want to"
                    + "|i want|i prefer|i choose|i think|then|go with|go for|take|use|pick|choose|select|try|it's|it is|switch to|the model|model)\\b[ ,:]*)+"
                    + "|[ ,]+(?:please|thanks|thank you|then|i think|i guess|now)$");

    private static final Set<Cue> DOUBTS = EnumSet.of(Cue.NOT, Cue.LEAVE, Cue.BACK, Cue.QUESTION, Cue.WAIT);
    /** What questions are about, whatever else they name. */
    private static final Set<Cue> MATTERS = EnumSet.of(Cue.SAFE, Cue.COST, Cue.LATER);

    private static final Set<Cue> NO_KEEPING = EnumSet.of(Cue.NOT, Cue.HELP);

    /** Longer messages are not parsed as answers. */
    private static final int MAX_LENGTH = 600;

    private static final Set<FixedAnswer> OF_OTHER_QUESTIONS =
            EnumSet.of(FixedAnswer.OWN, FixedAnswer.PROJECT, FixedAnswer.YES);

    private final FlowState question;
    private final Utterance said;

    Answer(FlowState question, Utterance said) {
        this.question = question;
        this.said = said;
    }

    /** The command in an utterance, which is valid at any step; null if it is none. */
    static @Nullable Word command(Utterance said) {
        var meanings = said.meanings();
        if (meanings.contains(FixedAnswer.CANCEL)) {
            return Word.CANCEL;
        }
        if (meanings.contains(FixedAnswer.BACK)) {
            return Word.BACK;
        }
        return meanings.contains(FixedAnswer.HELP) || said.text().strip().equals("?") ? Word.HELP : null;
    }

    /**
     * The answer of fixed meaning; null if it is none.
     *
     * @param name the name in it, see {@link #name}
     */
    @Nullable
    Word word(String name) {
        if (isConfirmation() && is(FixedAnswer.NO)) {
            return Word.NOTHING_NAMED;
        }
        var command = command(said);
        if (command != null) {
            return command;
        }
        if (is(FixedAnswer.NO)) {
            return Word.CANCEL;
        }
        return switch (question) {
            case FlowState.AskProvider(var suggested, var _) ->
                suggested != null && is(FixedAnswer.YES) ? Word.YES : namesNothing();
            case FlowState.AskKeyUse _ -> yesOrNo();
            case FlowState.AskKeySource _ -> wordForKeySource();
            case FlowState.AskAccountId _ -> is(FixedAnswer.KEEP) ? Word.KEEP : null;
            case FlowState.AskModelId asked -> {
                if (asked.confirmed() != null && is(FixedAnswer.YES)) {
                    yield Word.YES;
                }
                if (asked.doubted() != null && is(FixedAnswer.YES)) {
                    yield Word.NOTHING_NAMED;
                }
                yield isDefault(name) ? Word.DEFAULT : namesNothing();
            }
            // Who has no key is told where to get one.
            case FlowState.AskApiKey _ -> is(FixedAnswer.KEEP) ? Word.KEEP : is(FixedAnswer.PROJECT) ? Word.HELP : null;
        };
    }

    /** A yes or no, or one at the beginning: "yes, use it". */
    private @Nullable Word yesOrNo() {
        var clause = said.part(CLAUSE_END.split(said.text(), 2)[0]).meanings();
        var word = said.part(BLANKS.split(said.text().strip(), 2)[0]).meanings();
        if (is(FixedAnswer.YES) || clause.contains(FixedAnswer.YES) || (word.contains(FixedAnswer.YES) && isPlain())) {
            return Word.YES;
        }
        return clause.contains(FixedAnswer.NO) || word.contains(FixedAnswer.NO) ? Word.NOTHING_NAMED : null;
    }

    /** "Ja nimm den", but not "right now I only wonder if it leaked": nothing in it doubts, asks or names another. */
    private boolean isPlain() {
        return said.isFamiliar()
                && !said.isMarkedAsQuestion()
                && said.mentioned() == null
                && said.cues().stream().allMatch(cues -> Collections.disjoint(cues, DOUBTS));
    }

    /** The provider's default model: the word is the same as for its default key. */
    boolean isDefault(String name) {
        return DEFAULT.matcher(name).matches() || is(FixedAnswer.PROJECT);
    }

    /** Whether a yes or no is expected: "no" leaves no other question, only the suggestion. */
    private boolean isConfirmation() {
        return switch (question) {
            case FlowState.AskProvider(var suggested, var _) -> suggested != null;
            case FlowState.AskModelId asked -> asked.suggested() != null;
            case FlowState.AskKeyUse _ -> true;
            case FlowState.AskKeySource _, FlowState.AskAccountId _, FlowState.AskApiKey _ -> false;
        };
    }

    /** What an answer means that cannot be a name: "any", "as it is", "ok". */
    private @Nullable Word namesNothing() {
        if (is(FixedAnswer.ANY)) {
            // Thanks and greetings are among those answers, too.
            var cued = amid();
            return cued == Word.WAIT || cued == Word.ANY ? cued : Word.HELP;
        }
        if (is(FixedAnswer.KEEP)) {
            return Word.CANCEL;
        }
        return isForAnother() ? Word.WAIT : null;
    }

    private @Nullable Word wordForKeySource() {
        // "Is the default free?" chooses nothing.
        boolean marked = said.isMarkedAsQuestion();
        boolean asks = said.cues().stream()
                .anyMatch(
                        cues -> marked ? isAboutMatter(cues) : cues.contains(Cue.QUESTION) && cues.contains(Cue.SAFE));
        var source = asks ? null : keySource();
        return source == null ? null : source == KeySource.OWN ? Word.OWN : Word.DEFAULT;
    }

    /** What a longer answer means by its cues; null if it has none. */
    @Nullable
    Word amid() {
        boolean marked = said.isMarkedAsQuestion();
        var behind = marked ? QUESTION.matcher(said.text()).replaceFirst("") : "";
        var leaving = behind.isBlank() ? null : new Answer(question, said.part(behind)).amid();
        // "Does it cost anything? No, forget it."
        if (leaving == Word.CANCEL || leaving == Word.BACK) {
            return leaving;
        }
        var cues = said.cues();
        int most = cues.stream().mapToInt(Set::size).max().orElse(0);
        boolean elsewhere =
                cues.stream().anyMatch(found -> found.contains(Cue.TOPIC)) && said.strangeWords() > MOST_STRANGE;
        // The language that has the most cues is likely the message's own.
        return cues.stream()
                .filter(found -> found.size() == most)
                .flatMap(found -> Stream.ofNullable(meant(elsewhere ? without(found, Cue.TOPIC) : found, marked)))
                .findFirst()
                .orElse(null);
    }

    private static Set<Cue> without(Set<Cue> cues, Cue left) {
        var others = EnumSet.copyOf(cues);
        others.remove(left);
        return others;
    }

    /** The model that an answer names among other words; null if it names none, or asks about it. */
    @Nullable
    SaidModel model() {
        var model = said.isMarkedAsQuestion() ? null : said.saidModel();
        // "オーパス" holds the word for passing.
        var cued = model == null || model.alone() ? null : amid();
        return cued == null || cued == Word.WAIT || cued == Word.ANY ? model : null;
    }

    /** The command of a word that it means, with what it asks about. */
    Command command(Word word, String kept) {
        return new Command(word, word == Word.HELP ? said.topics() : Set.of(), kept);
    }

    /**
     * Whether what elsewhere asks what is in use, or how to change it, asks about the open question: "what is this?",
     * "where is my key stored?".
     */
    boolean isAboutQuestion(Intent request) {
        return switch (request) {
            case Intent.Which _ ->
                said.cues().stream().anyMatch(cues -> cues.contains(Cue.HELP) || isAboutMatter(cues));
            // "Can I use it without a key?"
            case Intent.UseDefault _ ->
                said.isMarkedAsQuestion() && said.topics().contains(Topic.KEY);
            case Intent.Help _ -> said.cues().stream().anyMatch(Answer::isAboutMatter);
            case Intent.Change _,
                    Intent.UnknownProvider _,
                    Intent.OnlyHere _,
                    Intent.Offers _,
                    Intent.Undo _,
                    Intent.UpdateKey _,
                    Intent.ForgetKey _ -> false;
        };
    }

    private static boolean isAboutMatter(Set<Cue> cues) {
        return !Collections.disjoint(cues, MATTERS);
    }

    /** What is asked at the question counts before a wish to leave it, and both before a request for help. */
    private @Nullable Word meant(Set<Cue> cues, boolean marked) {
        var answer = marked ? null : answered(cues);
        if (answer != null) {
            return answer;
        }
        boolean asks = cues.contains(Cue.QUESTION);
        // "Can I change it back later?" neither leaves nor goes back.
        if (cues.contains(Cue.LATER) && (asks || marked)) {
            return Word.HELP;
        }
        boolean ofTopic = cues.contains(Cue.TOPIC) || isAboutMatter(cues);
        // "Could we leave it?" leaves; "is it too complicated?" asks.
        if (cues.contains(Cue.LEAVE) && !(marked && asks)) {
            return Word.CANCEL;
        }
        if (cues.contains(Cue.BACK)) {
            return Word.BACK;
        }
        if ((marked && ofTopic) || (asks && isAboutMatter(cues))) {
            return Word.HELP;
        }
        if (cues.contains(Cue.ANY) && isForChoice()) {
            return asks ? Word.HELP : Word.ANY;
        }
        if (cues.contains(Cue.HELP)) {
            return Word.HELP;
        }
        if (cues.contains(Cue.WAIT)) {
            return Word.WAIT;
        }
        // "I pay for it" rather answers whose key.
        boolean worries =
                (cues.contains(Cue.SAFE) || cues.contains(Cue.COST)) && !(question instanceof FlowState.AskKeySource);
        return (asks && ofTopic) || worries ? Word.HELP : null;
    }

    private @Nullable Word answered(Set<Cue> cues) {
        // "The old key leaked" does not ask to keep it.
        boolean asks = cues.contains(Cue.QUESTION) && cues.contains(Cue.TOPIC);
        boolean keeps = cues.contains(Cue.KEEP) && !asks && Collections.disjoint(cues, NO_KEEPING);
        return switch (question) {
            case FlowState.AskApiKey _, FlowState.AskAccountId _ -> keeps ? Word.KEEP : null;
            case FlowState.AskKeySource _ -> keySource(cues);
            // Keeping the model in use is to change nothing.
            case FlowState.AskProvider _, FlowState.AskModelId _ -> keeps ? Word.CANCEL : null;
            // "Oops, the wrong one."
            case FlowState.AskKeyUse _ -> cues.contains(Cue.NOT) || cues.contains(Cue.BACK) ? Word.NOTHING_NAMED : null;
        };
    }

    /** Whose key is meant; "not yours, mine" names both, and is asked again. */
    private static @Nullable Word keySource(Set<Cue> cues) {
        boolean own = cues.contains(Cue.OWN);
        boolean project = cues.contains(Cue.PROJECT);
        if (own == project || cues.contains(Cue.QUESTION)) {
            return null;
        }
        return project ? Word.DEFAULT : cues.contains(Cue.NOT) ? null : Word.OWN;
    }

    private boolean isForChoice() {
        return question instanceof FlowState.AskProvider || question instanceof FlowState.AskModelId;
    }

    boolean is(FixedAnswer answer) {
        return said.meanings().contains(answer);
    }

    /** Whether this is an answer to another question. */
    private boolean isForAnother() {
        return said.meanings().stream().anyMatch(OF_OTHER_QUESTIONS::contains);
    }

    /** The default key or the user's own; null if the answer names neither or both. */
    @Nullable
    KeySource keySource() {
        boolean own = is(FixedAnswer.OWN);
        boolean project = is(FixedAnswer.PROJECT);
        if (own != project) {
            return own ? KeySource.OWN : KeySource.PROJECT;
        }
        return said.keySource();
    }

    /** The name in an answer, without quotes, polite phrases and final punctuation. */
    static String name(String text) {
        if (text.length() > MAX_LENGTH) {
            return text;
        }
        var bare = unquoted(text);
        var named = COURTESY.matcher(bare).replaceAll("");
        return named.isBlank() ? bare : unquoted(named);
    }

    private static String unquoted(String text) {
        return text.strip().replaceAll("^[\\s\"'`“”‘’«»*(\\[]+", "").replaceAll("[\\s\"'`“”‘’«»*)\\].,!?;]+$", "");
    }
}
