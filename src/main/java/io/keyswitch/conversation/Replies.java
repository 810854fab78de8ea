package io.keyswitch.conversation;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelConfig;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.provider.AccountIdRule;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every sentence of the flow, in Markdown. */
final class Replies {
    private static final String WAYS_OUT =
            "Say **back** for the question before, or **cancel** to keep everything as it is.";

    private Replies() {}

    static String whichProvider(ProviderRegistry providers, ProjectKeys projectKeys) {
        return "Which provider would you like to use?\n\n" + providerList(providers.all(), projectKeys);
    }

    static String offer(ProviderRegistry providers, ProjectKeys projectKeys) {
        return "Before I can answer, please choose the model you want to talk to. You need an API key of its provider; I will ask"
                + " for it.\n\n"
                + whichProvider(providers, projectKeys);
    }

    private static String providerList(List<Provider> providers, ProjectKeys projectKeys) {
        return providers.stream()
                .map(provider -> "- **%s** (`%s`)%s"
                        .formatted(
                                provider.displayName(),
                                provider.id(),
                                projectKeys.covers(provider) ? ", no API key needed" : ""))
                .collect(Collectors.joining("\n"));
    }

    static String unknownProvider(
            ProviderRegistry providers, ProjectKeys projectKeys, String named, @Nullable Provider suggested) {
        var heard = named.isEmpty() || named.length() > 40
                ? "I did not find a provider in that."
                : "I don't know a provider “%s”.".formatted(named);
        return suggested == null
                ? heard + " Please choose one of these, or say **cancel**:\n\n"
                        + providerList(providers.all(), projectKeys)
                : heard + " Did you mean **%s**? Say **yes**, or name another one.".formatted(suggested.displayName());
    }

    static String whichKey(Provider provider) {
        return "%s: would you like to use the **default** key (no API key needed) or your **own** API key?"
                .formatted(provider.displayName());
    }

    static String notAKeySource() {
        return "Please say **default** for the key this app provides (no API key needed), or **own** for your own API key.";
    }

    static String noDefaultKey(Provider provider) {
        return "%s has no default key here, so it needs your own API key.".formatted(provider.displayName());
    }

    static String whichAccount(Provider provider, @Nullable String stored) {
        var rule = provider.accountId();
        var label = rule == null ? "account id" : rule.label();
        var keep = stored == null ? "" : "Or say **keep** to stay with `%s`.".formatted(stored);
        return "Please tell me your %s **%s**. %s%s"
                .formatted(provider.displayName(), label, accountHelp(provider), keep)
                .strip();
    }

    static String notAnAccountId(AccountIdRule rule) {
        return "That does not look like an %s. %s %s".formatted(rule.label(), rule.help(), WAYS_OUT);
    }

    static String whichModel(Provider provider) {
        return "Which model? Type a model id, for example `%s`, or say **default** for exactly that one."
                .formatted(provider.defaultModel());
    }

    static String notAModelId(Provider provider) {
        return ("That is no model id. Please type one as %s writes it, %d to %d characters without blanks, or say **default** for"
                        + " `%s`, **back** or **cancel**.")
                .formatted(provider.displayName(), ModelId.MIN_LENGTH, ModelId.MAX_LENGTH, provider.defaultModel());
    }

    static String doubtfulModel(Provider provider, ModelId typed, @Nullable ModelId suggested, boolean listed) {
        var doubt = listed
                ? "%s does not list a model “%s”.".formatted(provider.displayName(), typed)
                : "“%s” does not look like a model id of %s.".formatted(typed, provider.displayName());
        var insist = "To use “%s” all the same, type it again.".formatted(typed);
        return suggested == null
                ? "%s Please check the spelling, or say **default** for `%s`. %s"
                        .formatted(doubt, provider.defaultModel(), insist)
                : "%s Did you mean `%s`? Say **yes**, or type another one. %s".formatted(doubt, suggested, insist);
    }

    static String giveKey(Provider provider, @Nullable String storedHint) {
        var where = provider.keyHelpUrl() == null ? "" : " You get one at %s.".formatted(provider.keyHelpUrl());
        var keep = storedHint == null
                ? ""
                : " Or say **keep** to go on with the one you have stored, ending in `%s`.".formatted(storedHint);
        var whose = provider.keyName().equals(provider.displayName())
                ? ""
                : "%s takes a key of %s. ".formatted(provider.displayName(), provider.keyName());
        return "Please provide your API key.%s\n\n%sIt is checked with %s and stored encrypted; this conversation never keeps it.%s"
                .formatted(keep, whose, provider.keyName(), where);
    }

    static String nothingToKeep(Provider provider) {
        return "No key of yours for %s is stored here. Please paste one, or say **back** or **cancel**."
                .formatted(provider.displayName());
    }

