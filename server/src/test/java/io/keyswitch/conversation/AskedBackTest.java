package io.keyswitch.conversation;

import static io.keyswitch.conversation.FlowFixture.READER;
import static io.keyswitch.conversation.FlowFixture.REPLIES;
import static io.keyswitch.conversation.FlowFixture.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.conversation.UserInput.Word;
import io.keyswitch.understanding.Intent;
import io.keyswitch.understanding.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people ask back at a question of the flow, and how it is explained. */
class AskedBackTest {
    private static final Path DOCS = Path.of("docs/understanding.md");

    /** The least share of the messages of a language that are explained. */
    private static final double LEAST = 0.7;

    private static final Set<Topic> MATTERS = EnumSet.of(Topic.SAFETY, Topic.COST, Topic.LATER);

    /** @param about {@code key}, {@code safety} and so on; two are joined by a comma */
    private record Message(String language, String question, String about, String text) {
        UserInput read() {
            return READER.read(
                    new InputReader.Message(text, false, List.of()),
                    new InputReader.Context(openQuestion(question), false, null, null));
        }

        boolean isExplained() {
            return switch (read()) {
                case UserInput.Command(var word, var topics, var _) ->
                    word == Word.ANY || (word == Word.HELP && isOfMatter(topics));
                case UserInput.ModelRequest(var request, var _, var _, var _) ->
                    request instanceof Intent.Offers || request instanceof Intent.Help;
                default -> false;
            };
        }

        /** What is explained of safety, cost and later changes must be what was asked. */
        private boolean isOfMatter(Set<Topic> topics) {
            var asked = Stream.of(about.split(",", -1))
                    .map(Message::topic)
                    .filter(Objects::nonNull)
                    .filter(MATTERS::contains)
                    .collect(Collectors.toSet());
            var explained = EnumSet.copyOf(MATTERS);
            explained.retainAll(topics);
            return asked.isEmpty() ? explained.isEmpty() : !Collections.disjoint(asked, explained);
        }

        private static @Nullable Topic topic(String label) {
            return switch (label) {
                case "safety" -> Topic.SAFETY;
                case "cost" -> Topic.COST;
                case "other" -> Topic.LATER;
                default -> null;
            };
        }
    }

    private static FlowState openQuestion(String name) {
        return Objects.requireNonNull(state(
                switch (name) {
                    case "source" -> "source groq";
                    case "account" -> "account cloudflare";
                    case "model" -> "model anthropic own";
                    case "key" -> "key openai gpt-5.5";
                    default -> name;
                }));
    }

    /** The table of docs/understanding.md. */
    @Test
    void whatIsAskedBackIsExplained() throws IOException {
        var topics = new LabelledMessages.Table();
        var languages = new LabelledMessages.Table();
        var missed = new ArrayList<Message>();
        for (var parts : LabelledMessages.read("/understanding/asked-back.tsv")) {
            var message = new Message(parts[0], parts[1], parts[2], parts[3]);
            boolean explained = message.isExplained();
            topics.count(message.about().replaceFirst(",.*", ""), explained);
            languages.count(message.language(), explained);
            if (!explained) {
                missed.add(message);
            }
        }
        missed.forEach(message -> System.out.println(
                String.join(" | ", message.language(), message.question(), message.about(), message.text())));
        System.out.println(topics.as("asked about"));
        System.out.println(languages.as("language"));
        assertThat(languages.shares())
                .allSatisfy((_, share) -> assertThat(share).isGreaterThanOrEqualTo(LEAST));
        assertThat(Files.readString(DOCS)).contains(topics.as("asked about"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            provider | is it safe?                         | until you say **delete my API key**
            model    | where is my key stored?             | until you say **delete my API key**
            key      | who can see my key?                 | until you say **delete my API key**
            provider | what is an API key?                 | a code that a provider gives you
            source   | what's an api key                   | is what Groq gives you
            source   | what is the difference?             | this app pays
            source   | is the default free?                | this app pays
            provider | who pays for it?                    | this app pays
            model    | how much does it cost?              | You pay Anthropic
            key      | is it free?                         | You pay OpenAI
            model    | can I change it back later?         | at any time, here in the chat
            account  | will my old chats disappear?        | All your chats stay
            model    | what is a model id?                 | in its documentation
            """)
    void whatIsAskedIsAnsweredAtEveryQuestion(String question, String said, String expected) {
        var asked = new Message("en", question, "", said);
        assertThat(asked.read())
                .isInstanceOfSatisfying(
                        UserInput.Command.class,
                        command -> assertThat(REPLIES.help(openQuestion(question), command.about()))
                                .contains(expected));
    }
}
