package io.keyswitch.http.openai;

import io.keyswitch.auth.Credentials;
import io.keyswitch.core.Json;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.ListedModel;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.Target;
import io.keyswitch.modelconfig.ModelListCache;
import io.keyswitch.modelconfig.Route;
import io.keyswitch.telemetry.CurrentRequest;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /v1/models} and {@code GET /v1/models/{id}}: {@code default} and the models of the user's provider, listed for
 * the user's key or from the registry.
 */
final class Models {
    private static final OpenAiError NO_SUCH_MODEL = OpenAiError.rejected(
            404,
            Reason.UNKNOWN_MODEL.openAiCode(),
            "model",
            "There is no such model. GET /v1/models lists the models of your provider.");

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

    /** Answers with all models. */
    void list(RoutingContext context) {
        answer(context, models -> models);
    }

    /** Answers with one model. */
    void get(String id, RoutingContext context) {
        answer(
                context,
                models -> models.path("data")
                        .valueStream()
                        .filter(model -> model.path("id").asString("").equals(id))
                        .findFirst()
                        .orElse(null));
    }

    /** @param part what of the list is asked for; null if it is not there */
    private void answer(RoutingContext context, Function<JsonNode, @Nullable JsonNode> part) {
        var answer = new ClientResponse(vertx.getOrCreateContext(), context);
        var credentials = Credentials.of(context.request().headers()::getAll);
        clients.identify(credentials, answer, known -> {
            switch (known.routed().route()) {
                case Route.NothingConfigured _ -> answer.error(OpenAiError.noModel());
                case Route.Unusable(var failure) -> answer.error(OpenAiError.of(failure));
                case Route.Ready ready ->
                    virtualThreads.execute(CurrentRequest.continued(() -> answer(ready, answer, part)));
            }
        });
    }

    private void answer(Route.Ready route, ClientResponse answer, Function<JsonNode, @Nullable JsonNode> part) {
        try {
            var asked = part.apply(list(route, listed(route.target())));
            var body = asked == null ? null : Json.bytes(asked);
            answer.onEventLoop(() -> {
                if (body == null) {
                    answer.error(NO_SUCH_MODEL);
                } else {
                    answer.json(body);
                }
            });
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

    private static ObjectNode list(Route.Ready route, List<ListedModel> listed) {
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
        return root;
    }
}
