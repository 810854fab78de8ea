package io.keyswitch.understanding;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import org.jspecify.annotations.Nullable;

/** What a message asks of Keyswitch itself. */
public sealed interface Intent {
    /** Whether it is about its thread alone. */
    default boolean isForThisThread() {
        return switch (this) {
            case Change change -> change.thisThread();
            case UnknownProvider unknown -> unknown.thisThread();
            case UseDefault standard -> standard.thisThread();
            case OnlyHere _ -> true;
            case Which _, Offers _, Undo _, UpdateKey _, ForgetKey _, Help _ -> false;
        };
    }

    /**
     * To change the model.
     *
     * @param provider null if none was named
     * @param model null if none was named, or if its name leaves the ID open
     * @param words the name of a model that leaves its ID open, such as "claude opus"; null if there is none
     * @param keySource null if it was not said
     * @param thisThread whether only the thread is meant
     */
    record Change(
            @Nullable Provider provider,
            @Nullable ModelId model,
            @Nullable String words,
            @Nullable KeySource keySource,
            boolean thisThread)
            implements Intent {
        /** To change to what is named in full. */
        public Change(
                @Nullable Provider provider,
                @Nullable ModelId model,
                @Nullable KeySource keySource,
                boolean thisThread) {
            this(provider, model, null, keySource, thisThread);
        }

        /** Whether a provider or model is named. */
        public boolean isNamed() {
            return provider != null || model != null || words != null;
        }

        public Change with(@Nullable KeySource source) {
            return new Change(provider, model, words, source, thisThread);
        }

        public Change at(@Nullable Provider other) {
            return new Change(other, model, words, keySource, thisThread);
        }

        Change in(boolean onlyThisThread) {
            return new Change(provider, model, words, keySource, onlyThisThread);
        }
    }

    /**
     * To change to a provider whose name is misspelt, or that is not offered here.
     *
     * @param near the one that was probably meant; null if none is near
     * @param thisThread whether only the thread is meant
     */
    record UnknownProvider(String named, @Nullable Provider near, boolean thisThread) implements Intent {}

    /**
     * To keep the change that was just made, but for this thread alone.
     *
     * @param provider the provider that was chosen; null if it is not known
     */
    record OnlyHere(@Nullable Provider provider) implements Intent {}

    /** To see what is in use. */
    record Which() implements Intent {}

    /**
     * To see what can be chosen.
     *
     * @param provider whose models; null for the providers, or the current one's models
     */
    record Offers(@Nullable Provider provider) implements Intent {}

    /** To go back to the choice before. */
    record Undo() implements Intent {}

    /**
     * To go back to the project default.
     *
     * @param thisThread whether only the thread is meant
     */
    record UseDefault(boolean thisThread) implements Intent {}

    /**
     * To enter a key anew.
     *
     * @param provider whose; null if none was named
     */
    record UpdateKey(@Nullable Provider provider) implements Intent {}

    /**
     * To delete a stored key, or all.
     *
     * @param provider whose; null if none was named
     * @param all whether all of them are meant
     */
    record ForgetKey(@Nullable Provider provider, boolean all) implements Intent {}

    /**
     * To be told how to do one of these.
     *
     * @param provider the one the question is about; null if none was named
     */
    record Help(@Nullable Provider provider) implements Intent {}
}
