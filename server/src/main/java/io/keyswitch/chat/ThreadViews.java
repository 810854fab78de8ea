package io.keyswitch.chat;

import io.keyswitch.conversation.FlowPrompt;
import io.keyswitch.conversation.ModelChange;
import io.keyswitch.core.Failure;
import io.keyswitch.core.ThreadId;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import io.keyswitch.language.Language;
import io.keyswitch.revocation.InFlight;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists, reads and deletes users' threads, page by page. Blocking; thread-safe. */
public final class ThreadViews {
    /**
     * A page of a list.
     *
     * @param next the token of the next page; null on the last page
     */
    public record Page<T>(List<T> items, @Nullable String next) {
        public Page {
            items = List.copyOf(items);
        }
    }

    private static final int MESSAGES_A_PAGE = 100;
    private static final int THREADS_A_PAGE = 50;

    private final Threads threads;
    private final ModelChange modelChange;
    private final ThreadLocks locks;
    private final InFlight<ThreadRef, String> answers;

    /**
     * Creates a view of all users' threads.
     *
     * @param answers the answers in flight, cancelled when their thread is deleted
     */
    public ThreadViews(
            Threads threads, ModelChange modelChange, ThreadLocks locks, InFlight<ThreadRef, String> answers) {
        this.threads = threads;
        this.answers = answers;
        this.locks = locks;
        this.modelChange = modelChange;
    }

    /**
     * The user's threads, newest first.
     *
     * @throws Failure if the page token is not valid
     */
    public Page<Threads.Summary> list(UserId user, @Nullable String pageToken) {
        var found = threads.list(user, pageToken == null ? null : place(pageToken), THREADS_A_PAGE + 1);
        if (found.size() <= THREADS_A_PAGE) {
            return new Page<>(found, null);
        }
        var page = found.subList(0, THREADS_A_PAGE);
        var last = page.getLast();
        return new Page<>(page, token(last.updatedAt().toEpochMilli() + " " + last.id()));
    }

    private static Threads.Summary place(String pageToken) {
        var parts = text(pageToken).split(" ", 2);
        if (parts.length < 2 || !parts[0].matches("\\d{1,15}") || !ThreadId.isValid(parts[1])) {
            throw badToken();
        }
        return new Threads.Summary(new ThreadId(parts[1]), "", 0, Instant.ofEpochMilli(Long.parseLong(parts[0])));
    }

    /**
     * The messages of a thread, oldest first.
     *
     * @param pageToken null to begin with the oldest
     * @throws Failure if the user has no such thread, or the page token is not valid
     */
    public Page<StoredMessage> messages(UserId user, ThreadId thread, @Nullable String pageToken) {
        requireThread(user, thread);
        return page(threads.after(user, thread, pageToken == null ? 0 : seq(pageToken), MESSAGES_A_PAGE));
    }

    /**
     * The messages of a thread, paged from the newest backwards; each page is oldest first.
     *
     * @param pageToken null to begin with the newest
     * @throws Failure if the user has no such thread, or the page token is not valid
     */
    public Page<StoredMessage> newest(UserId user, ThreadId thread, @Nullable String pageToken) {
        requireThread(user, thread);
        long end = pageToken == null ? Long.MAX_VALUE : seq(pageToken);
        var page = page(threads.before(user, thread, end, MESSAGES_A_PAGE));
        return new Page<>(page.items().reversed(), page.next());
    }

    private static Page<StoredMessage> page(Threads.Part part) {
        var messages = part.messages();
        return new Page<>(
                messages, part.more() ? token(Long.toString(messages.getLast().seq())) : null);
    }

    /** The open question of the model-change flow in a thread; null if there is none. */
    public @Nullable FlowPrompt openQuestion(UserId user, ThreadId thread, @Nullable Language language) {
        return modelChange.openQuestion(new ThreadRef(user, thread), language);
    }

    private void requireThread(UserId user, ThreadId thread) {
        if (!threads.exists(user, thread)) {
            throw notFound();
        }
    }

    private static long seq(String pageToken) {
        var text = text(pageToken);
        if (!text.matches("\\d{1,15}")) {
            throw badToken();
        }
        return Long.parseLong(text);
    }

    /**
     * Deletes a thread with its messages and its flow, and cancels the answer in flight.
     *
     * @throws Failure if the user has no such thread
     */
    public void delete(UserId user, ThreadId thread) {
        if (!deleteIfPresent(user, thread)) {
            throw notFound();
        }
    }

    private boolean deleteIfPresent(UserId user, ThreadId thread) {
        try (var _ = locks.lock(user, thread)) {
            if (!threads.delete(user, thread, handle -> modelChange.forget(handle, new ThreadRef(user, thread)))) {
                return false;
            }
            modelChange.forgotten(user);
            answers.cancelAll(new ThreadRef(user, thread));
            return true;
        }
    }

    /** Deletes all of a user's threads, one after the other. */
    public void deleteAll(UserId user) {
        List<Threads.Summary> some;
        do {
            some = list(user, null).items();
            some.forEach(thread -> deleteIfPresent(user, thread.id()));
        } while (!some.isEmpty());
    }

    private static String token(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw badToken();
        }
    }

    private static Failure badToken() {
        return Failure.invalidArgument("Invalid pageToken. Omit it to start from the beginning.");
    }

    private static Failure notFound() {
        return Failure.notFound("Thread not found.");
    }
}
