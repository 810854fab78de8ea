package io.keyswitch.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.chat.StoredMessage.Attempt;
import io.keyswitch.chat.StoredMessage.Kind;
import io.keyswitch.chat.StoredMessage.Status;
import io.keyswitch.llm.ChatMessage;
import io.keyswitch.llm.ChatMessage.Role;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which earlier messages go along with a new one. */
class HistoryTest {
    private static final String LEFT_OUT = "[The beginning of this message was left out, because it is too long.]\n…";

    private static StoredMessage stored(Role role, String text) {
        var attempt = new Attempt(null, null, Status.COMPLETE);
        return new StoredMessage(1, role, Kind.CHAT, text, Instant.EPOCH, null, attempt);
    }

    private static List<String> sent(int maxCharacters, StoredMessage... newestFirst) {
        return History.of(List.of(newestFirst).iterator(), "now", maxCharacters).stream()
                .map(ChatMessage::text)
                .toList();
    }

    @Test
    void messagesThatFitAreSentOldestFirst() {
        assertThat(sent(10, stored(Role.ASSISTANT, "b"), stored(Role.USER, "a")))
                .containsExactly("a", "b", "now");
    }

    @Test
    void ofAMessageThatIsTooLongTheEndIsSent() {
        var answer = "x".repeat(5_000) + "the end";
        var sent = sent(1_000, stored(Role.ASSISTANT, answer), stored(Role.USER, "a"));
        assertThat(sent).hasSize(2);
        assertThat(sent.getFirst()).hasSize(1_000).startsWith(LEFT_OUT + "x").endsWith("the end");
    }

    @Test
    void aCharacterIsNotCut() {
        for (int limit = 300; limit < 304; limit++) {
            var sent = sent(limit, stored(Role.ASSISTANT, "😀".repeat(1_000)));
            assertThat(sent.getFirst().substring(LEFT_OUT.length())).matches("(?:😀)+");
        }
    }

    @Test
    void aPartThatIsTooShortToHelpIsNotSent() {
        assertThat(sent(100, stored(Role.ASSISTANT, "x".repeat(5_000)))).containsExactly("now");
        assertThat(sent(0, stored(Role.ASSISTANT, "x"))).containsExactly("now");
    }

    @Test
    void theOldestMessageThatFitsOnlyPartlyIsCut() {
        var sent = sent(600, stored(Role.ASSISTANT, "b".repeat(300)), stored(Role.USER, "a".repeat(400)));
        assertThat(sent).hasSize(3);
        assertThat(sent.getFirst()).hasSize(300).startsWith(LEFT_OUT);
    }
}