    static String modelInsteadOfKey(Provider provider) {
        return "That is the name of a model. What is missing is your API key for %s: paste it, or say **back** for another model, or **cancel**."
                .formatted(provider.displayName());
    }

    static String notAKey(Provider provider, boolean severalKeys) {
        if (severalKeys) {
            return "There is more than one API key in that, so I kept nothing of it. Please paste your %s key alone."
                    .formatted(provider.keyName());
        }
        return ("I found no API key in that, so I kept nothing of it. A key is one piece of 8 to 512 letters, digits and"
                        + " signs, without blanks. Please paste your %s key alone, or say **cancel**.%s")
                .formatted(
                        provider.keyName(),
                        provider.keyHelpUrl() == null ? "" : " You get one at " + provider.keyHelpUrl() + ".");
    }

    static String tooLate() {
        return "That looks like an API key, and nobody asked for one here. I kept nothing of it and sent it to nobody."
                + " To set a key, say **change my model**.";
    }

    static String refused(String sentence) {
        return sentence + " Nothing was changed. Try again, or say **back** or **cancel**.";
    }

    static String keyTooEarly() {
        return "I removed an API key from your message before it was stored, and did not use it. Please paste it once more when I"
                + " ask for it.";
    }

    static String done(Provider provider, ModelConfig config, @Nullable String warning, @Nullable String droppedKeyOf) {
        var done = "Done. Your chat is now using **%s** with model `%s`."
                .formatted(provider.displayName(), config.modelId());
        var dropped =
                droppedKeyOf == null ? "" : "\n\nYour key for %s is no longer stored here.".formatted(droppedKeyOf);
        return done + dropped + (warning == null ? "" : "\n\n" + warning);
    }

    static String cancelled() {
        return "All right, nothing was changed.";
    }

    static String nothingBefore() {
        return "This is the first question; there is none before it.";
    }

    static String help(FlowState state) {
        return switch (state) {
            case FlowState.AskProvider _ ->
                "A provider is the company that answers your messages. Name one from the list. " + WAYS_OUT;
            case FlowState.AskKeySource _ ->
                "With the **default** key this app pays and you need nothing. With your **own** key you pay the provider"
                        + " and its limits are yours. " + WAYS_OUT;
            case FlowState.AskAccountId(var provider, var _) -> accountHelp(provider) + WAYS_OUT;
            case FlowState.AskModelId asked ->
                "The model id is the name %s gives a model in its documentation, for example `%s`. "
                                .formatted(
                                        asked.provider().displayName(),
                                        asked.provider().defaultModel())
                        + WAYS_OUT;
            case FlowState.AskApiKey(var provider, var _, var _) ->
                "The API key is what %s gives you to use its models%s. %s%s"
                        .formatted(
                                provider.keyName(),
                                provider.keyPrefixHint() == null
                                        ? ""
                                        : "; it usually begins with `" + provider.keyPrefixHint() + "`",
                                provider.keyHelpUrl() == null ? "" : "You get one at " + provider.keyHelpUrl() + ". ",
                                WAYS_OUT);
        };
    }

    private static String accountHelp(Provider provider) {
        var rule = provider.accountId();
        return rule == null ? "" : rule.help() + " ";
    }

    static String nowOnDefault(@Nullable Provider provider, @Nullable ModelId model, @Nullable String droppedKeyOf) {
        var done = provider == null || model == null
                ? "Done. There is no default model here, so say **change my model** to chat on."
                : "Done. Your chat is back on the default: **%s** with model `%s`."
                        .formatted(provider.displayName(), model);
        return droppedKeyOf == null
                ? done
                : done + "\n\nYour key for %s is no longer stored here.".formatted(droppedKeyOf);
    }

    static String alreadyOnDefault() {
        return "Your chat already uses the default.";
    }

    static String keyUnreadable() {
        return "That key can't be read any more, though: say **change my model** to enter it again.";
    }

    static String using(String provider, ModelId model, KeySource source, @Nullable String hint) {
        var key = source == KeySource.PROJECT ? "the default key" : "your own key ending in `%s`".formatted(hint);
        return "Your chat uses **%s** with model `%s`, paid for with %s. Say **change my model** for another one."
                .formatted(provider, model, key);
    }

    static String stillAsking() {
        return "My question from before is still open.";
    }

    static String usingNothing() {
        return "No model is set up for your chat yet. Say **change my model** to choose one.";
    }

    static String keyForgotten(String provider) {
        return "Done. Your key for %s is deleted, and your chat is back on the default.".formatted(provider);
    }

    static String noKeyStored(@Nullable Provider meant) {
        return meant == null
                ? "No key of yours is stored here."
                : "No key of yours for %s is stored here.".formatted(meant.displayName());
    }
}
