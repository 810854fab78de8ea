package io.keyswitch.conversation;

import io.keyswitch.conversation.FlowPrompt.Option;
import io.keyswitch.core.Failure;
import io.keyswitch.language.Sentence;
import io.keyswitch.language.Sentences;
import io.keyswitch.llm.ListedModel;
import io.keyswitch.modelconfig.ModelConfig;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.modelconfig.Scope;
import io.keyswitch.modelconfig.SetupWarning;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.understanding.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Composes the flow's replies, in Markdown, from the sentences of a language. */
final class Replies {
    private static final int LONGEST_ECHO = 40;
    private static final int MOST_LISTED = 30;

    private final Sentences sentences;
    private final ProviderRegistry providers;
    private final ProjectKeys projectKeys;

    Replies(Sentences sentences, ProviderRegistry providers, ProjectKeys projectKeys) {
        this.sentences = sentences;
        this.providers = providers;
        this.projectKeys = projectKeys;
    }

    /** A text of an operator's settings, in the language of the replies if a translation is known. */
    String translated(String text) {
        return sentences.translated(text);
    }

    String say(Sentence sentence) {
        return sentences.say(sentence);
    }

    String say(Sentence sentence, Provider provider) {
        return sentences.say(sentence, about(provider));
    }

    private static Map<String, String> about(Provider provider) {
        var rule = provider.accountId();
        var about = new HashMap<String, String>();
        about.put("provider", provider.displayName());
        about.put("model", provider.defaultModel().value());
        about.put("keyName", provider.keys().name());
        about.put("url", Objects.requireNonNullElse(provider.keys().helpUrl(), ""));
        about.put("prefix", Objects.requireNonNullElse(provider.keys().prefixHint(), ""));
        about.put("label", rule == null ? "" : rule.label());
        about.put("help", rule == null ? "" : rule.help());
        return about;
    }

    private static Map<String, String> about(Provider provider, String name, String value) {
        var about = about(provider);
        about.put(name, value);
        return about;
    }

    private static String paragraphs(@Nullable String... sentences) {
        return Stream.of(sentences).filter(Objects::nonNull).collect(Collectors.joining("\n\n"));
    }

    String whichProvider() {
        return paragraphs(say(Sentence.WHICH_PROVIDER), providerList());
    }

    String offer() {
        return paragraphs(say(Sentence.OFFER), whichProvider());
    }

    /** The provider names to answer with, and which of them need no key. */
    private String providerList() {
        var names = sentences.list(
                providers.all().stream().map(provider -> provider.id().value()));
        return paragraphs(names, noKeyNeeded());
    }

    /** Which providers need no key; null if all do. */
    @Nullable
    String noKeyNeeded() {
        var free = sentences.list(providers.all().stream()
                .filter(projectKeys::covers)
                .map(provider -> provider.id().value()));
        return free.isEmpty() ? null : sentences.say(Sentence.NO_KEY_NEEDED, Map.of("providers", free));
    }

    String offeredProviders() {
        return paragraphs(say(Sentence.OFFERED_PROVIDERS), providerList());
    }

    /**
     * The models of a provider.
     *
     * @param listed empty if they were not listed
     */
    String offeredModels(Provider provider, List<ListedModel> listed) {
        if (listed.isEmpty()) {
            return say(Sentence.OFFERED_MODELS_UNKNOWN, provider);
        }
        var ids = listed.stream()
                .limit(MOST_LISTED)
                .map(model -> "- `" + model.id() + "`")
                .collect(Collectors.joining("\n"));
        var more = listed.size() <= MOST_LISTED
                ? null
                : sentences.say(Sentence.AND_MORE, Map.of("count", Integer.toString(listed.size() - MOST_LISTED)));
        return paragraphs(say(Sentence.OFFERED_MODELS, provider), ids, more);
    }

    String howToChange() {
        return say(Sentence.HOW_TO_CHANGE);
    }

    String noEarlierChoice() {
        return say(Sentence.NO_EARLIER_CHOICE);
    }

    String didYouMean(Provider suggested) {
        return say(Sentence.DID_YOU_MEAN_PROVIDER, suggested);
    }

    String unknownProvider(String named, @Nullable Provider suggested) {
        var heard = named.isEmpty() || named.length() > LONGEST_ECHO
                ? say(Sentence.NO_PROVIDER_FOUND)
                : sentences.say(Sentence.UNKNOWN_PROVIDER, Map.of("name", named));
        return suggested == null
                ? paragraphs(Sentences.joined(heard, say(Sentence.CHOOSE_PROVIDER)), providerList())
                : Sentences.joined(heard, say(Sentence.DID_YOU_MEAN_PROVIDER, suggested));
    }

