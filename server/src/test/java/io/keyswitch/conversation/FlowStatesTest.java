package io.keyswitch.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.ThreadId;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import io.keyswitch.modelconfig.HeldKeys;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.secret.Vault;
import io.keyswitch.sql.Database;
import io.keyswitch.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("database")
class FlowStatesTest {
    private static final ThreadRef THREAD = new ThreadRef(new UserId("alice"), new ThreadId("t"));

    @TempDir
    Path directory;

    private Database database;
    private FlowStates states;

    @BeforeEach
    void open() {
        database = Database.open(TestDatabase.in(directory).location());
        var vault = new Vault(MasterKeys.parse("8f3c1d5e7a9b2046c8e1f3a5d7092b4e6c8a0f1d3b5e79264a8c0e2f4d6b8193"));
        states = new FlowStates(
                database,
                FlowFixture.PROVIDERS,
                new HeldKeys(FlowFixture.PROVIDERS, database, vault, Clock.systemUTC()));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "provider",
                "provider groq? own",
                "use",
                "use groq?",
                "use groq? within provider",
                "use groq? within source gemini gemini-3.8-flash",
                "use groq? within account cloudflare",
                "use groq? within source anthropic 'opus'",
                "use groq? within model openai own",
                "use groq? within model openai project - gpt-5.9 gpt-5.5?",
                "use groq? within key openai gpt-5.5",
                "use within key cloudflare m-1 0123456789abcdef0123456789abcdef",
                "source groq",
                "source groq 'llama 70b'",
                "account cloudflare 'the big one'",
                "account cloudflare m-1",
                "model groq own",
                "key openai gpt-5.5"
            })
    void everyQuestionIsReadAsItWasSaved(String question) {
        var state = Objects.requireNonNull(FlowFixture.state(question));
        // What was saved before leaves nothing behind.
        save(Objects.requireNonNull(FlowFixture.state("use openai? within key mistral mistral-large-latest")));
        save(state);
        assertThat(states.find(THREAD).state()).isEqualTo(state);
    }

    private void save(FlowState state) {
        states.change(handle ->
                states.save(handle, THREAD, state, new FlowStates.Manner(null, false), Instant.ofEpochMilli(1)));
    }
}
