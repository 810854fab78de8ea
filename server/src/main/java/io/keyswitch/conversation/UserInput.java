package io.keyswitch.conversation;

import io.keyswitch.language.Language;
import io.keyswitch.provider.Provider;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.understanding.Intent;
import io.keyswitch.understanding.SaidModel;
import io.keyswitch.understanding.Topic;
import io.keyswitch.understanding.Understood;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parsed form of a message, read in the context of the open question. */
public sealed interface UserInput {
    /** The message as it may be stored and sent to a model: without its secrets. */
    String kept();

    /** What is said to an open question. */
    sealed interface AtQuestion extends UserInput {}

    /** A fixed-meaning answer or command. */
    enum Word {
        CANCEL,
        BACK,
        HELP,
        YES,
        /** Keep the stored key or account. */
        KEEP,
        /** The default key, or the default model. */
        DEFAULT,
        /** The user's own key. */
        OWN,
        /** An answer that names nothing, such as "none". */
        NOTHING_NAMED,
        /** No preference. */
        ANY,
        /** No answer yet: "one moment". */
        WAIT
    }

    /**
     * A fixed-meaning answer or command.
     *
     * @param about what {@link Word#HELP} is asked about; empty if that is not said, and for other words
     */
    record Command(Word word, Set<Topic> about, String kept) implements AtQuestion {
        public Command {
            about = Set.copyOf(about);
        }

        Command(Word word, String kept) {
            this(word, Set.of(), kept);
        }
    }

    /**
     * A request to Keyswitch itself.
     *
     * @param key the key sent with it; null if there was none, or more than one
     * @param language the language it is in; null if that cannot be told
     */
    record ModelRequest(
            Intent request, @Nullable ApiKey key, @Nullable Language language, String kept) implements UserInput {}

    /**
     * A message that is, or may be, little more than a secret.
     *
     * @param keys the possible API keys in it; empty if none was recognised
     * @param recognised whether something was recognised as a secret, rather than suspected
     */
    record PastedKey(List<ApiKey> keys, boolean recognised, String kept) implements UserInput {
        public PastedKey {
            keys = List.copyOf(keys);
        }
    }

    /**
     * One of the offered answers, by its position.
     *
     * @param place from 1; -1 for the last
     */
    record Choice(int place, String kept) implements AtQuestion {}

    /** A model ID where a key was asked for. */
    record ModelName(String kept) implements AtQuestion {}

    /** A provider mentioned among other words where one was asked for. */
    record Mention(Provider provider, String kept) implements AtQuestion {}

    /** A sentence without a key where a key was asked for. */
    record Remark(String kept) implements AtQuestion {}

    /**
     * Any other message while no question is open: for the model.
     *
     * @param secretsRemoved whether secrets were removed from it
     * @param key the API key that was removed from it; null if there was none, or more than one
     * @param possible the request that it may be, to offer beside the model's answer; null if none
     */
    record PlainMessage(
            boolean secretsRemoved,
            @Nullable ApiKey key,
            @Nullable Understood possible,
            String kept) implements UserInput {}

    /**
     * Any other message at a question: a free-text answer, or for the model.
     *
     * @param name the name in it, without polite phrases, quotes and final punctuation
     * @param keyForName whether the name may be a key of unknown format
     * @param sentence whether it is a sentence of prose
     * @param model what names a model among other words; null if nothing does
     */
    record FreeAnswer(
            String name,
            boolean keyForName,
            boolean sentence,
            @Nullable SaidModel model,
            String kept) implements AtQuestion {}
}
