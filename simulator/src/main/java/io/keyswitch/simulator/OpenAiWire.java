package io.keyswitch.simulator;

import io.keyswitch.simulator.Vendor.Quirk;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAI-compatible API of one provider. Does no I/O. */
final class OpenAiWire {
    private final Vendor vendor;
    private final OpenAiErrors errors;
    private final OpenAiRules rules;

    OpenAiWire(Vendor vendor) {
        this.vendor = vendor;
        this.errors = new OpenAiErrors(vendor);
        this.rules = new OpenAiRules(vendor);
    }

    Reply answer(Call call) {
        if (call.posts("/chat/completions")) {
            return chat(call);
        }
        if (call.gets("/models") && !vendor.has(Quirk.NO_LISTING)) {
            var problem =
                    vendor.has(Quirk.PUBLIC_LISTING) ? null : call.bearer().onListing();
            return problem == null ? models() : refuse(problem, call, "");
        }
        if (call.gets("/key") && vendor.has(Quirk.KEY_INFO)) {
            return aboutKey(call, Json.object().set("data", keyInfo(call.bearer())));
        }
        if (call.gets("/api-key") && vendor.has(Quirk.API_KEY_INFO)) {
            return aboutKey(call, apiKeyInfo(call.bearer()));
        }
        return refuse(Problem.NO_ROUTE, call, "");
    }

    private Reply chat(Call call) {
        var key = call.bearer();
        var keyProblem = vendor.has(Quirk.KEYLESS) ? null : key.onChat();
        if (keyProblem != null && keyProblem.concernsTheKey()) {
            return refuse(keyProblem, call, "");
        }
        var body = call.json();
        if (body == null) {
            return refuse(Problem.BAD_JSON, call, "");
        }
        var model = Json.text(body, "model");
        var fault = fault(body);
        if (fault != null) {
            return fault;
        }
        var problem = vendor.knows(model) ? keyProblem : Problem.UNKNOWN_MODEL;
        if (problem == null) {
            problem = Scenario.of(model).problem();
        }
        return problem == null ? completion(key, model, body) : refuse(problem, call, model);
    }

    private @Nullable Reply fault(ObjectNode body) {
        var unknown = rules.unknownField(body);
        if (unknown != null) {
            return vendor.errors() == ErrorShape.FLAT
                    ? Reply.json(422, ErrorShape.extraField(unknown, body.path(unknown)))
                    : errors.refuse(
                            Trouble.parameter("Unknown parameter: '" + unknown + "'.", unknown, "unknown_parameter"));
        }
        var trouble = rules.fault(body);
        return trouble == null ? null : errors.refuse(trouble);
    }

    private Reply completion(Key key, String model, ObjectNode body) {
        var conversation = Conversation.of("", body.path("messages"), "content");
        var limit = Json.has(body, "max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
        var prompt = new Prompt(vendor.name(), model, key, conversation, Json.number(body, limit, Integer.MAX_VALUE));
        var answer = Answer.to(prompt);
        return Json.flag(body, "stream")
                ? new OpenAiStream(vendor, prompt, answer, body).reply()
                : new OpenAiCompletion(vendor, prompt, answer).reply();
    }

    private Reply refuse(Problem problem, Call call, String model) {
        return errors.refuse(problem, call.bearer(), model, call.path());
    }

    private Reply models() {
        var models = vendor.models().stream().map(this::model).toList();
        return vendor.has(Quirk.BARE_LISTING)
                ? Reply.json(200, Json.array(models))
                : Reply.json(200, Json.object().put("object", "list").set("data", Json.array(models)));
    }

    private ObjectNode model(String id) {
        var model = Json.object()
                .put("id", id)
                .put("object", "model")
                .put("created", 1_770_933_892)
                .put("owned_by", vendor.name());
        if (vendor.has(Quirk.GROQ_EXTRAS)) {
            model.put("active", true).put("context_window", 131_072).put("max_completion_tokens", 32_768);
        }
        return model;
    }

    private Reply aboutKey(Call call, JsonNode info) {
        var problem = call.bearer().onListing();
        return problem == null ? Reply.json(200, info) : refuse(problem, call, "");
    }

    private static ObjectNode keyInfo(Key key) {
        return Json.object()
                .put("label", "sk-or-v1-..." + key.ending())
                .put("usage", 0.25)
                .putNull("limit")
                .putNull("limit_remaining")
                .put("is_free_tier", false);
    }

    private static ObjectNode apiKeyInfo(Key key) {
        return Json.object()
                .put("redacted_api_key", "xai-..." + key.ending())
                .put("name", "simulator")
                .put("api_key_blocked", false)
                .put("api_key_disabled", false)
                .put("team_blocked", false);
    }
}
