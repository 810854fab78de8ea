package io.keyswitch.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.language.Language;
import io.keyswitch.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people say and what it is read as. */
class UnderstandingTest {
    static Stream<Arguments> englishSentences() throws IOException {
        return Sample.english().stream().map(sample -> Arguments.of(sample.sentence(), sample.label()));
    }

    @ParameterizedTest
    @MethodSource("englishSentences")
    void anEnglishSentenceIsReadAsLabelled(String sentence, String label) {
        var understood = Sample.said(sentence).request();
        assertThat(understood == null || !understood.certain() ? "chat{}" : Sample.describe(understood))
                .isEqualTo(label);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # what was told is asked for by a last clause
            i changed the model by mistake, undo that | undo{}
            the old model was better, put it back     | undo{}
            i changed the model by mistake, undo that, please | undo{}
            i changed the tyre by mistake, undo that  | chat
            my friend changed her model, put it back in the box | chat
            # a key that is refused, or of a name that is
            use the app's key instead of mine         | change{keySource=project}
            i don't use groq any more, delete that key | forget_key{provider=groq}
            # a name and whose key, and no verb
            gemini with the default key please        | change{keySource=project, provider=gemini}
            claude with my own key                    | change{keySource=own, provider=anthropic}
            what else is available in paris?          | chat
            # the stored keys
            show me my api keys                       | which{}
            is it safe to give you my api key         | chat
            list all my keys                          | which{}
            muéstrame mis claves                      | which{}
            zeig mir meine schlüssel                  | which{}
            # for all chats
            make this the default for all my chats    | change{}
            ponlo por defecto en todos mis chats      | change{}
            mach das zum standard für alle chats      | change{}
            use claude in all my chats                | change{provider=anthropic}
            switch back to the default model          | default{}
            # who answers
            are you claude or gpt?                    | which{}
            are you gpt or something else?            | which{}
            which ai am i talking to, gpt?            | which{}
            ты клод или гпт?                          | which{}
            你是claude还是gpt                           | which{}
            claude or gpt?                            | chat
            are you claude?                           | chat
            which is better, claude or gpt?           | chat
            who founded claude, openai or google?     | chat
            are you and claude friends?               | chat

            # words that nobody knows: beside the request, before its verb, and where they narrow it down
            the zorbel is great. please switch to claude     | change{provider=anthropic}
            zorbel, use gpt 5.5                    | change{model=gpt-5.5, provider=openai}
            switch to claude for the zorbels       | chat
            my friend switched to claude, zorbel   | chat
            which zorbel is better? use claude     | chat
            # whose key, and which one not
            use my key with groq instead of yours  | change{keySource=own, provider=groq}
            is it my key or not?                   | which{}
            # somebody addressed, and a model beside its provider
            клод, отвечай                          | chat
            запусти openrouter с anthropic/claude-sonnet-4.5 | change{model=anthropic/claude-sonnet-4.5, provider=openrouter}

            # names in words, and ids with other separators
            switch to claude opus 5.5              | change{model=claude-opus-5-5, provider=anthropic}
            switch to opus 5.5                     | change{model=claude-opus-5-5, provider=anthropic}
            switch to opus five point five         | change{model=claude-opus-5-5, provider=anthropic}
            use claude-opus-5.5                    | change{model=claude-opus-5-5, provider=anthropic}
            use Claude_Opus_5.5                    | change{model=claude-opus-5-5, provider=anthropic}
            switch to gpt 5.5                      | change{model=gpt-5.5, provider=openai}
            switch to GPT5.5                       | change{model=gpt-5.5, provider=openai}
            switch to gpt 5 mini                   | change{model=gpt-5-mini, provider=openai}
            switch to chatgpt 5.5                  | change{model=gpt-5.5, provider=openai}
            use gemini 3.8 pro please              | change{model=gemini-3.8-pro, provider=gemini}
            use grok 4                             | change{model=grok-4, provider=xai}
            switch to sonar pro                    | change{model=sonar-pro, provider=perplexity}
            switch to claude sonnet                | change{model=claude-sonnet-5-5, provider=anthropic}
            switch to groq, sim-echo               | change{model=sim-echo, provider=groq}
            use groq with the model my-model       | chat
            use google for my follow-up            | chat
            switch to long-term planning           | chat
            switch to long-term                    | chat
            # a path names no provider
            switch to openai/gpt-oss-120b          | change{model=openai/gpt-oss-120b}
            use openrouter with anthropic/claude-sonnet-4.5 | change{model=anthropic/claude-sonnet-4.5, provider=openrouter}
            # a left-over is no model
            switch to 5.5                          | chat
            use 5.5                                | chat
            # the one wanted of two
            switch from claude to gemini           | change{provider=gemini}
            use gemini instead of claude           | change{provider=gemini}
            not gemini, switch to claude           | change{provider=anthropic}
            I'm tired of groq, use openai          | change{provider=openai}
            groq is too slow, switch to deepseek   | change{provider=deepseek}
            gemini is too slow, change the model   | change{}
            حولني إلى كلود ٥٫٥                      | change{model=claude-sonnet-5-5, provider=anthropic}
            switch to claude or gemini             | change{}
            use llama 3.3 70b                      | change{model=llama-3.3-70b}
            switch to qwen 3                       | change{model=qwen-3}
            use llama 3.3 70b at groq              | change{model=llama-3.3-70b-versatile, provider=groq}
            # one chat
            use claude only in this chat           | change{provider=anthropic, scope=thread}
            # slips of the fingers
            swtich to chatgpt                      | change{provider=openai}
            change my modle                        | change{}
            switch to swarmspaze                   | misspelt{provider=swarmspace}
            # typed commands
            /model                                 | change{}
            /model list                            | list{}
            /model list gemini                     | list{provider=gemini}
            /model list nosuch                     | list{}
            /model undo                            | undo{}
            /model nonsense-xyz                    | change{model=nonsense-xyz}
            /model nonsense-xyz here               | change{model=nonsense-xyz, scope=thread}
            /model default                         | default{}
            /model claude opus 5.5                 | change{model=claude-opus-5-5, provider=anthropic}
            /model gpt-5.5 here                    | change{model=gpt-5.5, provider=openai, scope=thread}
            /MODEL groq                            | change{provider=groq}
            /key                                   | update_key{}
            /key openai                            | update_key{provider=openai}
            /key nosuch                            | update_key{}
            /key to happiness is a song            | chat
            /model list of cars from 1950          | chat
            /help                                  | help{}
            /shrug whatever                        | chat
            /model railway from 1950               | chat
            /etc/hosts has a wrong line            | chat
            # thanks for what was done asks nothing; thanks beside a request do
            thanks for deleting my api key         | chat
            thank you so much for switching to gemini | chat
            danke, dass du zu claude gewechselt bist | chat
            danke für den wechsel zu gemini        | chat
            gracias por volver al modelo anterior  | chat
            merci d'avoir supprimé ma clé api      | chat
            grazie per aver cancellato la mia chiave api | chat
            obrigada por mudar para o gemini       | chat
            спасибо за переключение на клод        | chat
            geminiに切り替えてくれてありがとう         | chat
            제미나이로 바꿔줘서 감사합니다             | chat
            谢谢你切换到claude                      | chat
            thanks, now switch to claude           | change{provider=anthropic}
            switch to claude, thanks               | change{provider=anthropic}
            danke, wechsle jetzt zu gemini         | change{provider=gemini}
            gracias, cambia a claude               | change{provider=anthropic}
            谢谢，切换到claude                      | change{provider=anthropic}
            # corrections
            i meant gemini, not claude             | change{provider=gemini}
            j'ai dit gemini, pas claude            | change{provider=gemini}
            ich habe gemini gesagt, nicht claude   | change{provider=gemini}
            i said gemini is nice                  | chat
            # a reason with another key in it
            use gemini with your key, mine is empty | change{keySource=project, provider=gemini}
            mein key ist leer                      | chat
            ma clé est vide                        | chat
            # from now on, and all but one
            deepseek from now on please            | change{provider=deepseek}
            dorénavant gemini s'il te plaît        | change{provider=gemini}
            show me all models except gpt          | list{}
            zeig mir alle modelle außer gpt        | list{}
            don't show me the models               | chat
            # a tag question asks for consent
            let's switch to claude, no?            | change{provider=anthropic}
            passiamo a gemini, no?                 | change{provider=gemini}
            cambiamos a claude, ¿no?               | change{provider=anthropic}
            on passe à claude, non ?               | change{provider=anthropic}
            switch to claude? no!                  | chat
            # who stays with the model wants no other
            nein danke, ich bleib bei dem modell   | chat
            no gracias, me quedo con este modelo   | chat
            je reste sur ce modèle                 | chat
            不用了，我还是用这个模型                 | chat
            # whose key
            claude please, it runs on my own key   | change{keySource=own, provider=anthropic}
            whose key does it run on?              | which{}
            use the app's key, not mine            | change{keySource=project}
            prends la clé de l'appli, pas la mienne | change{keySource=project}
            nimm den schlüssel der app, nicht meinen | change{keySource=project}
            use the app's key                      | change{keySource=project}
            # a version is said from its beginning
            use gemini 8 flash                     | change{model=gemini-8-flash, provider=gemini}
            # somebody else would change
            could my zorbel switch to claude       | chat
            könnte mein zorbel auf claude wechseln | chat
            mon zorbel passe à claude              | chat
            # quotes, code, negations
            "switch to claude"                     | change{provider=anthropic}
            switch to "claude"                     | change{provider=anthropic}
            she said "switch to claude" to me      | chat
            don't switch to claude                 | chat
            lösch meinen key nicht                 | chat
            lösche meinen schlüssel bitte nicht    | chat
            удалять мой ключ не надо               | chat
            не надо ключ удалять                   | chat
            please do not delete my key            | chat
            model = "gpt-4o"                       | chat
            hello claude                           | chat
            thanks gemini                          | chat
            I use chatgpt                          | chat
            """)
    void oneSentence(String sentence, String expected) {
        var understood = Sample.said(sentence).request();
        assertThat(understood == null || !understood.certain() ? "chat" : Sample.describe(understood))
                .isEqualTo(expected);
    }

    private static String certaintyAndRequest(String message) {
        var understood = Sample.said(message).request();
        return understood == null ? "nothing" : understood.certain() + " " + Sample.describe(understood);
    }

    private static final String STORY =
            "My neighbour came over yesterday evening and told me at length about his boat, which has been lying in the "
                    + "harbour since spring because nobody in the village is able to repair its engine any more, sadly";

    @Test
    void aRequestAtAnEndOfALongMessageIsOffered() {
        for (var message : List.of(
                STORY + ". Switch to claude, please!",
                "Switch to claude, please! " + STORY,
                STORY + "\n\nSwitch to claude, please",
                STORY + "。切换到claude")) {
            assertThat(certaintyAndRequest(message)).as(message).isEqualTo("false change{provider=anthropic}");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            switch to claude because zorbel quuxes the frobs                   | true change{provider=anthropic}
            pasame a claude porque zorbel quuxea los frobs                     | true change{provider=anthropic}
            wechsle zu claude weil der zorbel immer so frobelt                 | true change{provider=anthropic}
            because of claude I zorbel                                         | nothing
            students use chatgpt because it zorbels                            | false change{provider=openai}
            use chatgpt because this one zorbels but only for this chat        | false change{provider=openai}
            the migration fails in Zorbel, revert the model                    | false undo{}
            If training diverges, reset the model.                             | false default{}
            Switch to Claude, zorbel some dinner recipes                       | false change{provider=anthropic}
            Would you go to Mistral?                                           | nothing
            What is my key?                                                    | false which{}
            switch to claude and then translate the zorbel                     | false change{provider=anthropic}
            wechsle zu claude und danach übersetze mir den Text                | false change{provider=anthropic}
            translate the text and then switch to claude                       | nothing
            put the default model back, I zorbeled everything up               | true default{}
            I zorbeled everything up, put the default model back               | true default{}
            put the default model back in my zorbel                            | false default{}
            put the default model back, in my zorbel                           | false default{}
            switch to claude, zorbel                                           | false change{provider=anthropic}
            switch to claude, but only for the zorbel                          | false change{provider=anthropic}
            switch to claude, this one zorbels a lot                           | true change{provider=anthropic}
            The zorbel quuxed my frob again today. Could you switch to claude? | false change{provider=anthropic}
            """)
    void wordsBesideARequestDecideHowCertainItIs(String message, String expected) {
        assertThat(certaintyAndRequest(message)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            don't use the app's key, use mine                | change{keySource=own}
            use my key, not the app's                        | change{keySource=own}
            benutz nicht meinen Schlüssel, nimm den der App  | change{keySource=project}
            don't use my key                                 | nothing
            don't use the app's key                          | nothing
            use claude with the app's key, not with mine     | change{keySource=project, provider=anthropic}
            не трать ключ приложения, работай через мой ключ | change{keySource=own}
            내 키 쓰지 말고 앱 키로 해줘                     | change{keySource=project}
            app wali key nahi, meri key use karo             | change{keySource=own}
            """)
    void ofTwoKeysTheOneNotRefusedIsMeant(String message, String expected) {
        var understood = Sample.said(message).request();
        assertThat(understood == null ? "nothing" : Sample.describe(understood)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            use the default groq and delete my claude key                  | true forget_key{provider=anthropic}
            switch to openai and delete my claude key                      | true forget_key{provider=anthropic}
            usa el groq predeterminado y borra mi clave de claude          | true forget_key{provider=anthropic}
            wechsle zu openai und lösche meinen Schlüssel für claude       | true forget_key{provider=anthropic}
            delete my claude key and switch to groq                        | true forget_key{provider=anthropic}
            thanks, now forget that key and use gemini default             | true change{keySource=project, provider=gemini}
            delete my claude key                                           | true forget_key{provider=anthropic}
            delete my key                                                  | true forget_key{}
            delete my claude and groq keys                                 | false which{}
            forget claude, use my openai key                               | true change{keySource=own}
            use my groq key and delete the claude one                      | true change{keySource=own}
            delete my key because I don't use groq anymore                 | nothing
            delete my key because I zorbel the quux                        | false forget_key{}
            don't delete my groq key, delete the claude one                | false forget_key{}
            don't use groq any more, delete that key                       | true forget_key{provider=groq}
            don't use groq, delete my claude key                           | true forget_key{provider=anthropic}
            don't use groq or openai any more, delete that key             | false forget_key{}
            """)
    void theKeyToDeleteIsTheOneNamedBesideIt(String message, String expected) {
        assertThat(certaintyAndRequest(message)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            which keys do you have of mine?         | true which{}
            which keys are saved?                   | true which{}
            is my groq key still saved?             | false which{}
            qué claves tengo guardadas?             | true which{}
            welche Schlüssel sind gespeichert?      | true which{}
            do you have my openai key               | nothing
            """)
    void whatIsStoredIsAskedFor(String message, String expected) {
        assertThat(certaintyAndRequest(message)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"who owns deepseek", "wem gehört deepseek", "whose is mistral"})
    void whoOwnsACompanyIsForTheModel(String message) {
        assertThat(Sample.said(message).request()).isNull();
    }

    @Test
    void whatALongMessageTellsIsForTheModel() {
        for (var message : List.of(
                STORY,
                STORY + ". He says he switched to claude.",
                STORY + ". Switch to claude. " + STORY,
                STORY + ". /model claude",
                (STORY + ". ").repeat(9) + "Switch to claude, please!")) {
            assertThat(Sample.said(message).request()).as(message).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            claude                       | change{provider=anthropic}
            Anthropic please             | change{provider=anthropic}
            chat gpt                     | change{provider=openai}
            open router                  | change{provider=openrouter}
            the default groq             | change{keySource=project, provider=groq}
            gpt-5.5 with my own key      | change{keySource=own, model=gpt-5.5, provider=openai}
            I'd like sonnet 5.5          | change{model=claude-sonnet-5-5, provider=anthropic}
            not gemini, claude           | change{provider=anthropic}
            no, claude                   | change{provider=anthropic}
            no claude                    | nothing
            pas claude                   | nothing
            lieber nicht claude          | nothing
            what is groq                 | nothing
            my sister                    | nothing
            hello                        | nothing
            """)
    void anAnswerNamesAProviderOrModel(String answer, String expected) {
        var named = Sample.said(answer).naming();
        assertThat(named == null ? "nothing" : Sample.describe(new Understood(named, true, null)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cancel please               | CANCEL
            please, please cancel       | CANCEL
            cancela, por favor          | CANCEL
            キャンセルでお願いします       | CANCEL
            sí, por favor               | YES
            oui s'il te plaît           | YES
            sì, per piacere             | YES
            да, будьте добры            | YES
            हाँ कृपया                     | YES
            نعم لو سمحت                 | YES
            はい、お願いします             | YES
            はいお願いします              | YES
            好的谢谢                      | YES
            mi clave, por favor         | OWN
            """)
    void courtesiesAroundAnAnswerDoNotChangeIt(String answer, FixedAnswer expected) {
        assertThat(Sample.said(answer).meanings()).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no mi clave", "non la mia", "no cancelar", "não cancelar"})
    void aNegationBeforeAnAnswerIsNoCourtesy(String answer) {
        assertThat(Sample.said(answer).meanings()).isEmpty();
        assertThat(Sample.said(answer).keySource()).isNull();
    }

    @Test
    void aTypoIsNotMendedIfItIsAWordOfAnotherLanguage() {
        // "modal" is an English word, and one letter from the Spanish "modelo" and the German "Modell".
        assertThat(Sample.said("modal wechseln").request()).isNull();
        assertThat(Sample.describe(Sample.said("modelll wechseln").request())).isEqualTo("change{}");
    }

    @Test
    void noMessageIsTooLongOrStrangeToBeRead() {
        for (var text :
                List.of("", " ", "\n", "?", "\u0000", "😀".repeat(100), "ー", "a".repeat(200), "-".repeat(200))) {
            assertThat(Sample.said(text).request()).as(text).isNull();
        }
        assertThat(Sample.said("switch to claude " + "please ".repeat(40)).request())
                .isNull();
    }

    @Test
    void aNameInTheSettingsHasNoAlternatives() {
        var registry = SettingsLoader.parse(
                        "providers: {own: {baseUrl: 'http://127.0.0.1:1', defaultModel: m-1, aliases: ['house (main', 'a|b']}}",
                        Path.of("."),
                        Map.of(),
                        SettingsLoader.Purpose.SHOW)
                .providers();
        assertThat(new Understanding(registry)
                        .utterance("switch to claude", null)
                        .request())
                .isNotNull();
    }

    /** Of the languages that know all words, it is in the one that takes fewest for misspelt. */
    @ParameterizedTest
    @CsvSource({
        "passe à claude, FR",
        "passe à gemini flash, FR",
        "cambia a claude, ES",
        "quero claude, PT",
        "voglio claude, IT",
        "wechsle zu claude, DE",
        "delete my gemini key, EN",
        "update groq key, EN"
    })
    void aRequestIsInTheLanguageThatKnowsItsWordsBest(String sentence, Language language) {
        assertThat(Sample.said(sentence).request())
                .isNotNull()
                .extracting(Understood::language)
                .isEqualTo(language);
    }
}