    String whichKey(Provider provider) {
        return say(Sentence.WHICH_KEY, provider);
    }

    String notAKeySource() {
        return say(Sentence.NOT_A_KEY_SOURCE);
    }

    String noDefaultKey(Provider provider) {
        return say(Sentence.NO_DEFAULT_KEY, provider);
    }

    String whichAccount(Provider provider, @Nullable String stored) {
        return Sentences.joined(
                say(Sentence.WHICH_ACCOUNT, provider),
                stored == null ? null : sentences.say(Sentence.KEEP_ACCOUNT, Map.of("account", stored)));
    }

    String notAnAccountId(Provider provider) {
        return Sentences.joined(say(Sentence.NOT_AN_ACCOUNT_ID, provider), say(Sentence.WAYS_OUT));
    }

    String whichModel(Provider provider) {
        return say(Sentence.WHICH_MODEL, provider);
    }

    String notAModelId(Provider provider) {
        var about = about(provider, "least", Integer.toString(ModelId.MIN_LENGTH));
        about.put("most", Integer.toString(ModelId.MAX_LENGTH));
        return sentences.say(Sentence.NOT_A_MODEL_ID, about);
    }

    String severalModels(ModelId said, List<ModelId> fitting) {
        var shown = sentences.list(fitting.stream().limit(Prompts.MAX_FITTING).map(model -> "`" + model + "`"));
        return sentences.say(Sentence.SEVERAL_MODELS, Map.of("typed", said.value(), "models", shown));
    }

    String doubtfulModel(Provider provider, ModelId typed, @Nullable ModelId suggested, boolean listed) {
        var about = about(provider, "typed", typed.value());
        about.put("suggested", suggested == null ? "" : suggested.value());
        return Sentences.joined(
                sentences.say(listed ? Sentence.MODEL_NOT_LISTED : Sentence.MODEL_DOUBTFUL, about),
                sentences.say(suggested == null ? Sentence.CHECK_SPELLING : Sentence.SUGGEST_MODEL, about),
                ModelReply.isPossible(typed.value()) ? sentences.say(Sentence.INSIST_ON_MODEL, about) : null);
    }

    String giveKey(Provider provider, @Nullable String storedHint, @Nullable ModelId model) {
        boolean ofAnother = !provider.keys().name().equals(provider.displayName());
        return paragraphs(
                Sentences.joined(
                        say(Sentence.GIVE_KEY),
                        storedHint == null ? null : sentences.say(Sentence.KEEP_KEY, Map.of("hint", storedHint))),
                Sentences.joined(
                        model == null ? null : sentences.say(Sentence.KEY_FOR_MODEL, Map.of("model", model.value())),
                        ofAnother ? say(Sentence.KEY_OF_ANOTHER, provider) : null,
                        say(Sentence.KEY_IS_SAFE, provider),
                        whereToGetOne(provider)));
    }

    @Nullable
    String whereToGetOne(Provider provider) {
        return provider.keys().helpUrl() == null ? null : say(Sentence.WHERE_TO_GET_KEY, provider);
    }

    String nothingToKeep(Provider provider) {
        return say(Sentence.NOTHING_TO_KEEP, provider);
    }

    String modelInsteadOfKey(Provider provider) {
        return say(Sentence.MODEL_INSTEAD_OF_KEY, provider);
    }

    String notAKey(Provider provider, boolean severalKeys) {
        return severalKeys
                ? say(Sentence.SEVERAL_KEYS, provider)
                : Sentences.joined(say(Sentence.NO_KEY_FOUND, provider), whereToGetOne(provider));
    }

    String noKeyInMessage(Provider provider) {
        return say(Sentence.NO_KEY_IN_MESSAGE, provider);
    }

    String keyUnasked() {
        return say(Sentence.KEY_UNASKED);
    }

    String keyRemoved() {
        return say(Sentence.KEY_REMOVED);
    }

