package io.keyswitch.conversation;

import io.keyswitch.conversation.UserInput.Word;
import io.keyswitch.modelconfig.KeySource;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the short answers users give to the flow's questions: case, quotes, punctuation and courtesies do not matter. */
final class Answer {
    private static final Pattern DEFAULT = Pattern.compile("(?i)(?:the )?default(?: (?:one|model))?");
    private static final Set<String> CANCEL = Set.of(
            "cancel",
            "stop",
            "quit",
            "exit",
            "abort",
            "never mind",
            "nevermind",
            "forget it",
            "leave it",
            "no thanks",
            "no thank you",
            "cancel it",
            "cancel that",
            "cancel this",
            "stop it",
            "stop this",
            "i changed my mind",
            "not now");
    private static final Set<String> BACK =
            Set.of("back", "go back", "previous", "undo", "one step back", "step back", "return", "go back one step");
    private static final Set<String> HELP = Set.of(
            "help", "help me", "what", "what do i do", "what now", "i need help", "how", "huh", "i don't understand");
    private static final Set<String> YES =
            Set.of("yes", "y", "yes i did", "yeah", "yep", "yup", "sure", "right", "correct", "exactly", "ok", "okay");
    private static final Set<String> KEEP = Set.of(
            "keep",
            "keep it",
            "keep that",
            "keep that one",
            "keep my key",
            "keep the key",
            "keep using it",
            "same",
            "the same",
            "same key",
            "the same key",
            "same one",
            "the same one",
            "stored",
            "the stored key",
            "the stored one",
            "use the stored key",
            "use my stored key",
            "the old one",
            "the old key");
    private static final Set<String> NO_NAME = Set.of(
            "no",
            "nope",
            "nah",
            "none",
            "any",
            "anything",
            "whatever",
            "which",
            "own",
            "my own",
            "mine",
            "own key",
            "my own key",
            "my key",
            "key",
            "model",
            "the model",
            "models",
            "default key",
            "hi",
            "hello",
            "hey",
            "thanks",
            "thank you");
    private static final Pattern COURTESY = Pattern.compile(
            "(?i)^(?:(?:please|ok|okay|well|hm+|um+|uh|yes|let's|let us|i'll|i will|i'd like to|i would like to|i'd like|i would like|i want to"
                    + "|i want|i prefer|i choose|i think|then|go with|go for|take|use|pick|choose|select|try|it's|it is|switch to|the model|model)\\b[ ,:]*)+"
                    + "|[ ,]+(?:please|thanks|thank you|then|i think|i guess|now)$");

    /** An answer is short; whatever is longer says something else. */
    private static final int MAX_LENGTH = 600;

    private Answer() {}

    /** A word that may be said at any step; null for anything else. */
    static @Nullable Word command(String text) {
        var plain = plain(text);
        if (CANCEL.contains(plain)) {
            return Word.CANCEL;
        }
        if (BACK.contains(plain)) {
            return Word.BACK;
        }
        return HELP.contains(plain) || text.strip().equals("?") ? Word.HELP : null;
    }

    static boolean isYes(String text) {
        return YES.contains(plain(text));
    }

    /** Whether the user wants to keep using the stored key. */
    static boolean isKeep(String text) {
        return KEEP.contains(plain(text));
    }

    /** Whether this is an answer to some question, but never the name of anything. */
    static boolean isNoName(String text) {
        var plain = plain(text);
        return NO_NAME.contains(plain) || YES.contains(plain) || KEEP.contains(plain);
    }

    /** The default key or the user's own; null if the answer says neither, or both. */
    static @Nullable KeySource keySource(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        var plain = " " + Typos.mend(plain(text)) + " ";
        boolean project = plain.matches(".* (?:default|project|yours|your key|the app's|standard|1|first) .*")
                || plain.equals(" your ");
        boolean own =
                plain.matches(".* (?:own|mine|my key|my api key|bring|2|second|personal) .*") || plain.equals(" my ");
        if (project == own) {
            return null;
        }
        return own ? KeySource.OWN : KeySource.PROJECT;
    }

    /** Whether an answer to the question for the model means the provider's default one. */
    static boolean isDefault(String name) {
        return DEFAULT.matcher(name).matches();
    }

    /** The one thing the answer names, without quotes, courtesies and final punctuation. */
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

    private static String plain(String text) {
        if (text.length() > MAX_LENGTH) {
            return text;
        }
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("[‘’ʼ`´]", "'")
                .replaceAll("[^\\p{L}\\p{N}' ]+", " ")
                .replaceAll("\\s+", " ")
                .replaceAll("^(?:please |ok |okay )+|(?<!^no)(?: please| thanks| thank you)+$", "")
                .strip();
    }
}
