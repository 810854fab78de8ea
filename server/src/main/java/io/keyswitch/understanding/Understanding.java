package io.keyswitch.understanding;

import io.keyswitch.language.Language;
import io.keyswitch.provider.ProviderRegistry;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what users say, in any of the languages. Thread-safe. */
public final class Understanding {
    private static final Pattern HEAD = Pattern.compile("([a-z]+)[0-9.]*[-/:]");

    private final ProviderRegistry registry;
    private volatile @Nullable Vocabulary vocabulary;

    /** The lexicons are read by the first message, or before it by {@link #prepare}. */
    public Understanding(ProviderRegistry registry) {
        this.registry = registry;
    }

    /** Reads the lexicons on another thread, so that the first message need not wait for them. */
    public void prepare() {
        var _ = Thread.ofPlatform().daemon().name("lexicons").start(this::vocabulary);
    }

    private Vocabulary vocabulary() {
        var read = vocabulary;
        return read == null ? readVocabulary() : read;
    }

    private synchronized Vocabulary readVocabulary() {
        var read = vocabulary;
        if (read == null) {
            read = Vocabulary.read(registry);
            vocabulary = read;
        }
        return read;
    }

    /**
     * A text that a user has said.
     *
     * @param expected the language that it is rather in than in another which has the same words; null if unknown
     */
    public Utterance utterance(String text, @Nullable Language expected) {
        return new Utterance(text, expected, vocabulary());
    }

    /** Whether a word begins like the id of a model: with the name of a family, its version and a separator. */
    public boolean beginsLikeAModel(String word) {
        var matcher = HEAD.matcher(word.toLowerCase(Locale.ROOT));
        return matcher.lookingAt() && vocabulary().names().isFamily(matcher.group(1));
    }
}
