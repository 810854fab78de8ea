package io.keyswitch.simulator;

import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cloudflare Workers AI: OpenAI's completions in Cloudflare's API and error envelope. Does no I/O. */
final class CloudflareWire {
    private static final Pattern ACCOUNT_PATH = Pattern.compile("^/accounts/([0-9a-f]{32})(/.*)$");
    private static final String USER_TOKEN = "cfut_";
    private static final String ACCOUNT_TOKEN = "cfat_";
    private static final Trouble WRONG_METHOD = Trouble.of(405, "Method GET not available for that URI.", "", "7001");
    private static final Trouble WRONG_TOKEN = Trouble.of(401, "Invalid API Token", "", "1000");

    private final OpenAiWire completions = new OpenAiWire(Vendors.CLOUDFLARE);
    private final OpenAiErrors errors = new OpenAiErrors(Vendors.CLOUDFLARE);

    Reply answer(Call call) {
        if (call.gets("/user/tokens/verify")) {
            return verify(call, ACCOUNT_TOKEN);
        }
        var path = ACCOUNT_PATH.matcher(call.rest());
        if (!path.matches()) {
            return errors.refuse(Problem.NO_ROUTE, call.bearer(), "", call.path());
        }
        var inAccount = call.below("/accounts/" + path.group(1));
        if (inAccount.rest().equals("/ai/v1/models")) {
            return errors.refuse(WRONG_METHOD);
        }
        if (inAccount.gets("/tokens/verify")) {
            return verify(inAccount, USER_TOKEN);
        }
        if (inAccount.gets("/ai/models/search")) {
            return search(inAccount);
        }
        return inAccount.posts("/ai/v1/chat/completions")
                ? completions.answer(inAccount.below("/ai/v1"))
                : errors.refuse(Problem.NO_ROUTE, call.bearer(), "", call.path());
    }

    /** Verifies a token; user tokens and account tokens have different endpoints. */
    private Reply verify(Call call, String unwelcome) {
        var key = call.bearer();
        var problem = key.onListing();
        if ((problem != null && problem.concernsTheKey()) || key.value().startsWith(unwelcome)) {
            return errors.refuse(WRONG_TOKEN);
        }
        if (problem != null && problem != Problem.RESTRICTED) {
            return errors.refuse(problem, key, "", call.path());
        }
        var active = Json.object().put("id", Ids.hex(32)).put("status", "active");
        var body = success(active);
        body.set(
                "messages",
                Json.array(Json.object()
                        .put("code", 10000)
                        .put("message", "This API Token is valid and active")
                        .putNull("type")));
        return Reply.json(200, body);
    }

    private Reply search(Call call) {
        var problem = call.bearer().onListing();
        if (problem != null) {
            return errors.refuse(problem, call.bearer(), "", call.path());
        }
        var wanted = call.queryOr("search", "").toLowerCase(Locale.ROOT);
        var task = call.queryOr("task", "");
        var found = Vendors.CLOUDFLARE.models().stream()
                .filter(id -> id.toLowerCase(Locale.ROOT).contains(wanted))
                .filter(_ -> task.isEmpty() || task.equals("Text Generation"))
                .toList();
        var size = call.queryNumber("per_page", 50, 100);
        var page = call.queryNumber("page", 1, 1_000);
        var shown = found.stream()
                .skip((page - 1L) * size)
                .limit(size)
                .map(CloudflareWire::model)
                .toList();
        var info = Json.object()
                .put("count", shown.size())
                .put("page", page)
                .put("per_page", size)
                .put("total_count", found.size());
        return Reply.json(200, success(Json.array(shown)).set("result_info", info));
    }

    private static ObjectNode model(String id) {
        return Json.object()
                .put("id", Ids.hex(32))
                .put("source", 1)
                .put("name", id)
                .put("description", "A model of the simulator")
                .set("task", Json.object().put("id", "c329a1f9").put("name", "Text Generation"))
                .set("tags", Json.array())
                .set(
                        "properties",
                        Json.array(Json.object()
                                .put("property_id", "context_window")
                                .put("value", "32768")));
    }

    private static ObjectNode success(JsonNode result) {
        return Json.object()
                .set("result", result)
                .put("success", true)
                .set("errors", Json.array())
                .set("messages", Json.array());
    }
}
