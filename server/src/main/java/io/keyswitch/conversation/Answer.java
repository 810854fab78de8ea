package io.keyswitch.conversation;

import io.keyswitch.conversation.UserInput.Word;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.understanding.FixedAnswer;
import io.keyswitch.understanding.Understanding;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses short answers to the flow's questions, ignoring case, quotes, punctuation and polite phrases. */
final class Answer {
    private static final Pattern DEFAULT = Pattern.compile("(?i)(?:the )?default(?: (?:one|model))?");
    private static final Pattern COURTESY = Pattern.compile(
            "(?i)^(?:(?:please|ok|okay|well|hm+|um+|uh|yes|let's|let us|i'll|i will|i'd like to|i would like to|i'd like|i would like|i want to"
                    + "|i want|i prefer|i choose|i think|then|go with|go for|take|use|pick|choose|select|try|it's|it is|switch to|the model|model)\\b[ ,:]*)+"
                    + "|[ ,]+(?:please|thanks|thank you|then|i think|i guess|now)$");

    /** Longer messages are not parsed as answers. */
    private static final int MAX_LENGTH = 600;

    private static final Set<FixedAnswer> NO_NAMES = EnumSet.of(
            FixedAnswer.NO, FixedAnswer.ANY, FixedAnswer.OWN, FixedAnswer.PROJECT, FixedAnswer.YES, FixedAnswer.KEEP);

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

    boolean is(FixedAnswer answer, String text) {
        return understanding.meanings(text).contains(answer);
    }

    /** Whether this is an answer that cannot be the name of a provider or model. */
    boolean isNoName(String text) {
        return understanding.meanings(text).stream().anyMatch(NO_NAMES::contains);
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
