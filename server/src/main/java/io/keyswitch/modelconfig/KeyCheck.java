package io.keyswitch.modelconfig;

import io.keyswitch.core.Reason;
import io.keyswitch.core.Spelling;
import io.keyswitch.llm.ChatMessage;
import io.keyswitch.llm.ChatRequest;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.Target;
import io.keyswitch.llm.transport.LlmClient;
import io.keyswitch.llm.transport.Reply;
import io.keyswitch.llm.wire.ProviderErrors;
import io.keyswitch.provider.ModelId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the provider whether it takes a key: with the cheapest call that proves it, and only where that leaves doubt with a
 * short chat. A key is judged by the provider's answer alone, never by its shape. Blocking; thread-safe.
 */
public final class KeyCheck {
    private static final ChatRequest SHORT_CHAT =
            new ChatRequest("", List.of(new ChatMessage(ChatMessage.Role.USER, "Reply with exactly: OK")));

    private final LlmClient llm;

    public KeyCheck(LlmClient llm) {
        this.llm = llm;
    }

    /**
     * Checks the key of a target, and whether the provider lists the target's model.
     *
     * @param source the operator's key is not asked to chat, which would be beside the users' allowances
     */
    public Verdict check(Target target, KeySource source) {
        try {
            var check = target.provider().keys().check();
            if (check.get() == null) {
                return chat(target, source);
            }
            var reply = llm.get(target, check.get());
            if (check.doubtful().contains(reply.status()) && !isKnownReason(reply)) {
                return chat(target, source);
            }
            return reply.status() / 100 == 2 && !ProviderErrors.isError(reply.body())
                    ? listed(target, check.get(), reply)
                    : reply.status() == 404 && !isKnownReason(reply)
                            ? new Verdict.Unreachable()
                            : verdict(failure(reply));
        } catch (LlmException e) {
            return verdict(e.failure());
        }
    }

    /** A doubtful status may still come with a reason that leaves no doubt. */
    private static boolean isKnownReason(Reply reply) {
        return failure(reply).is(Reason.UNKNOWN_ACCOUNT);
    }

    private static LlmFailure failure(Reply reply) {
        return ProviderErrors.of(reply.status(), reply.retryAfter(), reply.body());
    }

    private Verdict listed(Target target, String checkPath, Reply reply) {
        var models = target.provider().models().endpoint();
        if (models == null) {
            return known(target);
        }
        var listing = models.get().equals(checkPath) ? reply : listing(target, models.get());
        if (listing == null) {
            return new Verdict.Valid();
        }
        var listed = ModelListCache.read(target, models, listing);
        return listed.isEmpty() || ModelMatcher.isListed(target.provider(), target.model(), listed)
                ? new Verdict.Valid()
                : new Verdict.UnknownModel(
                        ModelMatcher.nearest(target.provider(), target.model().value(), listed));
    }

    /** Where all models stand in the registry, others are none. */
    private static Verdict known(Target target) {
        var provider = target.provider();
        var model = target.model().value();
        if (provider.models().names().isEmpty() || provider.models().names().containsKey(model)) {
            return new Verdict.Valid();
        }
        return new Verdict.UnknownModel(Spelling.nearest(
                model, provider.knownModels().stream().map(ModelId::value).toList()));
    }

    /** The key has proved itself already; a listing that cannot be had says nothing against it. */
    private @Nullable Reply listing(Target target, String path) {
        try {
            return llm.get(target, path);
        } catch (LlmException _) {
            return null;
        }
    }

    private Verdict chat(Target target, KeySource source) {
        if (source == KeySource.PROJECT) {
            return new Verdict.Valid();
        }
        try (var completion = llm.completeOnce(target, SHORT_CHAT)) {
            // The first piece of an answer proves the key; the rest need not be paid for.
            var _ = completion.next();
            return new Verdict.Valid();
        }
    }

    private static Verdict verdict(LlmFailure failure) {
        return switch (failure.reason()) {
            case INVALID_KEY -> new Verdict.Invalid();
            case NOT_PERMITTED -> new Verdict.NotPermitted();
            case NO_CREDIT -> new Verdict.NoCredit();
            case RATE_LIMITED -> new Verdict.RateLimited();
            case UNKNOWN_MODEL -> new Verdict.UnknownModel(null);
            case UNKNOWN_ACCOUNT -> new Verdict.UnknownAccount();
            // Only a request whose key was accepted gets that far.
            case EMPTY_ANSWER, BLOCKED, CONTEXT_TOO_LONG -> new Verdict.Valid();
            // Whatever else went wrong says nothing about the key.
            default -> new Verdict.Unreachable();
        };
    }
}