    /**
     * The question whether to use a pasted key.
     *
     * @param suggested the only provider with keys of its format; null if there are several
     * @param issuers the providers with keys of its format; empty if the key is no longer held
     */
    String useKey(@Nullable Provider suggested, List<Provider> issuers) {
        if (issuers.isEmpty()) {
            return keyNoLongerHeld();
        }
        return suggested != null
                ? say(Sentence.KEY_OFFERED, suggested)
                : sentences.say(
                        Sentence.KEY_OFFERED_SEVERAL,
                        Map.of(
                                "providers",
                                sentences.list(issuers.stream()
                                        .map(provider -> provider.id().value()))));
    }

    String keyTaken(Provider provider) {
        return say(Sentence.KEY_TAKEN, provider);
    }

    String keyLetGo() {
        return say(Sentence.KEY_LET_GO);
    }

    String keyNoLongerHeld() {
        return say(Sentence.KEY_NO_LONGER_HELD);
    }

    String keyTooEarly() {
        return say(Sentence.KEY_TOO_EARLY);
    }

    /** A failure that ends the flow, and what its user can do. */
    String failed(Failure failure) {
        return sentences.inChat(failure);
    }

    String refused(Failure failure) {
        return Sentences.joined(sentences.problem(failure), say(Sentence.NOTHING_CHANGED));
    }

    /**
     * The reply after a choice was saved.
     *
     * @param replaced the last characters of the key that was stored before; null if none was replaced
     */
    String done(
            Scope scope,
            String provider,
            ModelConfig config,
            @Nullable String replaced,
            @Nullable SetupWarning warning) {
        return paragraphs(
                sentences.say(
                        scope.isThread() ? Sentence.DONE_HERE : Sentence.DONE,
                        Map.of("provider", provider, "model", config.modelId().value())),
                replaced == null ? null : sentences.say(Sentence.KEY_REPLACED, Map.of("hint", replaced)),
                warning == null ? null : warning.say(sentences));
    }

    /**
     * The reply after a key was stored.
     *
     * @param first whether it is the user's first for its provider, so that nothing uses it yet
     * @param replaced the last characters of the key in whose place it is; null if there was none
     */
    String keySaved(String provider, boolean first, @Nullable String replaced, @Nullable SetupWarning warning) {
        var about = Map.of("provider", provider);
        return paragraphs(
                sentences.say(Sentence.KEY_SAVED, about),
                first ? sentences.say(Sentence.USE_SAVED_KEY, about) : null,
                replaced == null ? null : sentences.say(Sentence.KEY_REPLACED, Map.of("hint", replaced)),
                warning == null ? null : warning.say(sentences));
    }

    /** The reply to a user who leaves the flow: what becomes of a key that was pasted, and what stays as it is. */
    String cancelled(Facts facts) {
        var inUse = InUse.of(facts.inForce(), providers, projectKeys);
        return Sentences.joined(
                say(facts.held() == null ? Sentence.CANCELLED : Sentence.KEY_LET_GO),
                inUse == null ? null : sentences.say(Sentence.STILL_USING, inUse.arguments()));
    }

    String nothingBefore() {
        return say(Sentence.FIRST_QUESTION);
    }

    /**
     * Explains an open question.
     *
     * @param about what its user asked about; empty if that was not said
     */
    String help(FlowState state, Set<Topic> about) {
        var help = new Explanations(this, projectKeys).of(state, about);
        return Sentences.joined(help, say(Sentence.WAYS_OUT));
    }

    /** The reply to what answers no question. */
    String somethingElse() {
        return say(Sentence.SOMETHING_ELSE);
    }

    String nowOnDefault(ProjectKeys.@Nullable Default standard, @Nullable String keptKeyOf) {
        return paragraphs(
                standard == null
                        ? say(Sentence.NO_DEFAULT_NOW)
                        : sentences.say(
                                Sentence.DEFAULT_NOW,
                                about(
                                        standard.provider(),
                                        "model",
                                        standard.model().value())),
                keptKeyOf == null ? null : sentences.say(Sentence.KEY_KEPT, Map.of("provider", keptKeyOf)));
    }

    /** The reply after a chat lost the model it had of its own. */
    String likeOtherChats(@Nullable InUse now) {
        return now == null ? say(Sentence.NO_DEFAULT_NOW) : sentences.say(Sentence.LIKE_OTHER_CHATS, now.arguments());
    }

    String alreadyOnDefault() {
        return say(Sentence.ALREADY_DEFAULT);
    }

