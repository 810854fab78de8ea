package io.keyswitch.simulator;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON shape of the errors of an OpenAI-compatible provider. */
enum ErrorShape {
    /** {@code {"error": {"message", "type", "param", "code"}}}. */
    OPENAI,
    /** Like {@link #OPENAI}, without null fields (Groq). */
    SPARSE,
    /** {@code {"object": "error", "message", …}} (Mistral). */
    FLAT,
    /** {@code {"code", "error": "text"}} (xAI). */
    STRING,
    /** {@code {"error": {"code": 402, "message"}}} (OpenRouter). */
    NUMBERED,
    /** {@code {"success": false, "errors": [{"code", "message"}]}} (Cloudflare). */
    ENVELOPE;

    private static final int INVALID_DATA = 5004;

    ObjectNode body(Trouble trouble) {
        return switch (this) {
            case OPENAI ->
                error(Json.object()
                        .put("message", trouble.message())
                        .put("type", trouble.type())
                        .put("param", trouble.param())
                        .put("code", trouble.code()));
            case SPARSE -> error(sparse(trouble));
            case FLAT -> flat(trouble);
            case STRING ->
                Json.object()
                        .put("code", Objects.requireNonNullElse(trouble.code(), trouble.type()))
                        .put("error", trouble.message());
            case NUMBERED -> error(Json.object().put("code", trouble.status()).put("message", trouble.message()));
            case ENVELOPE -> envelope(trouble);
        };
    }

    /** Mistral's error for an unknown request field, as recorded. */
    static ObjectNode extraField(String field, JsonNode input) {
        var detail = Json.object()
                .put("type", "extra_forbidden")
                .set("loc", Json.object().arrayNode().add("body").add(field))
                .put("msg", "Extra inputs are not permitted")
                .set("input", input);
        return Json.object()
                .put("object", "error")
                .set("message", Json.object().set("detail", Json.array(detail)))
                .put("type", "invalid_request_error")
                .putNull("param")
                .putNull("code");
    }

    private static ObjectNode error(ObjectNode inner) {
        return Json.object().set("error", inner);
    }

    private static ObjectNode sparse(Trouble trouble) {
        var inner = Json.object().put("message", trouble.message()).put("type", trouble.type());
        putIfPresent(inner, "param", trouble.param());
        putIfPresent(inner, "code", trouble.code());
        return inner;
    }

    private static void putIfPresent(ObjectNode object, String field, @Nullable String value) {
        if (value != null) {
            object.put(field, value);
        }
    }

    private static ObjectNode flat(Trouble trouble) {
        if (trouble.status() == 401) {
            return Json.object().put("message", trouble.message()).put("request_id", Ids.hex(32));
        }
        if (trouble.status() == 404) {
            return Json.object().put("detail", trouble.message());
        }
        return Json.object()
                .put("object", "error")
                .put("message", trouble.message())
                .put("type", trouble.type())
                .put("param", trouble.param())
                .put("code", trouble.code());
    }

    private static ObjectNode envelope(Trouble trouble) {
        var own = trouble.code();
        var code = own != null && own.matches("\\d{1,6}") ? Integer.parseInt(own) : INVALID_DATA;
        return Json.object()
                .putNull("result")
                .put("success", false)
                .set("errors", Json.array(Json.object().put("code", code).put("message", trouble.message())))
                .set("messages", Json.array());
    }
}
