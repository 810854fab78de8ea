package io.keyswitch.http.openai;

import io.keyswitch.auth.Credentials;
import io.keyswitch.core.Json;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.ListedModel;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.Target;
import io.keyswitch.modelconfig.ModelListCache;
import io.keyswitch.modelconfig.Route;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * {@code GET /v1/models}: {@code default} and the models of the user's provider, listed for the user's key or from the
 * registry.
 */
final class Models {
    private final Vertx vertx;
    private final Clients clients;
    private final ModelListCache listings;
    private final ExecutorService virtualThreads;

    Models(Vertx vertx, Clients clients, ModelListCache listings, ExecutorService virtualThreads) {
        this.vertx = vertx;
        this.clients = clients;
        this.listings = listings;
        this.virtualThreads = virtualThreads;
    }

    void handle(RoutingContext context) {
        var answer = new ClientResponse(vertx.getOrCreateContext(), context);
        var credentials = Credentials.of(context.request().headers()::getAll);
        clients.identify(credentials, answer, known -> list(known.route(), answer));
    }

    private void list(Route route, ClientResponse answer) {
        switch (route) {
            case Route.NothingConfigured _ -> answer.error(OpenAiError.noModel());
            case Route.Unusable(var failure) -> answer.error(OpenAiError.of(failure));
            case Route.Ready ready -> virtualThreads.execute(() -> list(ready, answer));
        }
    }

    private void list(Route.Ready route, ClientResponse answer) {
        try {
            var body = body(route, listed(route.target()));
            answer.onEventLoop(() -> answer.json(body));
        } catch (LlmException e) {
            answer.onEventLoop(() -> answer.error(OpenAiError.of(e, route)));
        } catch (RuntimeException | Error e) {
            answer.onEventLoop(() -> answer.error(OpenAiError.of(e, null)));
        }
    }

    /** The provider's models and always the user's own. A key without permission to list models can still chat. */
    private List<ListedModel> listed(Target target) {
        var provider = target.provider();
        var models = new ArrayList<ListedModel>();
        try {
            models.addAll(
                    provider.models().endpoint() == null ? ModelListCache.known(provider) : listings.list(target));
        } catch (LlmException e) {
            if (!e.failure().is(Reason.NOT_PERMITTED) && !e.failure().is(Reason.KEY_RESTRICTED)) {
                throw e;
            }
        }
        var chosen = target.model().value();
        if (models.stream().noneMatch(model -> model.id().equals(chosen))) {
            models.addFirst(new ListedModel(chosen, null, null));
        }
        return models;
    }

    private static byte[] body(Route.Ready route, List<ListedModel> listed) {
        var provider = route.target().provider().id().value();
        var root = Json.object().put("object", "list");
        var data = root.putArray("data");
        data.addObject()
                .put("id", "default")
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", provider);
        for (var model : listed) {
            var entry = data.addObject()
                    .put("id", model.id())
                    .put("object", "model")
                    .put("created", 0)
                    .put("owned_by", provider);
            if (model.contextWindow() != null) {
                entry.put("context_window", model.contextWindow());
            }
        }
        return Json.bytes(root);
    }
}
