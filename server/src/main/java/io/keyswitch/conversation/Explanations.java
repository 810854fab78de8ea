package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowState.AskAccountId;
import io.keyswitch.conversation.FlowState.AskApiKey;
import io.keyswitch.conversation.FlowState.AskKeySource;
import io.keyswitch.conversation.FlowState.AskKeyUse;
import io.keyswitch.conversation.FlowState.AskModelId;
import io.keyswitch.conversation.FlowState.AskProvider;
import io.keyswitch.language.Sentence;
import io.keyswitch.language.Sentences;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.provider.Provider;
import io.keyswitch.understanding.Topic;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The explanations that are given when a user asks back: of the topic asked about, else of the open question. */
final class Explanations {
    /** What a question is about, whatever else it names: "is my key safe?" */
    private static final Set<Topic> MATTERS = EnumSet.of(Topic.SAFETY, Topic.COST, Topic.LATER);

    private final Replies replies;
    private final ProjectKeys projectKeys;

    Explanations(Replies replies, ProjectKeys projectKeys) {
        this.replies = replies;
        this.projectKeys = projectKeys;
    }

    /**
     * The explanation of an open question.
     *
     * @param about what its user asked about
     * @return null if there is nothing to explain
     */
    @Nullable
    String of(FlowState question, Set<Topic> about) {
        var matters = EnumSet.copyOf(MATTERS);
        matters.retainAll(about);
        if (matters.isEmpty()) {
            matters.addAll(about);
            matters.removeAll(topicsOf(question, about));
        }
        return matters.isEmpty()
                ? of(question)
                : Sentences.joined(matters.stream()
                        .map(topic -> of(topic, question))
                        .distinct()
                        .toArray(String[]::new));
    }

    /** The topics that the explanation of a question itself is about. */
    private static Set<Topic> topicsOf(FlowState question, Set<Topic> about) {
        return switch (question) {
            case AskProvider _ -> Set.of(Topic.PROVIDER);
            case AskKeyUse _ -> Set.of(Topic.KEY);
            // "What is an API key?" is not about whose.
            case AskKeySource _ ->
                about.contains(Topic.KEY_SOURCE) ? Set.of(Topic.KEY_SOURCE, Topic.KEY) : Set.of(Topic.KEY_SOURCE);
            case AskAccountId _ -> Set.of();
            case AskModelId _ -> Set.of(Topic.MODEL);
            case AskApiKey _ -> Set.of(Topic.KEY);
        };
    }

    private @Nullable String of(FlowState question) {
        return switch (question) {
            case AskProvider _ ->
                Sentences.joined(replies.say(Sentence.HELP_PROVIDER), anyProvider(), replies.noKeyNeeded());
            case AskKeyUse _ -> replies.say(Sentence.HELP_HELD);
            case AskKeySource _ -> replies.say(Sentence.HELP_KEY_SOURCE);
            case AskAccountId(var provider, var _, var _) ->
                provider.accountId() == null
                        ? null
                        : replies.translated(provider.accountId().help());
            case AskModelId asked ->
                Sentences.joined(
                        replies.say(Sentence.HELP_MODEL, asked.provider()),
                        replies.say(Sentence.HELP_ANY_MODEL, asked.provider()));
            case AskApiKey(var provider, var _, var _) ->
                Sentences.joined(key(provider), replies.say(Sentence.KEY_IS_SAFE, provider), cost(provider));
        };
    }

    private @Nullable String of(Topic topic, FlowState question) {
        var provider = question.provider();
        return switch (topic) {
            case PROVIDER -> replies.say(Sentence.HELP_PROVIDER);
            case MODEL -> replies.say(Sentence.HELP_WHAT_MODEL);
            case KEY -> provider == null ? replies.say(Sentence.HELP_ANY_KEY) : key(provider);
            case KEY_SOURCE -> source(provider);
            case SAFETY -> replies.say(question instanceof AskKeyUse ? Sentence.HELP_HELD : Sentence.HELP_SAFETY);
            case COST -> question instanceof AskApiKey ? of(question) : source(provider);
            case LATER -> replies.say(Sentence.HELP_LATER);
        };
    }

    private @Nullable String anyProvider() {
        var standard = projectKeys.defaultModel();
        return standard == null ? null : replies.say(Sentence.HELP_ANY_PROVIDER, standard.provider());
    }

    private String key(Provider provider) {
        return Sentences.joined(
                replies.say(Sentence.HELP_KEY, provider),
                provider.keys().prefixHint() == null ? null : replies.say(Sentence.HELP_KEY_PREFIX, provider),
                replies.whereToGetOne(provider));
    }

    /** Who pays: the app, if it has a key for the provider, or for any while none is chosen. */
    private String source(@Nullable Provider provider) {
        boolean paid = provider == null ? projectKeys.defaultModel() != null : projectKeys.covers(provider);
        if (paid) {
            return replies.say(Sentence.HELP_KEY_SOURCE);
        }
        return provider == null ? replies.say(Sentence.HELP_OWN_COST) : cost(provider);
    }

    private String cost(Provider provider) {
        return replies.say(Sentence.HELP_KEY_COST, provider);
    }
}
