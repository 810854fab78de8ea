package io.keyswitch.conversation;

import io.keyswitch.secret.ApiKey;
import io.keyswitch.understanding.Intent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a message says, read once with regard to the question that is open. Whatever follows switches on this value. */
public sealed interface UserInput {
    /** The message as it may be stored and shown to a model: without its secrets. */
    String kept();

    /** A word that answers a question, or leaves it. */
    enum Word {
        CANCEL,
        BACK,
        HELP,
        YES,
        /** To use the stored key or account on. */
        KEEP,
        /** The default key, or the default model. */
        DEFAULT,
        /** The user's own key. */
        OWN,
        /** An answer that names nothing, such as "any". */
        NOTHING_NAMED
    }

    /** An answer of a fixed meaning; there is one only while a question is open. */
    record Command(Word word, String kept) implements UserInput {}

    /**
     * A request to Keyswitch itself.
     *
     * @param key one that came with it; null if there was none, or more than one
     */
    record ModelRequest(Intent request, @Nullable ApiKey key, String kept) implements UserInput {}

    /**
     * A message that is or may be a secret and nothing else to speak of.
     *
     * @param keys those that can be a provider's key; empty if none is known for one
     * @param recognised whether something was recognised as a secret, rather than suspected
     */
    record PastedKey(List<ApiKey> keys, boolean recognised, String kept) implements UserInput {
        public PastedKey {
            keys = List.copyOf(keys);
        }
    }

    /**
     * One of the answers that were offered, by its place.
     *
     * @param place from 1; -1 for the last
     */
    record Choice(int place, String kept) implements UserInput {}

    /** A model's name where a key was asked for. */
    record ModelName(String kept) implements UserInput {}

    /**
     * Anything else: for the model, or an answer in free words.
     *
     * @param name what it names if it is an answer, without courtesies, quotes and final punctuation
     * @param keyForName whether that is rather a key of unknown shape
     * @param secretsRemoved whether secrets were taken out of it
     * @param possible what it may ask of Keyswitch, to be offered beside the model's answer; null if nothing
     */
    record PlainMessage(
            String name,
            boolean keyForName,
            boolean secretsRemoved,
            @Nullable Intent possible,
            String kept) implements UserInput {}
}
