package io.keyswitch.llm.transport;

import io.keyswitch.core.Json;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.MissingNode;

/** Collects a complete response for one waiting (virtual) thread. */
final class ReplyCollector implements CallListener {
    private static final int MAX_BYTES = 4 << 20;

    private final CompletableFuture<Reply> reply = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private volatile @Nullable ProviderCall call;
    private @Nullable Duration retryAfter;
    private volatile int status;

    ReplyCollector follow(ProviderCall started) {
        call = started;
        return this;
    }

    @Override
    public void head(int status, HttpHeaders headers) {
        this.status = status;
        this.retryAfter = RetryAfter.of(headers, InstantSource.system());
    }

    @Override
    public void body(byte[] piece) {
        if (bytes.size() + piece.length <= MAX_BYTES) {
            bytes.writeBytes(piece);
        } else {
            failed(LlmFailure.of(Reason.BROKEN_ANSWER));
            if (call != null) {
                call.cancel();
            }
        }
    }

    @Override
    public void end() {
        var body = Json.readFromProvider(bytes.toString(StandardCharsets.UTF_8));
        reply.complete(new Reply(status, retryAfter, body == null ? MissingNode.getInstance() : body));
    }

    @Override
    public void failed(LlmFailure failure) {
        reply.completeExceptionally(new LlmException(failure));
    }

    /** Whether a response head arrived. */
    boolean hasBegun() {
        return status != 0;
    }

    /** The HTTP status; 0 before the response head. */
    int status() {
        return status;
    }

    /** Cancels the call and the wait for it. May be called from any thread. */
    void cancel() {
        failed(LlmFailure.stopped());
        var cancelled = call;
        if (cancelled != null) {
            cancelled.cancel();
        }
    }

    Reply await(ProviderCall started) {
        try {
            return reply.get();
        } catch (InterruptedException _) {
            started.cancel();
            Thread.currentThread().interrupt();
            throw new LlmException(LlmFailure.of(Reason.UNREACHABLE));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LlmException failed ? failed : new IllegalStateException(e.getCause());
        }
    }
}
