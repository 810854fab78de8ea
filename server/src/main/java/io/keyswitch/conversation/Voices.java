package io.keyswitch.conversation;

import io.keyswitch.language.Language;
import io.keyswitch.language.Sentences;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.provider.ProviderRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The writers of replies, per language. Thread-safe. */
final class Voices {
    /** The writers of replies in one language. */
    record Voice(Replies replies, Flow flow, Prompts prompts, Suggestions suggestions) {}

    private final ProviderRegistry providers;
    private final ProjectKeys projectKeys;
    private final ConcurrentMap<Language, Voice> voices = new ConcurrentHashMap<>();

    Voices(ProviderRegistry providers, ProjectKeys projectKeys) {
        this.providers = providers;
        this.projectKeys = projectKeys;
    }

    /** The voice for the reply to a message. */
    Voice of(ModelChange.Read read) {
        return of(read.language());
    }

    /** The voice of a language; English if it is null. */
    Voice of(@Nullable Language language) {
        return voices.computeIfAbsent(language == null ? Language.EN : language, this::create);
    }

    private Voice create(Language language) {
        var sentences = Sentences.of(language);
        var replies = new Replies(sentences, providers, projectKeys);
        return new Voice(
                replies,
                new Flow(providers, projectKeys, replies),
                new Prompts(providers, replies),
                new Suggestions(sentences));
    }
}
