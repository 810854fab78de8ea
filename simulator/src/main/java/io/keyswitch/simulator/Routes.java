package io.keyswitch.simulator;

import java.util.regex.Pattern;

/** Routes request paths to wires. */
final class Routes {
    private static final Pattern COMPATIBLE = Pattern.compile("^(/compatible/([a-z0-9._-]{1,64}))/v1/.*$");

    private final OpenAiWire openAi = new OpenAiWire(Vendors.OPENAI);
    private final OpenAiWire groq = new OpenAiWire(Vendors.GROQ);
    private final CloudflareWire cloudflare = new CloudflareWire();
    private final AnthropicWire anthropic = new AnthropicWire();
    private final GeminiWire gemini = new GeminiWire();
    private final PluginWorkers plugins = new PluginWorkers();

    Reply answer(Call call) {
        if (isBelow(call, "/openai", "/v1")) {
            return openAi.answer(below(call, "/openai", "/v1"));
        }
        if (isBelow(call, "/groq", "/openai/v1")) {
            return groq.answer(below(call, "/groq", "/openai/v1"));
        }
        if (isBelow(call, "/cloudflare", "/client/v4")) {
            return cloudflare.answer(below(call, "/cloudflare", "/client/v4"));
        }
        if (isBelow(call, "/anthropic", "/v1")) {
            return anthropic.answer(below(call, "/anthropic", "/v1"));
        }
        if (isBelow(call, "/gemini", "/v1beta")) {
            return gemini.answer(below(call, "/gemini", "/v1beta"));
        }
        if (call.rest().startsWith("/plugins/")) {
            return plugins.answer(call.mountedAt("/plugins"));
        }
        var compatible = COMPATIBLE.matcher(call.rest());
        return compatible.matches()
                ? new OpenAiWire(Vendors.compatible(compatible.group(2)))
                        .answer(below(call, compatible.group(1), "/v1"))
                : nowhere(call);
    }

    private static boolean isBelow(Call call, String mount, String version) {
        return call.rest().startsWith(mount + version + "/");
    }

    private static Call below(Call call, String mount, String version) {
        return call.mountedAt(mount).below(version);
    }

    private static Reply nowhere(Call call) {
        var error = Json.object()
                .put("message", "The simulator has no route for " + call.method() + " " + call.path() + ".")
                .put("type", "not_found");
        return Reply.json(404, Json.object().set("error", error));
    }
}
