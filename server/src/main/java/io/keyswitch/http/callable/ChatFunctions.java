package io.keyswitch.http.callable;

import io.keyswitch.chat.ChatReply;
import io.keyswitch.chat.ChatService;
import io.keyswitch.chat.DeltaSink;
import io.keyswitch.chat.ServedBy;
import io.keyswitch.chat.StoredMessage;
import io.keyswitch.chat.ThreadViews;
import io.keyswitch.chat.Threads;
import io.keyswitch.conversation.FlowPrompt;
import io.keyswitch.conversation.Suggestion;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.core.ThreadId;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.http.callable.CallableFunction.Call;
import io.keyswitch.http.callable.CallableFunction.Chunks;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The chat functions: send messages, stop answers; list, read and delete threads. */
public final class ChatFunctions {
    private record Message(String role, String content, String timestamp) {}

    /** The result of sending; {@code storedAs} is the stored user message if keys were removed from it, else null. */
    private record Sent(
            String threadId,
            Message message,
            long messageCount,
            ServedBy servedBy,
            @Nullable FlowPrompt flow,
            @Nullable List<Suggestion> suggestions,
            @Nullable String storedAs) {}

    private record Listed(String threadId, String title, long messageCount, String updatedAt) {}

    private record ThreadList(
            List<Listed> threads, @Nullable String nextPageToken) {}

    private record Entry(
            String role,
            String content,
            String timestamp,
            String status,
            @Nullable ServedBy servedBy,
            @Nullable String clientMessageId) {}

    private record ThreadPage(
            String threadId,
            List<Entry> messages,
            @Nullable String nextPageToken,
            @Nullable FlowPrompt flow) {}

    private static final int MAX_CLIENT_MESSAGE_ID = 128;
    private static final int MAX_MESSAGE = 100_000;

    private final ChatService chat;
    private final ThreadViews threads;

    public ChatFunctions(ChatService chat, ThreadViews threads) {
        this.chat = chat;
        this.threads = threads;
    }

    public Map<String, CallableFunction> byName() {
        return Map.of(
                "sendChatMessage", this::send,
                "stopAnswer", this::stop,
                "listThreads", this::list,
                "getThread", this::read,
                "deleteThread", this::delete);
    }

    private Object send(Call call) {
        var arguments = call.arguments();
        var thread = thread(call);
        var text = arguments.verbatim("message");
        text = text == null ? null : text.replace('\0', '\uFFFD');
        if (text == null || text.isBlank()) {
            throw Failure.invalidArgument("message is required.");
        }
        if (text.length() > MAX_MESSAGE) {
            throw new Failure(Reason.TOO_LONG, () -> Map.of("field", "message", "maxCharacters", MAX_MESSAGE));
        }
        var clientMessageId = clientMessageId(arguments);
        var message = new ChatService.Incoming(
                call.user(), thread, text, arguments.flag("secret"), clientMessageId, call.language());
        var reply = reply(call, message);
        return sent(reply, reply.userText().equals(text) ? null : reply.userText());
    }

    /** Apps of which no language is known have a user who speaks one, in which the flow has answered. */
    private ChatReply reply(Call call, ChatService.Incoming message) {
        try {
            return chat.send(message, sink(call.chunks()));
        } catch (Failure failure) {
            var spoken = call.language() == null ? chat.spokenLanguage(message.in()) : null;
            throw spoken == null ? failure : new SpokenFailure(failure, spoken);
        }
    }

    private static @Nullable String clientMessageId(Arguments arguments) {
        var id = arguments.label("clientMessageId");
        if (id != null && (id.isEmpty() || id.length() > MAX_CLIENT_MESSAGE_ID)) {
            throw Failure.invalidArgument(
                    "clientMessageId must have 1 to %d characters.".formatted(MAX_CLIENT_MESSAGE_ID));
        }
        return id;
    }

    private Object stop(Call call) {
        var thread = thread(call);
        var clientMessageId = clientMessageId(call.arguments());
        if (clientMessageId == null) {
            throw Failure.invalidArgument("clientMessageId is required.");
        }
        chat.stop(new ThreadRef(call.user(), thread), clientMessageId);
        return Map.of("success", true);
    }

    private static DeltaSink sink(Chunks chunks) {
        return new DeltaSink() {
            @Override
            public void delta(String text) {
                chunks.send(Map.of("delta", text));
            }

            @Override
            public boolean isGone() {
                return chunks.isGone();
            }

            @Override
            public void onGone(Runnable callback) {
                chunks.onGone(callback);
            }
        };
    }

    private static Sent sent(ChatReply reply, @Nullable String storedAs) {
        var message = reply.message();
        return new Sent(
                reply.thread().value(),
                new Message(
                        message.role().word(),
                        message.content(),
                        message.createdAt().toString()),
                reply.messageCount(),
                reply.servedBy(),
                reply.prompt(),
                reply.suggestions().isEmpty() ? null : reply.suggestions(),
                storedAs);
    }

    private static ThreadId thread(Call call) {
        return thread(call.arguments().verbatimLabel("threadId"));
    }

    /** The thread with an ID; fails if the ID is missing or malformed. */
    static ThreadId thread(@Nullable String id) {
        if (id == null || !ThreadId.isValid(id)) {
            throw Failure.invalidArgument("threadId is required: 1 to 128 characters of your choice.");
        }
        return new ThreadId(id);
    }

    private Object list(Call call) {
        var page = threads.list(call.user(), call.arguments().optionalText("pageToken"));
        return new ThreadList(page.items().stream().map(ChatFunctions::listed).toList(), page.next());
    }

    private static Listed listed(Threads.Summary thread) {
        return new Listed(
                thread.id().value(),
                thread.title(),
                thread.messageCount(),
                thread.updatedAt().toString());
    }

    private Object read(Call call) {
        var thread = thread(call);
        var arguments = call.arguments();
        var token = arguments.optionalText("pageToken");
        boolean fromEnd = arguments.flag("newest");
        var page = fromEnd ? threads.newest(call.user(), thread, token) : threads.messages(call.user(), thread, token);
        boolean withLastMessage = fromEnd ? token == null : page.next() == null;
        return new ThreadPage(
                thread.value(),
                page.items().stream().map(ChatFunctions::entry).toList(),
                page.next(),
                withLastMessage ? threads.openQuestion(call.user(), thread, call.language()) : null);
    }

    private static Entry entry(StoredMessage message) {
        return new Entry(
                message.role().word(),
                message.content(),
                message.createdAt().toString(),
                message.status().word(),
                message.servedBy(),
                message.clientMessageId());
    }

    private Object delete(Call call) {
        threads.delete(call.user(), thread(call));
        return Map.of("success", true);
    }
}
