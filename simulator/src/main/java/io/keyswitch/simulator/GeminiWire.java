package io.keyswitch.simulator;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Gemini's REST API. Does no I/O. */
final class GeminiWire {
    private static final String NAME = "Google (Gemini)";
    private static final Pattern MODEL = Pattern.compile("^/models/([A-Za-z0-9._-]+)$");
    private static final Pattern GENERATE =
            Pattern.compile("^/models/([A-Za-z0-9._-]+):(generateContent|streamGenerateContent)$");

    /** The format of the response body. */
    enum Framing {
        WHOLE,
        EVENTS,
        ARRAY
    }

    Reply answer(Call call) {
        if (call.query().contains("key")) {
            return refuse(GeminiErrors.invalid(
                    "The simulator rejects API keys in URLs, because URLs are logged. Send x-goog-api-key."));
        }
        var generate = GENERATE.matcher(call.rest());
        if (call.method().equals("POST") && generate.matches()) {
            var framing = framing(call, generate.group(2));
            var refusal = refusal(call, generate.group(1));
            if (refusal != null) {
                return framing == Framing.ARRAY
                        ? Reply.json(GeminiErrors.status(refusal), Json.array(refusal))
                        : refuse(refusal);
            }
            return chat(call, generate.group(1), framing);
        }
        return call.method().equals("GET") ? models(call) : notFound(call);
    }

    private static Framing framing(Call call, String method) {
        if (method.equals("generateContent")) {
            return Framing.WHOLE;
        }
        return call.queryOr("alt", "").equals("sse") ? Framing.EVENTS : Framing.ARRAY;
    }

    private static @Nullable ObjectNode refusal(Call call, String model) {
        var keyProblem = key(call).onChat();
        if (keyProblem != null && keyProblem.concernsTheKey()) {
            return GeminiErrors.of(keyProblem, model);
        }
        if (!GeminiModels.generates(model)) {
            return GeminiErrors.of(Problem.UNKNOWN_MODEL, model);
        }
        var body = call.json();
        if (body == null) {
            return GeminiErrors.of(Problem.BAD_JSON, model);
        }
        var fault = GeminiRules.fault(body);
        if (fault != null) {
            return fault;
        }
        var problem = keyProblem == null ? Scenario.of(model).problem() : keyProblem;
        return problem == null ? null : GeminiErrors.of(problem, model);
    }

    private static Reply chat(Call call, String model, Framing framing) {
        var body = call.json() == null ? Json.object() : call.json();
        var system =
                Conversation.textOf(GeminiRules.field(body, "systemInstruction").path("parts"));
        var limit = Json.number(
                Json.object()
                        .set(
                                "limit",
                                GeminiRules.field(GeminiRules.field(body, "generationConfig"), "maxOutputTokens")),
                "limit",
                Integer.MAX_VALUE);
        var conversation = Conversation.of(system, body.path("contents"), "parts");
        var answer = Answer.to(new Prompt(NAME, model, key(call), conversation, limit));
        return new GeminiAnswer(model, answer, framing).reply();
    }

    private static Reply models(Call call) {
        var listing = call.rest().equals("/models");
        var one = MODEL.matcher(call.rest());
        if (!listing && !one.matches()) {
            return notFound(call);
        }
        var problem = key(call).onListing();
        if (problem != null) {
            return refuse(GeminiErrors.of(problem, ""));
        }
        if (listing) {
            return Reply.json(200, GeminiModels.page(call));
        }
        return GeminiModels.known(one.group(1))
                ? Reply.json(200, GeminiModels.model(one.group(1)))
                : refuse(GeminiErrors.of(Problem.UNKNOWN_MODEL, one.group(1)));
    }

    private static Key key(Call call) {
        return call.keyIn("x-goog-api-key");
    }

    private static Reply notFound(Call call) {
        return refuse(GeminiErrors.of(Problem.NO_ROUTE, call.path()));
    }

    private static Reply refuse(ObjectNode error) {
        return Reply.json(GeminiErrors.status(error), error);
    }
}
