package io.keyswitch.conversation;

import static io.keyswitch.conversation.FlowFixture.FLOW;
import static io.keyswitch.conversation.FlowFixture.READER;
import static io.keyswitch.conversation.FlowFixture.provider;
import static io.keyswitch.conversation.FlowFixture.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.llm.ListedModel;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelMatcher;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.understanding.Intent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How people name models: in a request, at the question for one, and right after a change. */
class NamedModelsTest {
    private static final Path DOCS = Path.of("docs/understanding.md");

    /** The least share of the messages of a place that are understood. */
    private static final double LEAST = 0.85;

    private static final String AFTER_CHANGE = "after";
    private static final String ANY_MODEL = "?";

    private static final Map<String, List<ListedModel>> LISTED = Map.of(
            "openai", listed("gpt-5.5", "gpt-5.5-mini", "gpt-5", "gpt-4.1", "gpt-4o", "gpt-4o-mini", "o4-mini"),
            "anthropic", listed("claude-sonnet-5-5", "claude-opus-5-5", "claude-haiku-4-5"),
            "gemini", listed("gemini-3.8-flash", "gemini-3.8-pro", "gemini-2.5-flash"),
            "groq",
                    listed(
                            "openai/gpt-oss-120b",
                            "openai/gpt-oss-20b",
                            "llama-3.3-70b-versatile",
                            "llama-3.1-8b-instant",
                            "qwen/qwen3-32b"),
            "xai", listed("grok-4", "grok-4-fast"),
            "mistral", listed("mistral-large-latest", "mistral-small-latest", "codestral-latest"),
            "deepseek", listed("deepseek-chat", "deepseek-reasoner"),
            "perplexity", listed("sonar", "sonar-pro"),
            "openrouter", listed("openrouter/auto", "meta-llama/llama-3.3-70b-instruct"));

    private static List<ListedModel> listed(String... ids) {
        return Stream.of(ids).map(id -> new ListedModel(id, null, null)).toList();
    }

    /**
     * @param where {@code chat}, {@code question:openai} or {@code after}, which is after a change to Anthropic
     * @param means a provider and its model, which is a question mark if it is left open; {@code provider:} and a provider alone;
     *     {@code unknown:} and what is not offered; or what it asks without a name; {@code chat} for nothing
     */
    private record Message(String language, String where, String means, String text) {
        String kind() {
            var place = where.startsWith("question")
                    ? "at the question: "
                    : where.equals(AFTER_CHANGE) ? "after a change: " : "in a request: ";
            return place
                    + switch (means.split(":", 2)[0]) {
                        case "chat" -> "no request";
                        case "unknown" -> "not offered";
                        case "undo", "here", "project", "which" -> "no name";
                        default ->
                            means.endsWith(ANY_MODEL) || means.startsWith("provider:") ? "a provider" : "a model";
                    };
        }

        boolean isUnderstood() {
            var question = where.startsWith("question:") ? state("model " + where.split(":", 2)[1] + " own") : null;
            var changed = where.equals(AFTER_CHANGE) ? new JustChanged(provider("anthropic"), Instant.EPOCH) : null;
            var input = READER.read(
                    new InputReader.Message(text, false, List.of()),
                    new InputReader.Context(question, false, changed, null));
            if (question instanceof FlowState.AskModelId asked) {
                return isAnswered(FLOW.next(question, input, Facts.NONE.with(models(asked.provider()))));
            }
            var request = switch (input) {
                case UserInput.ModelRequest acted -> acted.request();
                case UserInput.PlainMessage(var _, var _, var possible, var _)
                when possible != null && !means.equals("chat") -> possible.intent();
                default -> null;
            };
            return request == null ? means.equals("chat") : isMeant(request);
        }

        private boolean isAnswered(FlowStep step) {
            var model = switch (step) {
                case FlowStep.Ask(FlowState.AskApiKey key, var _) -> key.model();
                case FlowStep.Apply(var choice) -> choice.model();
                default -> null;
            };
            // Who has no preference gets the default.
            boolean open = means.endsWith(ANY_MODEL) || means.startsWith("unknown");
            return open
                    ? model == null || !means.startsWith("unknown")
                    : model != null && model.value().equals(model());
        }

        private String model() {
            return means.split(":", 2)[1];
        }

        private boolean isMeant(Intent request) {
            return switch (means.split(":", 2)[0]) {
                case "undo" -> request instanceof Intent.Undo;
                case "here" -> request instanceof Intent.OnlyHere || request.isForThisThread();
                case "project" ->
                    request instanceof Intent.UseDefault
                            || (request instanceof Intent.Change change && change.keySource() == KeySource.PROJECT);
                case "which" -> request instanceof Intent.Which;
                case "provider" -> request instanceof Intent.Change change && isOf(change, means.split(":", 2)[1]);
                case "unknown" ->
                    request instanceof Intent.UnknownProvider
                            || (request instanceof Intent.Change change && !isOffered(change));
                default -> request instanceof Intent.Change change && isNamed(change);
            };
        }

        private boolean isNamed(Intent.Change change) {
            var meant = means.split(":", 2)[0];
            if (means.endsWith(ANY_MODEL)) {
                return isOf(change, meant) || change.provider() == null;
            }
            var at = change.provider() == null ? provider(meant) : change.provider();
            return at.id().value().equals(meant) && meant(change, at).equals(model());
        }

        private static boolean isOf(Intent.Change change, String provider) {
            return change.provider() != null && change.provider().id().value().equals(provider);
        }

        private static boolean isOffered(Intent.Change change) {
            var at = change.provider();
            return at != null && models(at).stream().anyMatch(one -> one.id().equals(meant(change, at)));
        }

        /** What the flow makes of the name; empty if it asks. */
        private static String meant(Intent.Change change, Provider at) {
            if (change.model() != null) {
                return ModelMatcher.completed(at, change.model(), models(at)).value();
            }
            var fitting =
                    change.words() == null ? List.<ModelId>of() : ModelMatcher.fitting(at, change.words(), models(at));
            return fitting.size() == 1 ? fitting.getFirst().value() : "";
        }

        private static List<ListedModel> models(@Nullable Provider provider) {
            return provider == null
                    ? List.of()
                    : LISTED.getOrDefault(provider.id().value(), List.of());
        }
    }

    /** The table of docs/understanding.md. */
    @Test
    void modelsAreUnderstoodAsPeopleNameThem() throws IOException {
        var kinds = new LabelledMessages.Table();
        var places = new LabelledMessages.Table();
        var missed = new ArrayList<Message>();
        for (var parts : LabelledMessages.read("/understanding/named-models.tsv")) {
            var message = new Message(parts[0], parts[1], parts[2], parts[3]);
            boolean understood = message.isUnderstood();
            kinds.count(message.kind(), understood);
            places.count(message.where().replaceFirst(":.*", ""), understood);
            if (!understood) {
                missed.add(message);
            }
        }
        missed.forEach(message -> System.out.println(
                String.join(" | ", message.language(), message.where(), message.means(), message.text())));
        System.out.println(kinds.as("a message names"));
        assertThat(missed)
                .noneMatch(message ->
                        message.means().equals("chat") && !message.where().equals(AFTER_CHANGE));
        assertThat(places.shares()).allSatisfy((_, share) -> assertThat(share).isGreaterThanOrEqualTo(LEAST));
        assertThat(Files.readString(DOCS)).contains(kinds.as("a message names"));
    }
}