    /**
     * The reply that names the model in use.
     *
     * @param hint the last characters of the user's own key; null with the project key
     * @param readable whether the user's own key can be decrypted
     * @param onlyHere whether the chat has it for itself
     */
    String using(InUse inUse, @Nullable String hint, boolean readable, boolean onlyHere) {
        var arguments = new HashMap<>(inUse.arguments());
        arguments.put("hint", hint == null ? "" : hint);
        return Sentences.joined(
                sentences.say(Sentence.USING, inUse.source().word(), arguments),
                onlyHere ? say(Sentence.ONLY_HERE) : null,
                readable ? null : say(Sentence.KEY_UNREADABLE_NOW));
    }

    String usingNothing() {
        return say(Sentence.USING_NOTHING);
    }

    String stillAsking() {
        return say(Sentence.STILL_ASKING);
    }

    /**
     * The reply after a key was deleted.
     *
     * @param wasUsed whether a chat used it
     * @param left the providers whose keys are still stored
     */
    String keysForgotten(List<String> deleted, boolean wasUsed, List<String> left) {
        var done = deleted.size() == 1
                ? sentences.say(Sentence.KEY_FORGOTTEN, Map.of("provider", deleted.getFirst()))
                : sentences.say(Sentence.KEYS_FORGOTTEN, Map.of("providers", sentences.list(deleted.stream())));
        return Sentences.joined(
                done,
                wasUsed ? say(whatFollows()) : null,
                left.isEmpty()
                        ? null
                        : sentences.say(Sentence.KEYS_LEFT, Map.of("providers", sentences.list(left.stream()))));
    }

    /** An answer about the model in use, with the keys that are stored. */
    String withKeys(String answer, List<String> keys) {
        return keys.isEmpty()
                ? answer
                : paragraphs(
                        answer, sentences.say(Sentence.KEYS_STORED, Map.of("keys", sentences.list(keys.stream()))));
    }

    private Sentence whatFollows() {
        return projectKeys.defaultModel() == null ? Sentence.USING_NOTHING : Sentence.BACK_ON_DEFAULT;
    }

    String noKeyStored() {
        return say(Sentence.NO_KEY_STORED);
    }

    String noKeyStored(String provider) {
        return sentences.say(Sentence.NO_KEY_STORED_FOR, Map.of("provider", provider));
    }

    String whichKeyToForget(List<Facts.Key> stored) {
        var named = stored.stream().map(key -> key.provider().value()).toList();
        return sentences.say(
                Sentence.WHICH_KEY_TO_FORGET,
                Map.of("providers", sentences.list(named.stream()), "provider", named.getFirst()));
    }

    String providerRemoved(ProviderId provider) {
        return sentences.say(Sentence.EARLIER_PROVIDER_REMOVED, Map.of("provider", provider.value()));
    }

    /**
     * The notice before a model's answer to a message from which a secret was removed.
     *
     * @param held whether it is a key that is held in case its user wants to use it
     */
    String keyRemovedBeforeAnswer(boolean held) {
        return say(held ? Sentence.KEY_HELD_BEFORE_ANSWER : Sentence.KEY_REMOVED_BEFORE_ANSWER) + "\n\n";
    }

    /** The notice before a model's answer to a user who has gone on to something else than a pasted key. */
    String keyLetGoBeforeAnswer() {
        return say(Sentence.KEY_LET_GO_BEFORE_ANSWER) + "\n\n";
    }

    /** The notice before the first answer with a key that was saved without a check. */
    String keyWorksNow(Provider provider) {
        return say(Sentence.KEY_WORKS_NOW, provider) + "\n\n";
    }

    Option optionDefault() {
        return new Option(say(Sentence.ANSWER_DEFAULT), say(Sentence.OPTION_DEFAULT));
    }

    Option optionOwn() {
        return new Option(say(Sentence.ANSWER_OWN), say(Sentence.OPTION_OWN));
    }

    Option optionNo() {
        return new Option(say(Sentence.ANSWER_NO), say(Sentence.OPTION_NO));
    }

    Option optionYes(Provider provider) {
        return new Option(say(Sentence.ANSWER_YES), say(Sentence.OPTION_YES, provider));
    }

    Option optionSuggested(Provider provider) {
        return new Option(provider.id().value(), say(Sentence.OPTION_YES, provider));
    }

    Option optionKeep(String stored) {
        return new Option(say(Sentence.ANSWER_KEEP), sentences.say(Sentence.OPTION_KEEP, Map.of("stored", stored)));
    }

    Option optionAnyway(ModelId model) {
        return new Option(model.value(), sentences.say(Sentence.OPTION_ANYWAY, Map.of("model", model.value())));
    }
}
