package io.keyswitch.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.language.Language;
import io.keyswitch.language.Sentences;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.understanding.Intent;
import io.keyswitch.understanding.Understanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A suggestion asks for what the message may have asked for, no more and no less. */
class SuggestionMessagesTest {
    private static final Understanding UNDERSTANDING = new Understanding(FlowFixture.PROVIDERS);

    private static List<Intent> intentsAbout(Provider provider) {
        var all = new ArrayList<Intent>(List.of(
                new Intent.Offers(provider), new Intent.UpdateKey(provider), new Intent.ForgetKey(provider, false)));
        for (boolean here : new boolean[] {false, true}) {
            for (var model : new ModelId[] {null, new ModelId("acme/m-1")}) {
                for (var source : new KeySource[] {null, KeySource.OWN, KeySource.PROJECT}) {
                    all.add(new Intent.Change(provider, model, source, here));
                }
            }
        }
        return all;
    }

    private static final List<Intent> OTHERS = List.of(
            new Intent.Change(null, null, null, false),
            new Intent.Change(null, null, null, true),
            new Intent.Change(null, null, KeySource.OWN, false),
            new Intent.Change(null, null, KeySource.PROJECT, true),
            new Intent.Change(null, new ModelId("llama-3.3-70b"), KeySource.OWN, true),
            new Intent.Change(null, new ModelId("llama-3.3-70b"), null, false),
            new Intent.Change(null, new ModelId("llama-3.3-70b"), null, true),
            new Intent.Undo(),
            new Intent.Which(),
            new Intent.UseDefault(false),
            new Intent.UseDefault(true),
            new Intent.Offers(null),
            new Intent.UpdateKey(null),
            new Intent.ForgetKey(null, false));

    @ParameterizedTest
    @EnumSource
    void aSuggestionIsReadAsTheRequestItOffers(Language language) {
        var suggestions = new Suggestions(Sentences.of(language));
        var intents = new ArrayList<>(OTHERS);
        FlowFixture.PROVIDERS.all().forEach(provider -> intents.addAll(intentsAbout(provider)));
        for (var intent : intents) {
            var message = suggestions.of(intent).message();
            var understood = Objects.requireNonNull(
                    UNDERSTANDING.utterance(message, null).request(), message);
            assertThat(understood.intent()).as(message).isEqualTo(intent);
            assertThat(understood.certain()).as(message).isTrue();
            assertThat(understood.language() == null).as(message).isEqualTo(message.startsWith("/"));
        }
    }
}
