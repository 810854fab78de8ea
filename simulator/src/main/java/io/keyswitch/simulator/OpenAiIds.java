package io.keyswitch.simulator;

import io.keyswitch.simulator.Vendor.Quirk;
import tools.jackson.databind.node.ObjectNode;

/** The response IDs and fingerprints of OpenAI-compatible providers. */
final class OpenAiIds {
    private OpenAiIds() {}

    static String completion(Vendor vendor) {
        if (vendor.has(Quirk.CLOUDFLARE_EXTRAS)) {
            return "id-" + System.currentTimeMillis();
        }
        return vendor.has(Quirk.MISTRAL_EXTRAS) ? Ids.hex(32) : "chatcmpl-" + Ids.letters(29);
    }

    static ObjectNode groq() {
        return Json.object().put("id", "req_01" + Ids.hex(24));
    }

    /** Adds the fingerprint and the service tier if the provider sends them. */
    static void sign(Vendor vendor, ObjectNode body) {
        if (vendor.has(Quirk.OPENAI_EXTRAS)) {
            body.put("service_tier", "default");
        }
        if (vendor.has(Quirk.OPENAI_EXTRAS) || vendor.has(Quirk.GROQ_EXTRAS) || vendor.has(Quirk.XAI_EXTRAS)) {
            body.put("system_fingerprint", "fp_de604bd877");
        }
    }
}
