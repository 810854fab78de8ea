package io.keyswitch.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A user who sends messages with and without streams, changes and deletes keys and deletes threads, and remembers what was
 * acknowledged. What was not is tried again, as it was, until it is. Used by one thread at a time.
 */
public final class BusyUser {
    /** The beginning of the keys that this user enters, by which a provider knows whose they are. */
    public static String keyPrefix(String user) {
        return "key-of-" + user + "-";
    }

    private sealed interface Action {
        record Say(String thread, String text, boolean stream) implements Action {}

        record SaveKey(String key) implements Action {}

        record DeleteKey() implements Action {}

        record DeleteThread(String thread) implements Action {}
    }

    /**
     * A response, or status 0 if there was none.
     *
     * @param retryAfter whether it says when to try again
     */
    private record Answer(int status, String body, boolean retryAfter) {
        static final Answer NONE = new Answer(0, "", false);

        /** The status, and why it is no success: the reason of the error, also of one at the end of a stream. */
        String outcome() {
            var lines = body.lines().filter(line -> line.startsWith("data: ")).toList();
            var last = lines.isEmpty() ? body : lines.getLast().substring("data: ".length());
            var error = TestApp.parse(last.startsWith("{") ? last : "{}").path("error");
            var reason = error.path("details")
                    .path("reason")
                    .asString(error.path("status").asString(""));
            if (status == 200) {
                return "200 " + (reason.isEmpty() ? "broken off" : reason);
            }
            return (status + " " + reason).strip() + (status == 503 && !retryAfter ? " without Retry-After" : "");
        }
    }

    private final String name;
    private final HttpClient http;
    private final Random random;
    private final Map<String, List<String>> acknowledged = new LinkedHashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private @Nullable String key;
    private @Nullable Action pending;
    private String refused = "";
    private int count;

    public BusyUser(String name, HttpClient http, long seed) {
        this.name = name;
        this.http = http;
        this.random = new Random(seed);
    }

    /** Does the next thing, or what is pending. @return whether it was acknowledged */
    public boolean act(String url) {
        var action = pending == null ? next() : pending;
        boolean again = pending != null;
        pending = action;
        var answer = perform(url, action);
        if (!isDone(action, answer, again)) {
            count(answer);
            refused = action + " was answered with " + answer;
            return false;
        }
        outcomes.merge("acknowledged", 1, Integer::sum);
        acknowledge(action);
        pending = null;
        return true;
    }

    private void count(Answer answer) {
        outcomes.merge(answer.outcome(), 1, Integer::sum);
    }

    /** What was not acknowledged last, and the answer. */
    public String refused() {
        return refused;
    }

    /** How often each status and reason was answered. */
    public Map<String, Integer> outcomes() {
        return outcomes;
    }

    private Action next() {
        var threads = acknowledged.keySet().stream()
                .filter(thread -> !deleted.contains(thread))
                .toList();
        return switch (random.nextInt(12)) {
            case 0 -> new Action.SaveKey(keyPrefix(name) + "%04d".formatted(++count % 10_000));
            case 1 -> key == null ? say(threads) : new Action.DeleteKey();
            case 2 ->
                threads.size() < 3
                        ? say(threads)
                        : new Action.DeleteThread(threads.get(random.nextInt(threads.size())));
            default -> say(threads);
        };
    }

    private Action say(List<String> threads) {
        boolean inNew = threads.isEmpty() || random.nextInt(8) == 0;
        int number = ++count;
        var thread = inNew ? name + "-" + number : threads.get(random.nextInt(threads.size()));
        return new Action.Say(thread, name + " says " + number + ".", random.nextBoolean());
    }

    private Answer perform(String url, Action action) {
        return switch (action) {
            case Action.Say(var thread, var text, boolean stream) -> {
                var message =
                        Map.of("threadId", thread, "message", text, "clientMessageId", text.replaceAll("\\W", "-"));
                yield call(url, "sendChatMessage", message, stream);
            }
            case Action.SaveKey(var entered) ->
                call(
                        url,
                        "updateUserModelConfig",
                        Map.of("provider", "groq", "modelId", "m-1", "apiKey", entered),
                        false);
            case Action.DeleteKey() -> call(url, "deleteApiKey", Map.of("provider", "groq"), false);
            case Action.DeleteThread(var thread) -> call(url, "deleteThread", Map.of("threadId", thread), false);
        };
    }

