package io.keyswitch.http.openai;

import io.keyswitch.auth.Authentication;
import io.keyswitch.auth.Authenticator;
import io.keyswitch.auth.Credentials;
import io.keyswitch.llm.Target;
import io.keyswitch.modelconfig.Route;
import io.keyswitch.modelconfig.Router;
import io.keyswitch.provider.ModelId;
import io.keyswitch.user.UserId;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds out who asks and where their requests go: at once for users seen before, else on a virtual thread. */
final class Clients {
    private final Authenticator authenticator;
    private final Router router;
    private final ExecutorService virtualThreads;

    Clients(Authenticator authenticator, Router router, ExecutorService virtualThreads) {
        this.authenticator = authenticator;
        this.router = router;
        this.virtualThreads = virtualThreads;
    }

    /**
     * Identifies a client. Both consumers are called on the answer's event loop.
     */
    void identify(
            Credentials credentials,
            ClientResponse answer,
            BiConsumer<UserId, Route> known,
            Consumer<OpenAiError> refused) {
        var user = authenticator.knownClient(credentials);
        if (user != null && router.isInMemory(user)) {
            known.accept(user, router.route(user));
        } else {
            virtualThreads.execute(() -> lookUp(credentials, answer, known, refused));
        }
    }

    private void lookUp(
            Credentials credentials,
            ClientResponse answer,
            BiConsumer<UserId, Route> known,
            Consumer<OpenAiError> refused) {
        try {
            switch (authenticator.authenticateClient(credentials)) {
                case Authentication.Verified(var user) -> {
                    var route = router.route(user);
                    answer.onEventLoop(() -> known.accept(user, route));
                }
                case Authentication.Unavailable _ ->
                    answer.onEventLoop(() -> refused.accept(OpenAiError.SIGN_IN_UNAVAILABLE));
                case Authentication.Anonymous _, Authentication.Rejected _ ->
                    answer.onEventLoop(() -> refused.accept(OpenAiError.UNAUTHENTICATED));
            }
        } catch (RuntimeException | Error e) {
            answer.onEventLoop(() -> refused.accept(OpenAiError.of(e, null)));
        }
    }

    /**
     * The route with the model a request names.
     *
     * @param named null or {@code default} for the user's own choice
     */
    static Route.Ready withModel(Route.Ready route, @Nullable String named) {
        if (named == null || named.equals("default")) {
            return route;
        }
        var target = route.target();
        return new Route.Ready(
                new Target(target.provider(), target.endpoint(), new ModelId(named), target.key()), route.keySource());
    }
}
