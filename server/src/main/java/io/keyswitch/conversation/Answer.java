package io.keyswitch.conversation;

import io.keyswitch.conversation.UserInput.Word;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.understanding.Cue;
import io.keyswitch.understanding.FixedAnswer;
import io.keyswitch.understanding.Understanding;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parses short answers to the flow's questions, ignoring case, quotes, punctuation and polite phrases. */
final class Answer {
    private static final Pattern DEFAULT = Pattern.compile("(?i)(?:the )?default(?: (?:one|model))?");
    private static final Pattern COURTESY = Pattern.compile(
            "(?i)^(?:(?:please|ok|okay|well|hm+|um+|uh|yes|let's|let us|i'll|i will|i'd like to|i would like to|i'd like|i would like|i want to"
                    + "|i want|i prefer|i choose|i think|then|go with|go for|take|use|pick|choose|select|try|it's|it is|switch to|the model|model)\\b[ ,:]*)+"
                    + "|[ ,]+(?:please|thanks|thank you|then|i think|i guess|now)$");

    private static final Pattern QUESTION_MARK = Pattern.compile("[?？؟]");

    /** The meanings of cues, the more telling first. */
    private static final List<Word> RANK =
            List.of(Word.CANCEL, Word.BACK, Word.KEEP, Word.OWN, Word.DEFAULT, Word.ANY, Word.HELP, Word.WAIT);

    /** Longer messages are not parsed as answers. */
    private static final int MAX_LENGTH = 600;

    private static final Set<FixedAnswer> OF_OTHER_QUESTIONS =
            EnumSet.of(FixedAnswer.OWN, FixedAnswer.PROJECT, FixedAnswer.YES);

    private final Understanding understanding;

    Answer(Understanding understanding) {
        this.understanding = understanding;
    }

    /** A command that is valid at any step; null for anything else. */
    @Nullable
    Word command(String text) {
        var meanings = understanding.meanings(text);
        if (meanings.contains(FixedAnswer.CANCEL)) {
            return Word.CANCEL;
        }
        if (meanings.contains(FixedAnswer.BACK)) {
            return Word.BACK;
        }
        return meanings.contains(FixedAnswer.HELP) || text.strip().equals("?") ? Word.HELP : null;
    }

    /** What a longer message at a question means by its cues; null if it has none. */
    @Nullable
    Word amid(FlowState question, String text) {
        boolean asked = QUESTION_MARK.matcher(text).find();
        var cues = understanding.cues(text);
        int most = cues.stream().mapToInt(Set::size).max().orElse(0);
        // The language that has the most cues is likely the message's own.
        return cues.stream()
                .filter(found -> found.size() == most)
                .flatMap(found -> Stream.ofNullable(meant(question, found, asked)))
                .min(Comparator.comparingInt(RANK::indexOf))
                .orElse(null);
    }

    /** Whether a message says that its user does not know what something is. */
    boolean asksForHelp(String text) {
        return understanding.cues(text).stream().anyMatch(cues -> cues.contains(Cue.HELP));
    }

    private static @Nullable Word meant(FlowState question, Set<Cue> cues, boolean marked) {
        if (!marked && cues.contains(Cue.KEEP) && isForStored(question)) {
            return Word.KEEP;
        }
        if (cues.contains(Cue.LEAVE)) {
            return Word.CANCEL;
        }
        if (cues.contains(Cue.BACK)) {
            return Word.BACK;
        }
        if (marked && cues.contains(Cue.TOPIC)) {
            return Word.HELP;
        }
        if (question instanceof FlowState.AskKeySource
                && !cues.contains(Cue.QUESTION)
                && cues.contains(Cue.OWN) != cues.contains(Cue.PROJECT)) {
            return cues.contains(Cue.OWN) ? Word.OWN : Word.DEFAULT;
        }
        if (cues.contains(Cue.ANY) && isForChoice(question)) {
            return Word.ANY;
        }
        if (cues.contains(Cue.HELP)) {
            return Word.HELP;
        }
        if (cues.contains(Cue.WAIT)) {
            return Word.WAIT;
        }
        return cues.contains(Cue.QUESTION) && cues.contains(Cue.TOPIC) ? Word.HELP : null;
    }

    private static boolean isForStored(FlowState question) {
        return question instanceof FlowState.AskApiKey || question instanceof FlowState.AskAccountId;
    }

    private static boolean isForChoice(FlowState question) {
        return question instanceof FlowState.AskProvider || question instanceof FlowState.AskModelId;
    }

    boolean is(FixedAnswer answer, String text) {
        return understanding.meanings(text).contains(answer);
    }

    /** Whether this is an answer to another question. */
    boolean isForAnother(String text) {
        return understanding.meanings(text).stream().anyMatch(OF_OTHER_QUESTIONS::contains);
    }

    /** The default key or the user's own; null if the answer names neither or both. */
    @Nullable
    KeySource keySource(String text) {
        boolean own = is(FixedAnswer.OWN, text);
        boolean project = is(FixedAnswer.PROJECT, text);
        if (own != project) {
            return own ? KeySource.OWN : KeySource.PROJECT;
        }
        return understanding.keySource(text);
    }

    /** Whether an answer to the model question means the provider's default model. */
    static boolean isDefault(String name) {
        return DEFAULT.matcher(name).matches();
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
