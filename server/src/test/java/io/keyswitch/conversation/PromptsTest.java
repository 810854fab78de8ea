package io.keyswitch.conversation;

import static io.keyswitch.conversation.FlowFixture.PROVIDERS;
import static io.keyswitch.conversation.FlowFixture.REPLIES;
import static io.keyswitch.conversation.FlowFixture.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.conversation.FlowPrompt.Option;
import io.keyswitch.llm.ListedModel;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The prompt that a client receives for each question of the flow. */
class PromptsTest {
    private static final Prompts PROMPTS = new Prompts(PROVIDERS, REPLIES);

    private static FlowPrompt prompt(String question, Facts facts) {
        return PROMPTS.prompt(Objects.requireNonNull(state(question)), facts);
    }

    private static Facts listed(String... ids) {
        return Facts.NONE.with(
                List.of(ids).stream().map(id -> new ListedModel(id, null, null)).toList());
    }

    private static Facts stored(String provider, String accountId, String hint) {
        return FlowFixture.withKey(provider, "m-1", accountId, hint);
    }

    @ParameterizedTest
    @CsvSource({
        "provider, provider, false",
        "source groq, key_source, false",
        "account cloudflare, account_id, false",
        "model groq own, model_id, false",
        "key groq m-1, api_key, true"
    })
    void onlyTheApiKeyPromptIsMarkedAsSecret(String question, String step, boolean secret) {
        var prompt = prompt(question, Facts.NONE);
        assertThat(prompt.step()).isEqualTo(step);
        assertThat(prompt.expects()).isEqualTo(step);
        assertThat(prompt.secret()).isEqualTo(secret);
    }

    @Test
    void providersAreOfferedInTheOrderOfTheRegistryAndTheSuggestedOneFirst() {
        var all = prompt("provider", Facts.NONE).options();
        assertThat(all).hasSameSizeAs(PROVIDERS.all());
        assertThat(all.getFirst()).isEqualTo(new Option("groq", "Groq"));
        var suggested = prompt("provider gemini?", Facts.NONE).options();
        assertThat(suggested).hasSameSizeAs(all).doesNotHaveDuplicates();
        assertThat(suggested.getFirst()).isEqualTo(new Option("gemini", "Yes, Google (Gemini)"));
        assertThat(suggested.get(1).value()).isEqualTo("groq");
    }

    @Test
    void bothKeySourcesAreOffered() {
        assertThat(prompt("source groq", Facts.NONE).options())
                .extracting(Option::value)
                .containsExactly("default", "own");
    }

    @Test
    void theDefaultModelComesFirstAndIsListedOnce() {
        assertThat(prompt("model groq own", listed("m-1", "openai/gpt-oss-120b", "m-2"))
                        .options())
                .extracting(Option::value)
                .containsExactly("openai/gpt-oss-120b", "m-1", "m-2");
        assertThat(prompt("model groq own", Facts.NONE).options())
                .extracting(Option::value)
                .containsExactly("openai/gpt-oss-120b");
    }

    @Test
    void aModelListIsTruncatedToFiftyOptions() {
        var ids = IntStream.range(0, 200).mapToObj(i -> "m-" + i).toArray(String[]::new);
        assertThat(prompt("model groq own", listed(ids)).options()).hasSize(50);
    }

    @Test
    void anUnconfirmedModelIsOfferedAfterTheSuggestedOne() {
        assertThat(prompt("model groq own - m-2 m-1?", listed("m-1")).options())
                .containsExactly(new Option("m-1", "m-1"), new Option("m-2", "Use “m-2” anyway"));
        assertThat(prompt("model groq own - m-2", listed("m-1")).options())
                .containsExactly(new Option("m-2", "Use “m-2” anyway"));
    }

    @Test
    void aStoredAccountOrKeyIsOfferedOnlyForItsProviderAndAccount() {
        assertThat(prompt("account cloudflare", stored("cloudflare", "abc", "1a2b"))
                        .options())
                .containsExactly(new Option("keep", "Keep abc"));
        assertThat(prompt("key cloudflare m-1 abc", stored("cloudflare", "abc", "1a2b"))
                        .options())
                .containsExactly(new Option("keep", "Keep ••••1a2b"));
        assertThat(prompt("key cloudflare m-1 other", stored("cloudflare", "abc", "1a2b"))
                        .options())
                .isEmpty();
        assertThat(prompt("key groq m-1", stored("cloudflare", "abc", "1a2b")).options())
                .isEmpty();
        assertThat(prompt("account cloudflare", Facts.NONE).options()).isEmpty();
    }
}
