package io.keyswitch.conversation;

import io.keyswitch.conversation.UserInput.ModelRequest;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.Provider;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.ScannedText;
import io.keyswitch.understanding.Intent;
import io.keyswitch.understanding.Understood;
import io.keyswitch.understanding.Utterance;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what an utterance asks of Keyswitch, with the key that is sent along. */
final class RequestReader {
    /** Trailing words that introduced a removed key. */
    private static final Pattern LEFT_OVER =
            Pattern.compile("(?i)(?:[\\s,:;-]|(?<=\\s)(?:with|using|by|and|my|the|own|api|key|is)(?=[\\s,:;-]|$))+$");

    private RequestReader() {}

    /** Reads an utterance without its secrets, and without the words that only introduce them if that helps. */
    static @Nullable Understood understood(Utterance said, ScannedText scanned) {
        var rest = said.part(scanned.hasSecrets() ? scanned.rest() : scanned.text());
        var whole = rest.request();
        if (!scanned.hasSecrets() || rest.isLong() || (whole != null && whole.certain())) {
            return whole;
        }
        var shorter =
                said.part(LEFT_OVER.matcher(rest.text().strip()).replaceAll("")).request();
        return shorter == null ? whole : shorter;
    }

    /** The certain request in an utterance, with the key sent along; null if there is none. */
    static @Nullable ModelRequest request(Utterance said, ScannedText scanned) {
        return request(understood(said, scanned), said, scanned);
    }

    static @Nullable ModelRequest request(@Nullable Understood understood, Utterance said, ScannedText scanned) {
        if (understood == null
                || !understood.certain()
                || (scanned.hasSecrets() && !isAboutAKey(understood.intent()))) {
            return withKeyForName(said, scanned);
        }
        return new ModelRequest(understood.intent(), scanned.onlyKey(), understood.language(), scanned.text());
    }

    /** "Mi clave de gemini es AIza…" asks nothing: what is said beside a key is about the key. */
    private static boolean isAboutAKey(Intent intent) {
        return switch (intent) {
            case Intent.Change _, Intent.UnknownProvider _, Intent.UpdateKey _, Intent.ForgetKey _ -> true;
            case Intent.OnlyHere _,
                    Intent.Which _,
                    Intent.Offers _,
                    Intent.Help _,
                    Intent.Undo _,
                    Intent.UseDefault _ -> false;
        };
    }

    /** "Switch to mistral, 8JfH2kLm…": reads a request that contains a key of unknown format. */
    private static @Nullable ModelRequest withKeyForName(Utterance said, ScannedText scanned) {
        var keys = scanned.likeKeys();
        if (keys.size() != 1 || scanned.hasSecrets()) {
            return null;
        }
        var without = scanned.without(ApiKey.of(keys.getFirst()));
        var understood = understood(said, without);
        return understood != null && understood.certain() && understood.intent() instanceof Intent.Change change
                ? new ModelRequest(change.with(KeySource.OWN), without.onlyKey(), understood.language(), without.text())
                : null;
    }

    /**
     * What an utterance right after a change of the model asks for; null if nothing.
     *
     * @param changed the change; null if there was none
     */
    static @Nullable Understood correction(Utterance said, ScannedText scanned, @Nullable JustChanged changed) {
        var correction = changed == null || scanned.hasSecrets() ? null : said.correction();
        if (changed != null && correction != null && correction.intent() instanceof Intent.OnlyHere) {
            return new Understood(new Intent.OnlyHere(changed.to()), true, correction.language());
        }
        if (changed == null || correction == null || !(correction.intent() instanceof Intent.Change change)) {
            return correction;
        }
        // Whoever answers is also called by its name: "thanks, Gemini".
        boolean inUse = change.model() == null
                && change.words() == null
                && change.provider() != null
                && change.provider().equals(changed.to());
        return inUse ? null : new Understood(atProvider(change, changed.to()), true, correction.language());
    }

    /** What words such as "the mini" name is at the provider that has just been chosen. */
    private static Intent.Change atProvider(Intent.Change change, @Nullable Provider chosen) {
        return change.provider() == null && change.words() != null ? change.at(chosen) : change;
    }
}
