package io.keyswitch.simulator;

import org.jspecify.annotations.Nullable;

/** Anthropic's API in both versions. Does no I/O. */
final class AnthropicWire {
    private static final String NAME = "Anthropic";
    private static final String MODELS = "/models/";

    Reply answer(Call call) {
        var key = key(call);
        if (call.posts("/messages")) {
            var problem = key.onChat();
            var refused = refused(call, problem != null && problem.concernsTheKey() ? problem : null);
            return refused == null ? chat(call, key) : refused;
        }
        if (call.method().equals("GET")
                && (call.rest().equals("/models") || call.rest().startsWith(MODELS))) {
            var refused = refused(call, key.onListing());
            return refused == null ? models(call) : refused;
        }
        return AnthropicErrors.refuse(Problem.NO_ROUTE, call.path());
    }

    private static Key key(Call call) {
        var own = call.keyIn("x-api-key");
        return own.value().isEmpty() ? call.bearer() : own;
    }

    private static @Nullable Reply refused(Call call, @Nullable Problem problem) {
        if (problem != null) {
            return AnthropicErrors.refuse(problem, "");
        }
        var version = call.header("anthropic-version");
        if (version == null) {
            return AnthropicErrors.invalid("anthropic-version: header is required");
        }
        return AnthropicRules.VERSIONS.contains(version)
                ? null
                : AnthropicErrors.invalid("anthropic-version: \"" + version + "\" is not a valid version");
    }

    private static Reply chat(Call call, Key key) {
        var body = call.json();
        if (body == null) {
            return AnthropicErrors.refuse(Problem.BAD_JSON, "");
        }
        var version = call.header("anthropic-version");
        var fault = AnthropicRules.fault(version == null ? "" : version, body);
        if (fault != null) {
            return AnthropicErrors.invalid(fault);
        }
        var model = Json.text(body, "model");
        var problem = AnthropicModels.known(model) ? key.onChat() : Problem.UNKNOWN_MODEL;
        if (problem == null) {
            problem = Scenario.of(model).problem();
        }
        if (problem != null) {
            return AnthropicErrors.refuse(problem, model);
        }
        var conversation = Conversation.of(Conversation.textOf(body.path("system")), body.path("messages"), "content");
        var prompt = new Prompt(NAME, model, key, conversation, Json.number(body, "max_tokens", 0));
        var answer = Answer.to(prompt);
        return Json.flag(body, "stream")
                ? new AnthropicStream(model, answer).reply()
                : new AnthropicMessage(model, answer).reply();
    }

    private static Reply models(Call call) {
        if (call.rest().equals("/models")) {
            return Reply.json(200, AnthropicErrors.headers(), AnthropicModels.page(call));
        }
        var id = call.rest().substring(MODELS.length());
        return AnthropicModels.known(id)
                ? Reply.json(200, AnthropicErrors.headers(), AnthropicModels.model(id))
                : AnthropicErrors.refuse(Problem.UNKNOWN_MODEL, id);
    }
}
