package io.keyswitch.conversation;

import io.keyswitch.language.Sentence;
import io.keyswitch.language.Sentences;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.Provider;
import io.keyswitch.understanding.Intent;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Composes the buttons for possible requests, in one language. What a request names is sent as a command, which carries all of it
 * and belongs to no language.
 */
final class Suggestions {
    private final Sentences sentences;

    Suggestions(Sentences sentences) {
        this.sentences = sentences;
    }

    Suggestion of(Intent possible) {
        return switch (possible) {
            case Intent.Change change -> change(change);
            case Intent.UnknownProvider(var _, var near, var here) -> change(new Intent.Change(near, null, null, here));
            case Intent.Help _, Intent.OnlyHere _ -> said(Sentence.SUGGEST_CHANGE);
            case Intent.Undo _ -> said(Sentence.SUGGEST_UNDO);
            case Intent.Which _ -> said(Sentence.SUGGEST_WHICH);
            case Intent.UseDefault(var here) ->
                here
                        ? new Suggestion(label(Sentence.SUGGEST_DEFAULT, null, true), "/model default here")
                        : said(Sentence.SUGGEST_DEFAULT);
            case Intent.Offers(var provider) -> ofProvider(Sentence.SUGGEST_OFFERS, provider, "/model list ");
            case Intent.UpdateKey(var provider) -> ofProvider(Sentence.SUGGEST_UPDATE_KEY, provider, "/key ");
            case Intent.ForgetKey(var provider, var _) ->
                ofProvider(Sentence.SUGGEST_FORGET_KEY, provider, "/key delete ");
        };
    }

    /** Suggests to use a key that was removed from a message. */
    Suggestion useKey(Provider provider) {
        return new Suggestion(say(Sentence.SUGGEST_USE_KEY, provider), "/key " + provider.id());
    }

    private Suggestion change(Intent.Change change) {
        var provider = change.provider();
        var model = change.model() == null ? change.words() : change.model().value();
        var keySource = change.keySource();
        boolean here = change.thisThread();
        if (!change.isNamed() && keySource == null && !here) {
            return said(Sentence.SUGGEST_CHANGE);
        }
        var command = new ArrayList<String>();
        if (keySource != null) {
            command.add(keySource == KeySource.OWN ? "my own key" : "the default key");
        }
        if (provider != null) {
            command.add(provider.id().value());
        }
        if (model != null) {
            command.add(model);
        }
        var asked = provider == null ? sentences.say(Sentence.SUGGEST_CHANGE) : say(Sentence.SUGGEST_SWITCH, provider);
        var label = label(model == null ? asked : asked + ": " + model, keySource, here);
        return new Suggestion(label, ("/model " + String.join(", ", command)).strip() + (here ? " here" : ""));
    }

    private String label(Sentence asked, @Nullable KeySource keySource, boolean here) {
        return label(sentences.say(asked), keySource, here);
    }

    /** A label that also says whose key is meant, and for which chats. */
    private String label(String asked, @Nullable KeySource keySource, boolean here) {
        var details = new ArrayList<String>();
        if (keySource != null) {
            details.add(sentences.say(keySource == KeySource.OWN ? Sentence.OPTION_OWN : Sentence.OPTION_DEFAULT));
        }
        if (here) {
            details.add(sentences.say(Sentence.SUGGEST_HERE));
        }
        return details.isEmpty() ? asked : asked + " · " + String.join(" · ", details);
    }

    private Suggestion said(Sentence sentence) {
        return new Suggestion(sentences.say(sentence), sentences.say(sentence));
    }

    private Suggestion ofProvider(Sentence label, @Nullable Provider provider, String command) {
        return provider == null
                ? said(label)
                : new Suggestion(sentences.say(label) + ": " + provider.displayName(), command + provider.id());
    }

    private String say(Sentence sentence, Provider provider) {
        return sentences.say(sentence, Map.of("provider", provider.displayName()));
    }
}