    private Answer call(String url, String function, Object data, boolean stream) {
        var request = HttpRequest.newBuilder(URI.create(url + "/" + function))
                .timeout(Duration.ofSeconds(40))
                .header("Content-Type", "application/json")
                .header("Accept", stream ? "text/event-stream" : "application/json")
                .header("Authorization", "Bearer " + Tokens.emulator(name))
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(Map.of("data", data))))
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.body(),
                    answer.headers().firstValue("Retry-After").isPresent());
        } catch (IOException _) {
            return Answer.NONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.NONE;
        }
    }

    private static boolean isDone(Action action, Answer answer, boolean again) {
        return switch (action) {
            case Action.Say say ->
                answer.status() == 200 && (!say.stream() || answer.body().contains("\"result\""));
            case Action.SaveKey _ -> answer.status() == 200;
            default -> answer.status() == 200 || (again && answer.status() == 404);
        };
    }

    private void acknowledge(Action action) {
        switch (action) {
            case Action.Say say ->
                acknowledged
                        .computeIfAbsent(say.thread(), _ -> new ArrayList<>())
                        .add(say.text());
            case Action.SaveKey(var entered) -> key = entered;
            case Action.DeleteKey _ -> key = null;
            case Action.DeleteThread(var thread) -> deleted.add(thread);
        }
    }

    /** How many messages were acknowledged. */
    public int messages() {
        return acknowledged.values().stream().mapToInt(List::size).sum();
    }

    /** Compares what is stored with what was acknowledged. */
    public void check(String url) throws InterruptedException {
        checkKey(url);
        for (var thread : acknowledged.entrySet()) {
            checkThread(url, thread.getKey(), thread.getValue());
        }
    }

    private void checkKey(String url) {
        var stored = result(call(url, "listApiKeys", Map.of(), false)).path("keys");
        var hint = stored.path(0).path("keyHint").asString("none");
        var possible = new HashSet<>(Set.of(hint(key)));
        if (pending instanceof Action.SaveKey(var entered)) {
            possible.add(hint(entered));
        }
        if (pending instanceof Action.DeleteKey) {
            possible.add("none");
        }
        assertThat(possible).as("the key of " + name).contains(hint);
    }

    private static String hint(@Nullable String key) {
        return key == null ? "none" : key.substring(key.length() - 4);
    }

    private static JsonNode result(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return TestApp.parse(answer.body()).path("result");
    }

    private void checkThread(String url, String thread, List<String> said) throws InterruptedException {
        var stored = endedMessages(url, thread);
        if (deleted.contains(thread)) {
            assertThat(stored).as("deleted " + thread).isNull();
            return;
        }
        if (stored == null) {
            assertThat(pending).as("lost " + thread).isEqualTo(new Action.DeleteThread(thread));
            return;
        }
        var texts = stored.stream()
                .map(message -> message.path("content").stringValue())
                .toList();
        assertThat(texts).as("stored once in " + thread).doesNotHaveDuplicates();
        assertThat(texts).containsSubsequence(said);
        for (int i = 0; i < stored.size(); i++) {
            if (isCompleteMessage(stored.get(i))) {
                assertThat(texts.subList(i + 1, texts.size())).as("answers").startsWith("heard " + texts.get(i));
            }
        }
        said.forEach(text -> assertThat(texts).contains("heard " + text));
    }

    private static boolean isCompleteMessage(JsonNode message) {
        return message.path("role").stringValue().equals("user")
                && message.path("status").stringValue().equals("complete");
    }

    /** The messages of a thread once none is in progress, for which ten seconds are promised; null if there is no thread. */
    private @Nullable List<JsonNode> endedMessages(String url, String thread) throws InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            var all = messages(url, thread);
            if (all == null
                    || all.stream()
                            .noneMatch(one -> one.path("status").stringValue().equals("streaming"))) {
                return all;
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(12));
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private @Nullable List<JsonNode> messages(String url, String thread) {
        var all = new ArrayList<JsonNode>();
        var token = "";
        do {
            var asked = token.isEmpty() ? Map.of("threadId", thread) : Map.of("threadId", thread, "pageToken", token);
            var answer = call(url, "getThread", asked, false);
            if (answer.status() == 404) {
                return null;
            }
            var page = result(answer);
            page.path("messages").forEach(all::add);
            token = page.path("nextPageToken").asString("");
        } while (!token.isEmpty());
        return all;
    }
}
