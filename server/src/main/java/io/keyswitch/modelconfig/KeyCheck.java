package io.keyswitch.modelconfig;

import io.keyswitch.core.Spelling;
import io.keyswitch.llm.ChatMessage;
import io.keyswitch.llm.ChatRequest;
import io.keyswitch.llm.ListedModel;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.Target;
import io.keyswitch.llm.transport.LlmClient;
import io.keyswitch.llm.transport.Reply;
import io.keyswitch.llm.wire.ProviderErrors;
import io.keyswitch.provider.ModelId;
import java.util.List;

/**
 * Checks a key with its provider: with the cheapest call that requires a valid key, and with a short completion only if
 * the result is ambiguous. A key is never judged by its format. Blocking; thread-safe.
 */
public final class KeyCheck {
    private static final ChatRequest SHORT_CHAT =
            new ChatRequest("", List.of(new ChatMessage(ChatMessage.Role.USER, "Reply with exactly: OK")));

    private final LlmClient llm;
    private final ModelListCache listings;

    /** @param listings where lists of models are put that a check has read */
    public KeyCheck(LlmClient llm, ModelListCache listings) {
        this.llm = llm;
        this.listings = listings;
    }

    /**
     * Checks the key of a target, and whether the provider lists the target's model.
     *
     * @param source a project key is not checked with a completion, because no user's quota would cover it
     */
    public Verdict check(Target target, KeySource source) {
        try {
            var check = target.provider().keys().check();
            if (check.get() == null) {
                return chat(target, source);
            }
            var reply = llm.get(target, check.get());
            return reply.status() / 100 == 2 && !ProviderErrors.isError(reply.body())
                    ? listed(target, check.get(), reply)
                    : refused(target, source, reply);
        } catch (LlmException e) {
            return verdict(e.failure());
        }
    }

    /** The verdict on a refused call; a short completion decides if the key may be refused for this call alone. */
    private Verdict refused(Target target, KeySource source, Reply reply) {
        var failure = failure(reply);
        return switch (failure.reason()) {
            case KEY_LEAKED, KEY_EXPIRED, ACCOUNT_SUSPENDED, API_DISABLED, REGION, UNKNOWN_ACCOUNT -> verdict(failure);
            case KEY_RESTRICTED -> chat(target, source);
            // The address of the call is wrong, or the whole base URL.
            case REJECTED, UNKNOWN_MODEL -> {
                var verdict = source == KeySource.PROJECT ? new Verdict.Unreachable() : chat(target, source);
                yield verdict instanceof Verdict.UnknownModel ? new Verdict.Unreachable() : verdict;
            }
            default ->
                target.provider().keys().check().doubtful().contains(reply.status())
                        ? chat(target, source)
                        : verdict(failure);
        };
    }

    private static LlmFailure failure(Reply reply) {
        return ProviderErrors.of(reply.status(), reply.retryAfter(), reply.body());
    }

    private Verdict listed(Target target, String checkPath, Reply reply) {
        var models = target.provider().models().endpoint();
        if (models == null) {
            return known(target);
        }
        var listed = models.get().equals(checkPath) ? listings.add(target, models, reply) : listing(target);
        return listed.isEmpty() || ModelMatcher.isListed(target.provider(), target.model(), listed)
                ? new Verdict.Valid()
                : new Verdict.UnknownModel(
                        ModelMatcher.nearest(target.provider(), target.model().value(), listed));
    }

    /** Checks the model against the registry, if it lists all models of the provider. */
    private static Verdict known(Target target) {
        var provider = target.provider();
        var model = target.model().value();
        if (provider.models().names().isEmpty() || provider.models().names().containsKey(model)) {
            return new Verdict.Valid();
        }
        return new Verdict.UnknownModel(Spelling.nearest(
                model, provider.knownModels().stream().map(ModelId::value).toList()));
    }

    /** The provider's model list; empty if it cannot be fetched, which does not invalidate the key. */
    private List<ListedModel> listing(Target target) {
        try {
            return listings.fresh(target);
        } catch (LlmException _) {
            return List.of();
        }
    }

    private Verdict chat(Target target, KeySource source) {
        if (source == KeySource.PROJECT) {
            return new Verdict.Valid();
        }
        try (var completion = llm.completeOnce(target, SHORT_CHAT)) {
            // The first chunk proves that the key is valid; closing the completion saves the cost of the rest.
            var _ = completion.next();
            return new Verdict.Valid();
        } catch (LlmException e) {
            return verdict(e.failure());
        }
    }

    /** What a failed call says about its key. */
    static Verdict verdict(LlmFailure failure) {
        return switch (failure.reason()) {
            case INVALID_KEY -> new Verdict.Invalid();
            case NOT_PERMITTED -> new Verdict.NotPermitted();
            case NO_CREDIT -> new Verdict.NoCredit();
            case RATE_LIMITED -> new Verdict.RateLimited();
            case UNKNOWN_MODEL -> new Verdict.UnknownModel(null);
            case MODEL_RETIRED -> new Verdict.ModelRetired();
            case UNKNOWN_ACCOUNT -> new Verdict.UnknownAccount();
            // These failures occur only after the provider accepted the key.
            case EMPTY_ANSWER, BLOCKED, CONTEXT_TOO_LONG -> new Verdict.Valid();
            case REGION -> new Verdict.Unusable(failure);
            // Failures that are not about the key say nothing about it.
            default -> failure.concernsKey() ? new Verdict.Unusable(failure) : new Verdict.Unreachable();
        };
    }
}
