package io.keyswitch.http.openai;

import io.keyswitch.auth.Authentication;
import io.keyswitch.auth.Authenticator;
import io.keyswitch.auth.Credentials;
import io.keyswitch.core.Failure;
import io.keyswitch.core.UserId;
import io.keyswitch.limits.UserLimits;
import io.keyswitch.modelconfig.KeyInUse;
import io.keyswitch.modelconfig.Route;
import io.keyswitch.modelconfig.Router;
import io.keyswitch.provider.ModelId;
import io.keyswitch.revocation.InFlight;
import io.keyswitch.telemetry.CurrentRequest;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Authenticates clients and routes their requests: at once for cached users, else on a virtual thread. */
public final class Clients {
    /**
     * An authenticated user.
     *
     * @param routed the route of the user's requests
     * @param keyUse the registered use of the user's own key, if the route has it
     */
    record Known(UserId user, Router.Routed routed, InFlight<UserId, KeyInUse>.Operation keyUse) {}

    private final Authenticator authenticator;
    private final Router router;
    private final InFlight<UserId, KeyInUse> keyUses;
    private final UserLimits limits;
    private final ExecutorService virtualThreads;

    public Clients(
            Authenticator authenticator,
            Router router,
            InFlight<UserId, KeyInUse> keyUses,
            UserLimits limits,
            ExecutorService virtualThreads) {
        this.authenticator = authenticator;
        this.router = router;
        this.keyUses = keyUses;
        this.limits = limits;
        this.virtualThreads = virtualThreads;
    }

    /**
     * Authenticates a client and counts the request. The consumer is called on the response's event loop; clients that
     * are not authenticated or exceed the rate limit get an error.
     */
    void identify(Credentials credentials, ClientResponse answer, Consumer<Known> known) {
        var tokenUse = authenticator.useOfPersonalToken(credentials);
        if (tokenUse != null) {
            answer.holds(tokenUse::close);
            tokenUse.onCancel(() -> answer.onEventLoop(() -> answer.error(OpenAiError.UNAUTHENTICATED)));
        }
        var user = authenticator.knownClient(credentials);
        var inMemory = user == null ? null : known(user, router::routeInMemory);
        if (inMemory != null) {
            accept(inMemory, answer, known);
        } else {
            virtualThreads.execute(CurrentRequest.continued(() -> lookUp(credentials, answer, known)));
        }
    }

    private void lookUp(Credentials credentials, ClientResponse answer, Consumer<Known> known) {
        try {
            switch (authenticator.authenticateClient(credentials)) {
                case Authentication.Verified(var user, var _) -> {
                    var routed = Objects.requireNonNull(known(user, router::route));
                    answer.onEventLoop(() -> accept(routed, answer, known));
                }
                case Authentication.Unavailable unavailable ->
                    answer.onEventLoop(() -> answer.error(OpenAiError.of(unavailable.failure())));
                case Authentication.Anonymous _, Authentication.Rejected _ ->
                    answer.onEventLoop(() -> answer.error(OpenAiError.UNAUTHENTICATED));
            }
        } catch (RuntimeException | Error e) {
            answer.onEventLoop(() -> answer.error(OpenAiError.of(e, null)));
        }
    }

    /** Routes a user's request; null if the look-up finds nothing. The use of the key is registered before it. */
    private @Nullable Known known(UserId user, Function<UserId, Router.@Nullable Routed> lookUp) {
        var use = keyUses.begin(user);
        Router.Routed routed = null;
        try {
            routed = lookUp.apply(user);
            return routed == null ? null : new Known(user, routed, use);
        } finally {
            if (routed == null) {
                use.close();
            }
        }
    }

    private void accept(Known routed, ClientResponse answer, Consumer<Known> known) {
        CurrentRequest.current().user(routed.user());
        answer.holds(routed.keyUse()::close);
        try {
            limits.countRequest(routed.user());
        } catch (Failure e) {
            RateLimitHeaders.add(limits.requestQuota(routed.user()), answer);
            answer.error(OpenAiError.of(e, null));
            return;
        }
        RateLimitHeaders.add(limits.requestQuota(routed.user()), answer);
        known.accept(routed);
    }

    /** Whether a string contains a stored key of the user that a route does not use. */
    boolean isUnusedKey(Known known, Route.Ready route, String text) {
        return router.isUnusedKey(known.user(), route, known.routed().keys(), text);
    }

    /**
     * The route with the model of a request.
     *
     * @param named null or {@code default} for the user's configured model
     */
    static Route.Ready withModel(Route.Ready route, @Nullable String named) {
        if (named == null || named.equals("default")) {
            return route;
        }
        return route.withModel(new ModelId(named));
    }
}
